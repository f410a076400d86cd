import type { Block } from './columns.ts'
import { isRightToLeft, type Line } from './lines.ts'

/** Lines that are read as one, and the parts of it that stand on lines of their own. */
export interface Paragraph {
  lines: ParagraphLine[]
  size: number
  font: string
  /** Is it the first of its column, or of a part of it? */
  isFirst: boolean
  /** Does its first line begin further in than the others? */
  isIndented: boolean
  /** What its last line lacks of the end of the column, in sizes. */
  slack: number
  /** The width of its column, in sizes. */
  width: number
  /** The space that its first word takes, in sizes. */
  fit: number
  isTable: boolean
}

export interface ParagraphLine {
  text: string
  page: number
  /** Does it begin a line: an item of a list, a row of a table, a line of an address? */
  begins: boolean
}

/** How far apart the baselines of a paragraph are, by the size of its letters. */
export type Leading = (size: number) => number

const MARKED = /^(?:[•‣▪▫◦●○■□–—·➢✓*-]\s|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]\s)/i
const ENDED = /[.!?…。！？؟۔:;][\p{Pe}\p{Pf}"'’”¹²³⁴⁵⁶⁷⁸⁹⁰]*$/u

/** The leading of a document: for each size the smallest pitch that is usual. */
export function leadingOf(blocks: Block[]): Leading {
  const pitches = new Map<number, Map<number, number>>()
  for (const { lines, isTable } of blocks) {
    if (isTable) continue
    for (const [i, line] of lines.entries()) {
      const before = lines[i - 1]
      if (!before || !isSameSize(before.size, line.size) || line.base <= before.base) continue
      const size = Math.round(line.size)
      const counts = pitches.get(size) ?? new Map<number, number>()
      const pitch = Math.round((line.base - before.base) * 2) / 2
      pitches.set(size, counts.set(pitch, (counts.get(pitch) ?? 0) + 1))
    }
  }
  const usual = new Map<number, number>()
  for (const [size, counts] of pitches) {
    const all = [...counts.values()].reduce((a, b) => a + b, 0)
    const often = [...counts].filter(([pitch, count]) => count >= 0.08 * all && pitch >= 0.9 * size).map(([pitch]) => pitch)
    if (all >= 3 && often.length > 0)
      usual.set(
        size,
        often.reduce((a, b) => Math.min(a, b)),
      )
  }
  return (size) => usual.get(Math.round(size)) ?? 1.4 * size
}

/** The paragraphs of a block. */
export function paragraphsOf(block: Block, page: number, leading: Leading): Paragraph[] {
  const first = block.lines[0]
  if (!first) return []
  if (block.isTable) {
    const lines = block.lines.map(({ text }, i) => ({ text, page, begins: i > 0 }))
    return [{ lines, size: first.size, font: first.font, isFirst: true, isIndented: false, slack: 0, width: 0, fit: 0, isTable: true }]
  }
  const rtl = isRightToLeft(block.lines.map(({ text }) => text).join(''))
  const lines = rtl ? block.lines.map((line) => ({ ...line, left: -line.right, right: -line.left })) : withHyphens(block.lines)
  const right = (size: number) => lines.reduce((most, line) => (isSameSize(line.size, size) ? Math.max(most, line.right) : most), Number.NEGATIVE_INFINITY)
  const rights = new Map<number, number>()
  const slackOf = (line: Line) => {
    const size = Math.round(line.size * 2) / 2
    if (!rights.has(size)) rights.set(size, right(line.size))
    return (rights.get(size) ?? line.right) - line.right
  }
  const columnLeft = lines.reduce((least, { left }) => Math.min(least, left), Number.POSITIVE_INFINITY)
  const columnRight = lines.reduce((most, { right }) => Math.max(most, right), Number.NEGATIVE_INFINITY)
  const paragraphs: Paragraph[] = []
  lines.forEach((line, i) => {
    const before = lines[i - 1]
    const last = paragraphs.at(-1)
    const kind = before && last ? breakOf(before, line, lines[i + 1], last, slackOf(before), leading) : 'paragraph'
    if (kind === 'paragraph' || !last) {
      const next = lines[i + 1]
      const isIndented = next !== undefined && isSameSize(next.size, line.size) && indentOf(line, next)
      paragraphs.push({
        lines: [{ text: line.text, page, begins: false }],
        size: line.size,
        font: line.font,
        isFirst: i === 0,
        isIndented,
        slack: 0,
        width: (columnRight - columnLeft) / line.size,
        fit: fitOf(line) / line.size,
        isTable: false,
      })
    } else last.lines.push({ text: line.text, page, begins: kind === 'line' })
    const current = paragraphs.at(-1)
    if (current) current.slack = slackOf(line) / line.size
  })
  return paragraphs
}

function breakOf(before: Line, line: Line, next: Line | undefined, paragraph: Paragraph, slack: number, leading: Leading): 'none' | 'line' | 'paragraph' {
  const pitch = line.base - before.base
  const isItem = MARKED.test(line.text)
  if (!isSameSize(before.size, line.size)) return 'paragraph'
  const usual = leading(line.size)
  if (isItem && MARKED.test(lastItem(paragraph)) && pitch < 2.2 * usual) return 'line'
  if (pitch > 1.15 * usual || pitch < 0) return 'paragraph'
  if (isItem && (isEnded(before.text) || slack > 2 * line.size)) return 'line'
  if (/\p{L}[-‐\u00ad]$/u.test(before.text)) return 'none'
  const isWithinItem = MARKED.test(lastItem(paragraph))
  const isShort = slack > fitOf(line)
  if (!isWithinItem && before.font !== line.font && isShort) return 'paragraph'
  if (
    !isWithinItem &&
    next &&
    isSameSize(next.size, line.size) &&
    indentOf(line, next) &&
    line.left - before.left > -0.5 * line.size &&
    !indentOf(before, next)
  )
    return 'paragraph'
  if (!isWithinItem && !next && indentOf(line, before) && isEnded(before.text)) return 'paragraph'
  if (isWithinItem && line.left < before.left - 0.8 * line.size && isEnded(before.text)) return 'paragraph'
  if (!isShort) return 'none'
  const isWhole = isEnded(before.text) && (paragraph.lines.length > 1 || before.text.length > 40)
  return isWhole ? 'paragraph' : 'line'
}

/**
 * pdf.js leaves out the hyphen at a line's end where it is a soft one. In justified text, where lines end at the same place, such a line
 * lacks the width of a hyphen, and the next begins with the rest of the word.
 */
function withHyphens(lines: Line[]): Line[] {
  const counts = new Map<number, number>()
  const rounded = ({ right, size }: Line) => Math.round((right / size) * 40) / 40
  for (const line of lines) counts.set(rounded(line), (counts.get(rounded(line)) ?? 0) + 1)
  const [edge, exact] = [...counts].reduce((best, count) => (count[1] > best[1] ? count : best), [0, 0])
  if (exact < 3 || exact < 0.3 * lines.length) return lines
  return lines.map((line, i) => {
    const slack = edge - line.right / line.size
    const isDivided = slack > 0.08 && slack < 0.5 && /\p{L}$/u.test(line.text) && /^\p{Ll}/u.test(lines[i + 1]?.text ?? '')
    return isDivided ? { ...line, text: `${line.text}\u00ad` } : line
  })
}

/** The line that began last in a paragraph. */
function lastItem({ lines }: Paragraph): string {
  return lines.findLast(({ begins }, i) => begins || i === 0)?.text ?? lines[0]?.text ?? ''
}

/** The space that the first word of a line takes, with the space before it: what the line before has to lack. */
function fitOf(line: Line): number {
  const word = /^\S+/.exec(line.text)?.[0] ?? ''
  const letters = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(word) ? 4 : word.length + 1
  return Math.max(letters * ((line.right - line.left) / Math.max(1, line.text.length)) * 1.15, line.size) + 0.5 * line.size
}

/** Does a line begin further in than another? */
function indentOf(line: Line, other: Line): boolean {
  const indent = line.left - other.left
  return indent > 0.8 * line.size && indent < 5 * line.size
}

export function isSameSize(a: number, b: number): boolean {
  return Math.abs(a - b) <= 0.08 * Math.max(a, b)
}

/** Is a text's last sentence ended? */
export function isEnded(text: string): boolean {
  return ENDED.test(text.slice(-20))
}

export function isMarked(text: string): boolean {
  return MARKED.test(text)
}
