import type { Widths } from './letters.ts'
import type { Line } from './lines.ts'
import { rowsOf } from './rows.ts'

/** White space between the cells of a row, in sizes, at most as wide as between words, where other rows show that a cell begins. */
const NARROW = 0.3
/** A place within a piece is known to this many sizes: how wide its letters are is learned from other lines. */
const LEARNED = 0.5
/** Rows that show a cell's beginning, at least. */
const SHOWN = 2
/** Of the lines that are in the way of a column, those that have to be divided, at most. */
const DIVIDED = 0.75
/** By how much lines begin elsewhere that begin at one edge, in sizes, at most. */
const SAME_EDGE = 0.15
const MARK = /^(?:\P{L}|\d{1,3}[.)]?|[a-z][.)]|[ivx]{1,5}[.)])$/iu

interface Gap {
  from: number
  to: number
}

/**
 * The white space within a column of a table in which another column begins, though in some rows its cells all but touch: where it runs
 * through every row, but for those in which a space between words stands there.
 */
export function gapsWithin(column: Line[], size: number, widths: Widths): Gap[] {
  const rows = rowsOf(column).map((row) => row.sort((a, b) => a.left - b.left))
  const gaps = [...shownByPieces(rows, size), ...shownByEdges(rows, size)].sort((a, b) => b.to - b.from - (a.to - a.from))
  const found: Gap[] = []
  for (const gap of gaps) {
    const isOther = found.every(({ from, to }) => gap.to < from - size || gap.from > to + size)
    if (isOther && isClear(rows, gap, size, widths)) found.push(gap)
  }
  return found.sort((a, b) => a.from - b.from)
}

/** The pieces of a line, those that reach over a gap divided at the space that stands there. */
export function dividedAt(pieces: Line[], gaps: Gap[], widths: Widths): Line[] {
  return gaps.reduce(
    (all, gap) =>
      all.flatMap((piece) => {
        const at = reachesOver(piece, gap) ? spaceNear(piece, gap, widths) : -1
        if (at < 0) return [piece]
        return [
          { ...piece, text: piece.text.slice(0, at), right: gap.from },
          { ...piece, text: piece.text.slice(at + 1), left: gap.to },
        ]
      }),
    pieces,
  )
}

/** Where the space between pieces of one row is also that of others. */
function shownByPieces(rows: Line[][], size: number): Gap[] {
  const between = rows.flatMap((row) => row.slice(1).map(({ left }, i) => ({ from: row[i]?.right ?? left, to: left })))
  const shared: (Gap & { count: number })[] = []
  for (const gap of between.sort((a, b) => a.to - b.to)) {
    const same = shared.find(({ from, to }) => Math.min(to, gap.to) - Math.max(from, gap.from) > 0.1 * size)
    if (same) Object.assign(same, { from: Math.max(same.from, gap.from), to: Math.min(same.to, gap.to), count: same.count + 1 })
    else shared.push({ ...gap, count: 1 })
  }
  return shared.filter(({ count }) => count >= SHOWN)
}

/** Where lines begin that go on with a cell which begins beside another. */
function shownByEdges(rows: Line[][], size: number): Gap[] {
  const lefts = rows.flatMap((row) => row.map(({ left }) => left)).sort((a, b) => a - b)
  const edges: number[] = []
  for (const [i, left] of lefts.entries()) {
    const isShared = left - (lefts[i - SHOWN + 1] ?? Number.NEGATIVE_INFINITY) < SAME_EDGE * size
    if (isShared && left > (edges.at(-1) ?? (lefts[0] ?? 0) + 2 * size) + SAME_EDGE * size) edges.push(left)
  }
  return edges.map((to) => ({ from: to - NARROW * size, to }))
}

function isClear(rows: Line[][], gap: Gap, size: number, widths: Widths): boolean {
  const inTheWay = rows.flatMap((row) => row.filter((piece) => reachesOver(piece, gap)))
  const spaces = inTheWay.map((piece) => spaceNear(piece, gap, widths))
  if (spaces.some((at) => at < 0) || inTheWay.length > DIVIDED * rows.length) return false
  const isList = inTheWay.length > 0 && inTheWay.every(({ text }, i) => MARK.test(text.slice(0, spaces[i])))
  const isBeside = (row: Line[]) => row.some(({ right }) => right <= gap.from + 0.1 * size) && row.some(({ left }) => left >= gap.to - 0.1 * size)
  return !isList && (inTheWay.length > 0 || rows.filter(isBeside).length >= SHOWN)
}

function reachesOver({ left, right, size }: Line, { from, to }: Gap): boolean {
  return left < from - 0.1 * size && right > to + 0.1 * size
}

/** The index of the space of a piece that stands in a gap: the word after it begins where the gap ends, or else the one before ends where it begins. */
function spaceNear(piece: Line, { from, to }: Gap, widths: Widths): number {
  const spaces = Array.from(piece.text.matchAll(/ /g), ({ index }) => ({ at: index, ...aroundSpace(piece, index, widths) }))
  const nearest = (distance: (space: (typeof spaces)[number]) => number) => {
    const [first] = spaces.filter((space) => distance(space) < LEARNED * piece.size).sort((a, b) => distance(a) - distance(b))
    return first?.at
  }
  return nearest(({ begin }) => Math.abs(begin - to)) ?? nearest(({ end }) => Math.abs(end - from)) ?? -1
}

/** Where the word before a space ends and the one after it begins. */
function aroundSpace({ text, left, right, size, font }: Line, at: number, widths: Widths): { end: number; begin: number } {
  return { end: left + size * widths(text.slice(0, at), font), begin: right - size * widths(text.slice(at + 1), font) }
}
