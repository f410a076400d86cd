import type { Block } from './columns.ts'
import { joinerOf } from './hyphens.ts'
import { isEnded, isMarked, isSameSize, type Leading, leadingOf, type Paragraph, paragraphsOf } from './paragraphs.ts'
import { sizeOf } from './rows.ts'

/** What a speaker says, after the name. */
const TURN = /^\p{Lu}[\p{Lu}.'’ -]{1,40}: /u

export interface PageOfBlocks {
  blocks: Block[]
  height: number
}

/** Of all paragraphs, those whose first line is set in, from which on a paragraph that is not goes on with the one before it. */
const INDENTED = 0.3
/** Sizes that a line lacks at most of the end of its column when its sentence goes on in the next. */
const FULL = 4
/** The width of a column in sizes, from which on few paragraphs happen to end at its end. */
const WIDE = 22
/** What may stand between the two parts of a paragraph: the notes and boxes of the page. */
const BETWEEN = 6

/** The text of a document and where each of its pages begins. */
export function textOf(pages: PageOfBlocks[]): { text: string; pages: number[] } {
  const blocks = pages.flatMap((page) => page.blocks)
  const leading = leadingOf(blocks)
  const size = sizeOf(blocks.flatMap(({ lines }) => lines))
  const read = pages.map((page, i) => paragraphsOfPage(page, i + 1, size, leading))
  const running = read.flatMap(({ paragraphs }) => paragraphs).filter(({ isTable, lines }) => !isTable && lines.length > 1)
  const indents = running.filter(({ isIndented }) => isIndented).length > INDENTED * running.length
  const all: Paragraph[] = []
  for (const { paragraphs, notes } of read) {
    for (const paragraph of paragraphs) add(all, paragraph, indents)
    all.push(...notes)
  }
  return written(all, pages.length)
}

function paragraphsOfPage({ blocks, height }: PageOfBlocks, page: number, size: number, leading: Leading): { paragraphs: Paragraph[]; notes: Paragraph[] } {
  const paragraphs: Paragraph[] = []
  const notes: Paragraph[] = []
  for (const block of blocks) {
    const begin = block.isTable ? block.lines.length : notesFrom(block, height, size)
    paragraphs.push(...paragraphsOf({ ...block, lines: block.lines.slice(0, begin) }, page, leading))
    // Each note is a paragraph of its own.
    let note: Block = { lines: [], isTable: false }
    for (const line of block.lines.slice(begin)) {
      if (isNote(line.text) && note.lines.length > 0) {
        notes.push(...paragraphsOf(note, page, leading))
        note = { lines: [], isTable: false }
      }
      note.lines.push(line)
    }
    notes.push(...paragraphsOf(note, page, leading))
  }
  return { paragraphs, notes }
}

/** The line of a column from which on it holds the page's notes: small, at the bottom, the first of them marked. */
function notesFrom({ lines }: Block, height: number, size: number): number {
  let begin = lines.length
  for (let i = lines.length - 1; i >= 0; i--) {
    const line = lines[i]
    if (!line || line.size > 0.93 * size || line.base < 0.4 * height) break
    if (isNote(line.text)) begin = i
  }
  return begin
}

function isNote(text: string): boolean {
  return /^(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\d{1,3}[.)]?\s|\[\d{1,3}\]|[*†‡§])/.test(text)
}

/** Adds a paragraph, or the rest of one that a column's or page's end divided: then what stands between the two goes before it. */
function add(all: Paragraph[], paragraph: Paragraph, indents: boolean): void {
  const first = paragraph.lines[0]
  if (!first || paragraph.isTable) {
    all.push(paragraph)
    return
  }
  const recent = all.slice(-BETWEEN)
  const begun = recent.findLastIndex((before, i) => isOnPageOf(before, recent.at(-1)) && goesOn(before, paragraph, i === recent.length - 1, indents))
  const [before] = begun < 0 ? [] : all.splice(begun - recent.length, 1)
  before?.lines.push(...paragraph.lines)
  all.push(before ? Object.assign(before, { slack: paragraph.slack }) : paragraph)
}

/** What stands between the parts of a paragraph must be on its first page, or the pages would not follow each other. */
function isOnPageOf(before: Paragraph, last: Paragraph | undefined): boolean {
  return before.lines.at(-1)?.page === last?.lines.at(-1)?.page
}

function goesOn(before: Paragraph, after: Paragraph, isLast: boolean, indents: boolean): boolean {
  const [end, begin] = [before.lines.at(-1)?.text ?? '', after.lines[0]?.text ?? '']
  if (before.isTable || !isSameSize(before.size, after.size) || isMarked(begin) || TURN.test(begin)) return false
  if (/\p{L}[-‐\u00ad]$/u.test(end)) return /^\p{Ll}/u.test(begin)
  const isLower = /^["'“‘(]?\p{Ll}/u.test(begin)
  const isAlike = isLast && before.font === after.font && before.lines.length > 1
  if (!isEnded(end)) return before.slack < FULL && (isLower || isAlike)
  // A line that had no room for the next word is seldom a paragraph's last one.
  return isAlike && after.isFirst && before.width > WIDE && before.slack < Math.min(after.fit, FULL) && !(indents && after.isIndented)
}

function written(paragraphs: Paragraph[], count: number): { text: string; pages: number[] } {
  const join = joinerOf(paragraphs.flatMap(({ lines }) => lines.map(({ text }) => text)))
  const pages: number[] = []
  const parts: string[] = []
  let length = 0
  const put = (part: string) => {
    parts.push(part)
    length += part.length
  }
  for (const [i, { lines }] of paragraphs.entries()) {
    if (i > 0) put('\n\n')
    for (const [j, { text, page, begins }] of lines.entries()) {
      const before = lines[j - 1]
      if (before && begins) put('\n')
      else if (before) {
        const { between, closes } = join(before.text, text)
        if (closes) length -= (parts.pop() ?? '').length
        if (closes) put(before.text.slice(0, -1))
        put(between)
      }
      while (pages.length < page) pages.push(length)
      put(text)
    }
  }
  while (pages.length < count) pages.push(length)
  return { text: parts.join(''), pages }
}
