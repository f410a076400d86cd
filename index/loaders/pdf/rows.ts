import type { Line } from './lines.ts'

/** Pieces that stand at the same height, from above to below: where no white space runs across, all of them. */
export function slabsOf(pieces: Line[]): Line[][] {
  const slabs: Line[][] = []
  let bottom = Number.NEGATIVE_INFINITY
  for (const piece of [...pieces].sort((a, b) => topOf(a) - topOf(b))) {
    if (topOf(piece) >= bottom) slabs.push([])
    slabs.at(-1)?.push(piece)
    bottom = Math.max(bottom, piece.base + 0.05 * piece.size)
  }
  return slabs
}

const topOf = ({ base, size }: Line) => base - 0.65 * size

/** The pieces of a slab, those of each line together. */
export function rowsOf(slab: Line[]): Line[][] {
  const rows: Line[][] = []
  for (const piece of [...slab].sort((a, b) => a.base - b.base)) {
    const last = rows.at(-1)
    if (last?.[0] && piece.base - last[0].base < 0.5 * piece.size) last.push(piece)
    else rows.push([piece])
  }
  return rows
}

/** Pieces of one line as one. */
export function joined(pieces: Line[], rtl: boolean, separator = ' '): Line {
  const sorted = [...pieces].sort((a, b) => (rtl ? b.left - a.left : a.left - b.left))
  const main = sorted.reduce((best, piece) => (piece.text.length > best.text.length ? piece : best))
  const [left, right] = [Math.min(...pieces.map((p) => p.left)), Math.max(...pieces.map((p) => p.right))]
  return { ...main, text: sorted.map(({ text }) => text).join(separator), left, right }
}

/** The size of most of the text. */
export function sizeOf(lines: Line[]): number {
  const lengths = new Map<number, number>()
  for (const { size, text } of lines) lengths.set(Math.round(size * 10) / 10, (lengths.get(Math.round(size * 10) / 10) ?? 0) + text.length)
  let [most, best] = [0, 1]
  for (const [size, length] of lengths) if (length > most) [most, best] = [length, size]
  return best
}
