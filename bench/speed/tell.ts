import { type Figure, least, meets, middle, type Part, type Target } from './figure.ts'
import type { Machine } from './machine.ts'

export interface Report {
  /** The day it was measured on. */
  day: string
  machine: Machine
  rounds: number
  parts: Part[]
}

/** A report as text for a terminal. */
export function asText({ machine, rounds, parts }: Report): string {
  const head = `${machineLine(machine)}; ${rounds} rounds`
  return [head, ...parts.map((part) => [`\n${part.group}`, ...part.notes.map((note) => `  ${note}`), aligned(rowsOf(part)), stagesLine(part)].join('\n'))].join(
    '\n',
  )
}

/** A part of a report as a Markdown table, with what it was measured on. */
export function asMarkdown({ day, machine, rounds }: Report, part: Part): string {
  const [first = [], ...rows] = rowsOf(part)
  const line = (row: string[]) => `| ${row.join(' | ')} |`
  const table = [line(first), line(first.map(() => '---')), ...rows.map(line)].join('\n')
  const head = [`Measured on ${day}: ${machineLine(machine)}; ${rounds} rounds.`, ...part.notes].join(' ')
  return [head, table, stagesLine(part).trim()].filter((text) => text !== '').join('\n\n')
}

function machineLine({ cores, processor, memory, system, node }: Machine): string {
  return `${cores} cores, ${processor}, ${memory}, ${system}, Node ${node}`
}

/** A number as it is read in its unit. */
export function shown({ unit }: Pick<Figure, 'unit'>, value: number): string {
  if (Number.isNaN(value)) return '–'
  if (unit === 'times') return value.toFixed(2)
  if (unit === 'ms' || unit === 's' || unit === 'ms a passage') return `${value.toFixed(1)} ${unit}`
  return `${Math.round(value).toLocaleString('en')} ${unit}`
}

function rowsOf({ figures }: Part): string[][] {
  const rows = figures.map((figure) => {
    const { name, about, target } = figure
    const met = meets(figure)
    const wanted = target ? `${wantedOf(figure, target)}${met ? '' : ': missed'}` : ''
    return [name, shown(figure, middle(figure)), shown(figure, least(figure)), wanted, about]
  })
  return [['', 'median', 'minimum', 'target', ''], ...rows]
}

function wantedOf(figure: Figure, target: Target): string {
  return 'least' in target ? `≥ ${shown(figure, target.least)}` : `≤ ${shown(figure, target.most)}`
}

function stagesLine({ stages }: Part): string {
  if (!stages) return ''
  const shares = Object.entries(stages.shares).map(([stage, share]) => `${stage} ${(share * 100).toFixed(1)} %`)
  return `  ${stages.title}: ${shares.join(', ')}.`
}

function aligned(rows: string[][]): string {
  const widths = (rows[0] as string[]).map((_, column) => Math.max(...rows.map((row) => (row[column] as string).length)))
  const cell = (text: string, column: number) =>
    column === 0 || column === 4 ? text.padEnd(widths[column] as number) : text.padStart(widths[column] as number)
  return rows.map((row) => `  ${row.map(cell).join('  ').trimEnd()}`).join('\n')
}
