import type { Comparison } from './compare.ts'
import type { Figure, Run } from './run.ts'

/** A run as text: what was asked of what, and its figures with their intervals. */
export function runAsText(run: Run): string {
  const rows = run.figures.map((figure) => [figure.name, shown(figure), intervalOf(figure), counted(figure.of), figure.about])
  return [headOf(run), ...run.notes, grouped(run.figures, [['', '', '95 % interval', 'of', ''], ...rows])].join('\n')
}

/** Two runs as text: each figure of both, and the questions won and lost. */
export function comparisonAsText({ before, after, figures, paired }: Comparison): string {
  const rows = figures.map(({ figure, before: a, after: b, difference }) => [
    figure.name,
    shown({ ...figure, value: a }),
    shown({ ...figure, value: b }),
    difference === null ? '' : signed(figure, difference),
    figure.about,
  ])
  const table = grouped(
    figures.map(({ figure }) => figure),
    [['', 'before', 'after', 'difference', ''], ...rows],
  )
  return [`before: ${headOf(before)}`, `after:  ${headOf(after)}`, table, '', pairedAsText(paired)].join('\n')
}

/** What was asked of what, in a line. */
export function headOf({ set, index, complete, questions, made }: Run): string {
  const asked = complete ? `${counted(set.questions)} questions` : `INCOMPLETE: ${questions.length} of ${counted(set.questions)} questions`
  return `${set.name}${set.split ? ' (split)' : ''}: ${asked} on ${counted(index.documents)} documents, ${counted(index.passages)} passages; ${made.slice(0, 10)}`
}

/** A figure as it is read: .831, 219, 19.4 ms. */
export function shown({ unit, value }: Pick<Figure, 'unit' | 'value'>): string {
  if (value === null) return '–'
  if (unit === 'ms') return `${value.toFixed(1)} ms`
  if (unit === 'characters') return String(Math.round(value))
  if (unit === 'times') return `${value.toFixed(1)} ×`
  return tidy(value)
}

export function intervalOf({ interval }: Figure): string {
  return interval ? `${tidy(interval[0])} – ${tidy(interval[1])}` : ''
}

/** A difference with its sign. */
export function signed(figure: Figure, difference: number): string {
  if (difference === 0) return '0'
  return `${difference < 0 ? '−' : '+'}${shown({ unit: figure.unit, value: Math.abs(difference) })}`
}

/** A count with its thousands apart. */
export function counted(count: number): string {
  return count.toLocaleString('en')
}

/** p as papers print it. */
export function pOf(p: number): string {
  return p < 0.001 ? 'p < .001' : `p = ${tidy(p)}`
}

/** A share with three decimals: .831. */
export function tidy(value: number): string {
  return value.toFixed(3).replace(/^0\./, '.')
}

function pairedAsText(paired: Comparison['paired']): string {
  if (!paired) return 'The two sets are not the same, so their questions are not paired.'
  const { questions, won, lost, p } = paired
  const list = (name: string, these: typeof won) => these.map(({ after: { id, question } }) => `  ${name}  ${id}  ${question}`)
  const head = `First quotes of ${questions} answerable questions in both: ${won.length} won, ${lost.length} lost (McNemar's exact test: ${pOf(p)})`
  return [head, ...list('won ', won), ...list('lost', lost)].join('\n')
}

/** Rows with aligned columns, the name of a group above its own; the first row is the head. */
function grouped(figures: Figure[], [head = [], ...rows]: string[][]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)))
  const line = (row: string[]) =>
    row
      .map((cell, column) => (column === 0 || column === row.length - 1 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd()
  const lines = rows.flatMap((row, i) => (figures[i]?.group === figures[i - 1]?.group ? [`  ${line(row)}`] : ['', figures[i]?.group ?? '', `  ${line(row)}`]))
  return [`\n  ${line(head)}`, ...lines].join('\n')
}
