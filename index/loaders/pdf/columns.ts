import { dividedAt, gapsWithin } from './cells.ts'
import { type Widths, widthsOf } from './letters.ts'
import { isRightToLeft, type Line } from './lines.ts'
import { joined, rowsOf, sizeOf, slabsOf } from './rows.ts'
import { rowsOfTable } from './tables.ts'

/** Lines below each other that are read one after the other; those of a table are its rows. */
export interface Block {
  lines: Line[]
  isTable: boolean
}

/** White space between columns, in sizes, at least. */
const GUTTER = 0.9
/** The same between the pieces of one or two lines: words that are spread over a line may stand as far apart as columns. */
const LONE_GUTTER = 2.5
/** Columns within columns are looked for this deep. */
const DEPTH = 6

interface Gap {
  from: number
  to: number
}

/** A part of a page from one y to another: all of one column, or of several that the same gutters part. */
interface Band {
  slabs: Line[][]
  /** Where there is text in it, from left to right. */
  covered: Gap[]
  gutters: Gap[]
}

/** The blocks of a page in reading order: its columns one after the other, and what stands across them where it interrupts them. */
export function blocksOf(pieces: Line[]): Block[] {
  return ordered(pieces, isRightToLeft(pieces.map(({ text }) => text).join('')), widthsOf(pieces), 0)
}

function ordered(pieces: Line[], rtl: boolean, widths: Widths, depth: number): Block[] {
  return bandsOf(pieces).flatMap((band) => {
    const isSingle = band.gutters.length === 0 || depth === DEPTH
    if (isSingle) return { lines: band.slabs.flatMap(rowsOf).map((row) => joined(row, rtl)), isTable: false }
    const columns = columnsOf(band)
    // The letters of a line that is read from the right are not in the order of their places.
    const cells = rtl ? band : withCells(band, columns, widths)
    const rows = rowsOfTable(columnsOf(cells), cells.slabs, rtl)
    if (rows) return { lines: rows, isTable: true }
    return (rtl ? columns.reverse() : columns).flatMap((column) => ordered(column, rtl, widths, depth + 1))
  })
}

function bandsOf(pieces: Line[]): Band[] {
  const width = GUTTER * sizeOf(pieces)
  const bands: Band[] = []
  for (const slab of slabsOf(pieces)) {
    const last = bands.at(-1)
    const own = bandOf([slab], [], width)
    const isSingle = last?.gutters.length === 0
    const together = last && !isSingle ? bandOf([slab], last.covered, width) : own
    if (last && (isSingle ? own.gutters.length === 0 : together.gutters.length > 0)) {
      last.slabs.push(slab)
      last.covered = together.covered
      last.gutters = together.gutters
    } else bands.push(own)
  }
  return mended(bands, width)
}

function bandOf(slabs: Line[][], covered: Gap[], width: number): Band {
  const all = [...covered, ...slabs.flat().map(({ left, right }) => ({ from: left, to: right }))].sort((a, b) => a.from - b.from)
  const union: Gap[] = []
  for (const { from, to } of all) {
    const last = union.at(-1)
    if (last && from - last.to < width) last.to = Math.max(last.to, to)
    else union.push({ from, to })
  }
  return { slabs, covered: union, gutters: union.slice(1).map(({ from }, i) => ({ from: union[i]?.to ?? from, to: from })) }
}

/** Gives a heading that stands below columns to what follows it, and a lone line back to the lines around it. */
function mended(bands: Band[], width: number): Band[] {
  const result: Band[] = []
  for (let band of bands) {
    if (isLabelled(band)) band = { ...band, gutters: [] }
    if (band.slabs.length < 3 && band.gutters.every(({ from, to }) => to - from < (LONE_GUTTER / GUTTER) * width)) band = { ...band, gutters: [] }
    const before = result.at(-1)
    if (before && before.gutters.length > 0 && band.gutters.length === 0 && endsInHeading(before)) {
      band.slabs.unshift(before.slabs.pop() ?? [])
      result[result.length - 1] = bandOf(before.slabs, [], width)
    }
    if (before?.gutters.length === 0 && band.gutters.length > 0) takeBeginnings(before, band)
    if (before?.gutters.length === 0 && band.gutters.length === 0) before.slabs.push(...band.slabs)
    else result.push(band)
  }
  return result
}

/** Gives to columns the lines with which the later ones of them begin, where they begin above the first. */
function takeBeginnings(above: Band, below: Band): void {
  for (let last = above.slabs.at(-1); last && above.slabs.length > 1; last = above.slabs.at(-1)) {
    const [piece] = last
    const next = below.slabs[0]?.[0]
    const isOne = piece && last.every(({ left }) => below.gutters.some(({ to }) => Math.abs(left - to) < 0.5 * piece.size))
    if (!piece || !next || !isOne || next.base - piece.base > 2.2 * piece.size) return
    below.slabs.unshift(last)
    above.slabs.pop()
  }
}

/** Are names of speakers or numbers of notes set before the text that they belong to? */
function isLabelled(band: Band): boolean {
  const [labels = [], texts = [], ...more] = columnsOf(band)
  if (labels.length === 0 || texts.length === 0 || more.length > 0) return false
  const hasText = (label: Line) => texts.some(({ base, text }) => Math.abs(base - label.base) < 0.2 * label.size && /\p{L}{2}/u.test(text))
  if (!labels.every(hasText)) return false
  const first = Number(labels[0]?.text)
  return labels.every(({ text }) => /^\p{Lu}.{0,40}:$/u.test(text)) || labels.every(({ text }, i) => text === String(first + i))
}

function endsInHeading({ slabs }: Band): boolean {
  const [before, last] = slabs.slice(-2)
  const heading = last?.[0]
  if (!before || !heading || last.length > 1 || slabs.length < 3) return false
  const gap = heading.base - Math.max(...before.map(({ base }) => base))
  return gap > 1.7 * heading.size && heading.size > 1.05 * sizeOf(before)
}

/** A table with the columns that some of its rows hide. */
function withCells(band: Band, columns: Line[][], widths: Widths): Band {
  const gaps = columns.flatMap((column) => gapsWithin(column, sizeOf(column), widths))
  if (gaps.length === 0) return band
  return { ...band, slabs: band.slabs.map((slab) => dividedAt(slab, gaps, widths)), gutters: [...band.gutters, ...gaps].sort((a, b) => a.to - b.to) }
}

function columnsOf({ slabs, gutters }: Band): Line[][] {
  const columns: Line[][] = Array.from({ length: gutters.length + 1 }, () => [])
  for (const piece of slabs.flat()) columns[gutters.filter(({ to }) => piece.left >= to - 0.01).length]?.push(piece)
  return columns
}
