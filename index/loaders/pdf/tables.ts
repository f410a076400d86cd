import type { Line } from './lines.ts'
import { joined, rowsOf } from './rows.ts'

const NUMERIC = /^[(+\-–−]?\s*[€$£¥]?\s*[\d.,'\s]*\d[\d.,'\s]*\s*(?:%|[€$£¥]|[a-z]{1,3})?\)?$|^[–—-]$/iu
/** Letters of a line of prose in a narrow column, at least. */
const PROSE = 14
/** Of the width of its column, a line of prose fills this much. */
const FILLED = 0.7
/** Of the lines of a table whose cells have several, those that begin a row, at least. */
const SPACED = 0.15

/** The rows of a table, its cells apart by bars; null when the columns are those of running text. */
export function rowsOfTable(columns: Line[][], slabs: Line[][], rtl: boolean): Line[] | null {
  if (isRunningText(columns, slabs)) return null
  const first = new Set(rtl ? columns.at(-1) : columns[0])
  const rows: Line[][] = []
  const spaced = spacedOut(columns, slabs, 1)
  slabs.forEach((slab, i) => {
    const isWithin = spaced !== null && pitchOf(slabs[i - 1], slab) <= spaced
    // The lines of a cell go on in small letters, or beside cells that have ended.
    const begins = slab.some((piece) => first.has(piece)) && !slab.every(isContinued)
    const goesOn = isWithin ? slab.length < columns.length || slab.some(isContinued) : spaced === null && !begins
    if (!goesOn || rows.length === 0) rows.push([])
    rows.at(-1)?.push(...slab)
  })
  const sets = columns.map((column) => new Set(column))
  return rows.map((row) =>
    joined(
      sets.map((column) => cellOf(column, row, rtl)).flatMap((cell) => cell ?? []),
      rtl,
      ' | ',
    ),
  )
}

function isContinued({ text }: Line): boolean {
  return /^\p{Ll}/u.test(text)
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
  if (lines.some((column) => share(column, ({ text }) => text.length < 30 && NUMERIC.test(text)) > 0.6)) return false
  const pairs = lines.slice(1).map((column, i) => alignedShare(lines[i] ?? [], column))
  if (Math.max(...pairs) < 0.6) return true
  if (!lines.every(isProse)) return false
  return spacedOut(columns, slabs, 2) === null
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

/** The pitch above which a row begins, where lines of a cell stand close and some, in all columns, apart; null where all stand alike. */
function spacedOut(columns: Line[][], slabs: Line[][], least: number): number | null {
  let close = Number.POSITIVE_INFINITY
  for (const column of columns) {
    const bases = rowsOf(column).map(([line]) => line?.base ?? 0)
    for (const [i, base] of bases.entries()) if (i > 0) close = Math.min(close, base - (bases[i - 1] ?? 0))
  }
  const pitches = slabs.slice(1).map((slab, i) => pitchOf(slabs[i], slab))
  const wide = pitches.filter((pitch) => pitch > 1.3 * close).length
  return wide >= least && wide >= SPACED * pitches.length && wide < pitches.length ? 1.3 * close : null
}

/** From the last baseline of one slab to the first of the next. */
function pitchOf(before: Line[] | undefined, slab: Line[]): number {
  const bottom = (before ?? []).reduce((most, { base }) => Math.max(most, base), Number.NEGATIVE_INFINITY)
  return slab.reduce((least, { base }) => Math.min(least, base), Number.POSITIVE_INFINITY) - bottom
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
