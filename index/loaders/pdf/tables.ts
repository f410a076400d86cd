import type { Line } from './lines.ts'
import { joined, rowsOf } from './rows.ts'

const NUMERIC = /^[(+\-–−]?\s*[€$£¥]?\s*[\d.,'\s]*\d[\d.,'\s]*\s*(?:%|[€$£¥]|[a-z]{1,3})?\)?$|^[–—-]$/iu
/** Letters of a line of prose in a narrow column, at least. */
const PROSE = 14
/** Of the width of its column, a line of prose fills this much. */
const FILLED = 0.7

/** The rows of a table, its cells apart by bars; null when the columns are those of running text. */
export function rowsOfTable(columns: Line[][], slabs: Line[][], rtl: boolean): Line[] | null {
  if (isRunningText(columns, slabs)) return null
  const first = new Set(rtl ? columns.at(-1) : columns[0])
  const rows: Line[][] = []
  const lines = slabs.flatMap(rowsOf)
  const spaced = spacedOut(lines)
  let bottom = Number.NEGATIVE_INFINITY
  for (const line of lines) {
    const top = Math.min(...line.map(({ base }) => base))
    const begins = spaced === null ? line.some((piece) => first.has(piece)) : top - bottom > spaced
    if (begins || rows.length === 0) rows.push([])
    rows.at(-1)?.push(...line)
    bottom = Math.max(...line.map(({ base }) => base))
  }
  const sets = columns.map((column) => new Set(column))
  return rows.map((row) =>
    joined(
      sets.map((column) => cellOf(column, row, rtl)).flatMap((cell) => cell ?? []),
      rtl,
      ' | ',
    ),
  )
}

function cellOf(column: Set<Line>, row: Line[], rtl: boolean): Line | null {
  const pieces = row.filter((piece) => column.has(piece))
  if (pieces.length === 0) return null
  const lines = rowsOf(pieces).map((line) => joined(line, rtl))
  return { ...joined(lines, rtl), text: lines.map(({ text }) => text).join(' ') }
}

function isRunningText(columns: Line[][], slabs: Line[][]): boolean {
  const lines = columns.map((column) => rowsOf(column).map((row) => joined(row, false)))
  if (lines.some((column) => column.length < 2)) return false
  if (lines.some((column) => share(column, ({ text }) => NUMERIC.test(text)) > 0.6)) return false
  const pairs = lines.slice(1).map((column, i) => alignedShare(lines[i] ?? [], column))
  if (Math.max(...pairs) < 0.6) return true
  if (!lines.every(isProse)) return false
  return spacedOut(slabs.flatMap(rowsOf)) === null
}

/** Of the column with fewer lines, how many stand at the height of a line in the other? */
function alignedShare(a: Line[], b: Line[]): number {
  const [few, many] = a.length < b.length ? [a, b] : [b, a]
  const bases = many.map(({ base }) => base)
  return share(few, ({ base, size }) => {
    const at = lowerBound(bases, base - 0.2 * size)
    return (bases[at] ?? Number.POSITIVE_INFINITY) <= base + 0.2 * size
  })
}

function isProse(column: Line[]): boolean {
  const [left, right] = [Math.min(...column.map((l) => l.left)), Math.max(...column.map((l) => l.right))]
  return share(column, (line) => widthOf(line.text) >= PROSE && line.right - line.left >= FILLED * (right - left)) >= 0.6
}

/** The pitch above which a row begins, where some lines stand close and others, in all columns, apart; null where all stand alike. */
function spacedOut(lines: Line[][]): number | null {
  const bases = lines.map((line) => Math.min(...line.map(({ base }) => base)))
  const pitches = bases.slice(1).map((base, i) => base - (bases[i] ?? 0))
  const close = Math.min(...pitches)
  const wide = pitches.filter((pitch) => pitch > 1.3 * close)
  return wide.length >= 2 && wide.length >= 0.25 * pitches.length && wide.length < pitches.length ? 1.3 * close : null
}

/** Characters of East Asian scripts are two wide. */
function widthOf(text: string): number {
  return text.length + (text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)?.length ?? 0)
}

function share<T>(all: T[], is: (one: T) => boolean): number {
  return all.length === 0 ? 0 : all.filter(is).length / all.length
}

function lowerBound(sorted: number[], value: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}
