import type { Item } from './items.ts'

/** Words that stand beside each other, on a line or a part of one. */
export interface Line {
  text: string
  left: number
  right: number
  base: number
  size: number
  font: string
}

/** White space, in sizes, that is wider than between words: the next column begins, or the next cell. */
const GAP = 0.9
/** A mark before an item of a list stands this far from its words, in sizes, at most. */
const MARK_GAP = 5

/** By how much the spaces of a line that fills its column differ, in sizes, at most. */
const SAME = 0.03

/** Between East Asian letters and the marks that go with them there is no space. */
const EAST_ASIAN_SPACE =
  /(?<=[\u3001-\u303f\uff01-\uff65]) (?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3001-\u303f\uff01-\uff65“”‘’])|(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}“”‘’]) (?=[\u3001-\u303f\uff01-\uff65])/gu
const MARK = /^(?:[•‣▪▫◦●○■□–—*·➢✓-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]|\d{1,2}(?:\.\d{1,2})+\.?)$/i
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/gu
const LEFT_TO_RIGHT = /(?=[^\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}])\p{L}/gu

/** The pieces of lines that items make, from above to below and then from left to right; what stands beyond a wide gap is a piece of its own. */
export function piecesOf(items: Item[]): Line[] {
  return rowsOf(items).flatMap((row) => {
    const sorted = withoutShadows(row.sort((a, b) => a.left - b.left))
    const pieces: Item[][] = []
    const spread = spreadIn(sorted)
    let [size, right] = [0, 0]
    for (const item of sorted) {
      const last = pieces.at(-1)
      const gap = item.left - right
      const isMarked = last?.length === 1 && MARK.test(last[0]?.text ?? '') && /\p{L}/u.test(item.text)
      if (last && (gap <= Math.max(size, item.size) * (isMarked ? MARK_GAP : GAP) || spread.has(item))) last.push(item)
      else pieces.push([item])
      right = pieces.at(-1) === last ? Math.max(right, item.right) : item.right
      size = item.size
    }
    return pieces.map(lineOf)
  })
}

/** The words that stand as far from the word before as that from the one before it, or the next from them: a short line is spread over its column. */
function spreadIn(row: Item[]): Set<Item> {
  const gaps = row.map((item, i) => item.left - (row[i - 1]?.right ?? Number.NEGATIVE_INFINITY))
  const isWord = ({ text }: Item | { text: '' }) => /\p{L}/u.test(text) && !text.includes(' ')
  const isSame = (i: number, j: number) => Math.abs((gaps[i] ?? Number.POSITIVE_INFINITY) - (gaps[j] ?? 0)) < SAME * (row[i]?.size ?? 0)
  const even = row.map((_, i) => isSame(i, i + 1) && row.slice(i - 1, i + 2).every(isWord))
  return new Set(row.filter((_, i) => even[i] || even[i - 1]))
}

/** Do letters that are written from right to left outnumber the others? */
export function isRightToLeft(text: string): boolean {
  return (text.match(RIGHT_TO_LEFT)?.length ?? 0) > (text.match(LEFT_TO_RIGHT)?.length ?? 0)
}

/** Items of about one baseline; raised ones stand with those beside them. */
function rowsOf(items: Item[]): Item[][] {
  const placed = items.map((item, i) => ({ item, base: raisedFrom(item, items[i - 1]) ?? raisedFrom(item, items[i + 1]) ?? item.base }))
  const rows: Item[][] = []
  let anchor: (typeof placed)[number] | undefined
  for (const one of placed.sort((a, b) => a.base - b.base)) {
    if (anchor && one.base - anchor.base < 0.5 * Math.max(anchor.item.size, one.item.size)) rows.at(-1)?.push(one.item)
    else {
      rows.push([one.item])
      anchor = one
    }
  }
  return rows
}

/** The baseline of what an item is a raised mark of: small, and right beside it. */
function raisedFrom(item: Item, beside: Item | undefined): number | null {
  if (!beside || item.size > 0.85 * beside.size) return null
  const gap = Math.max(item.left - beside.right, beside.left - item.right)
  const rise = beside.base - item.base
  return Math.abs(gap) < 0.4 * beside.size && rise > 0 && rise < 0.7 * beside.size ? beside.base : null
}

/** Bold letters are drawn twice by some programs, a little apart. */
function withoutShadows(row: Item[]): Item[] {
  return row.filter((item, i) => {
    const before = row[i - 1]
    return !before || before.text !== item.text || item.left - before.left > 0.15 * item.size || Math.abs(item.base - before.base) > 0.15 * item.size
  })
}

function lineOf(items: Item[]): Line {
  const main = items.reduce((best, item) => (item.size * item.text.length > best.size * best.text.length ? item : best))
  const rtl = isRightToLeft(items.map(({ text }) => text).join(''))
  const ordered = rtl ? rightToLeft(items) : items
  let text = ''
  let before: Item | undefined
  for (const item of ordered) {
    if (before && isApart(before, item)) text += ' '
    text += isRaised(item, main) ? raised(item.text) : rtl ? turned(item.text) : closed(item.text)
    before = item
  }
  const [left, right] = [Math.min(...items.map((i) => i.left)), Math.max(...items.map((i) => i.right))]
  text = text.replace(EAST_ASIAN_SPACE, '')
  return { text, left, right, base: main.base, size: main.size, font: main.font }
}

/** The order of reading: from the right, but numbers and foreign words among them from the left. */
function rightToLeft(items: Item[]): Item[] {
  const runs: Item[][] = []
  for (const item of [...items].reverse()) {
    const isForeign = !RIGHT_TO_LEFT.test(item.text) && /[\p{L}\p{N}]/u.test(item.text)
    RIGHT_TO_LEFT.lastIndex = 0
    const last = runs.at(-1)
    if (isForeign && last?.[0] && isForeignRun(last[0])) last.unshift(item)
    else runs.push([item])
  }
  return runs.flat()
}

/** A number by itself has the marks after it on its left, where the line goes on. */
function turned(text: string): string {
  const [, left = '', number = '', right = ''] = /^([^\p{L}\p{N}]*)([\p{N}][^\p{L}]*?)([^\p{L}\p{N}%]*)$/u.exec(text) ?? []
  return number === '' ? text : [...right].reverse().join('') + number + [...left].reverse().join('')
}

function isForeignRun({ text }: Item): boolean {
  return text.search(RIGHT_TO_LEFT) < 0 && /[\p{L}\p{N}]/u.test(text)
}

function isApart(before: Item, item: Item): boolean {
  const gap = before.left <= item.left ? item.left - before.right : before.left - item.right
  // The number of a note stands a little apart from the word that it belongs to.
  const spaced = item.spaced || (before.spaced && item.size > 0.85 * before.size)
  // pdf.js says that white space was drawn; letters that touch are one word all the same.
  return gap > 0.2 * item.size || (gap > 0.02 * item.size && spaced) || (item.spaced && before.left <= item.left)
}

function isRaised(item: Item, main: Item): boolean {
  return item !== main && item.size < 0.85 * main.size && main.base - item.base > 0.15 * main.size
}

/** A raised figure is no part of the number or word before it: "5,200,000" with a note is not "5,200,0001". */
function raised(text: string): string {
  return /^[\d,\s]+$/.test(text) ? text.replace(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)] as string) : text
}

/** Words whose letters are spaced out are closed up. */
function closed(text: string): string {
  return /^\p{L}(?: [\p{L}\p{P}]){3,}$/u.test(text) ? text.replaceAll(' ', '') : text
}
