import { overlaps } from '../spans.ts'
import type { Span } from '../types.ts'

/** A quotation with its marks. An open one was never closed in its paragraph, nor continued in the next. */
export interface Quotation extends Span {
  open: boolean
}

const OPENING = /[“„«]|``/
const CLOSING = /[”»]|''/

/**
 * The quotations of a text, in order, by double marks: curly, straight, guillemets, and the doubled ` and ' of wire copy. A quotation that is not closed
 * at the end of its paragraph goes on in the next one when that begins with a mark, and else ends with its paragraph.
 */
export function quotationsOf(text: string): Quotation[] {
  const found: Quotation[] = []
  let open: number | null = null
  const paragraphs = [...text.matchAll(/[^\n]+(?:\n(?![ \t]*\n)[^\n]+)*/g)]
  paragraphs.forEach((paragraph, i) => {
    const from = paragraph.index
    const to = from + paragraph[0].length
    let first = true
    for (const mark of paragraph[0].matchAll(/["“”„«»]|``|''/g)) {
      const at = from + mark.index
      const end = at + mark[0].length
      if (open !== null && first && paragraph[0].slice(0, mark.index).trim() === '') {
        // A continued quotation begins each paragraph with a mark of its own.
        first = false
        continue
      }
      first = false
      if (opens(mark[0], open !== null, text, at, end)) open = at
      else if (open !== null) {
        found.push({ start: open, end, open: false })
        open = null
      }
    }
    const next = paragraphs[i + 1]
    if (open !== null && !(next && /^\s*(?:["“„«]|``|'')/.test(next[0]))) {
      found.push({ start: open, end: to, open: true })
      open = null
    }
  })
  return found
}

function opens(mark: string, inside: boolean, text: string, at: number, end: number): boolean {
  if (OPENING.test(mark) && !inside) return true
  if (OPENING.test(mark)) return false
  if (inside) return false
  if (CLOSING.test(mark) && mark !== "''") return false
  // A straight mark opens when a word follows it and none stands directly before it.
  return /\S/.test(text.charAt(end)) && !/[\p{L}\p{N}.,!?]/u.test(text.charAt(at - 1))
}

/** The quotation that an offset lies in, marks included; they are in order and none overlaps another. */
export function quotationAt(quotations: Quotation[], offset: number): Quotation | undefined {
  let low = 0
  let high = quotations.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const quotation = quotations[middle] as Quotation
    if (offset < quotation.start) high = middle - 1
    else if (offset >= quotation.end) low = middle + 1
    else return quotation
  }
  return undefined
}

/**
 * Is a span all in quotation marks, partly, or not at all? Letters and figures are counted; a twentieth may lie outside.
 * `aside` is what interrupts it: of "…," he said. "…" the words that name the speaker.
 */
export function formOf(text: string, span: Span, quotations: Quotation[], aside?: Span): 'direct' | 'indirect' | 'mixed' {
  let inside = 0
  let outside = 0
  const { start, end } = span
  const near = quotations.filter((q) => overlaps(q, span))
  for (const { index } of text.slice(start, end).matchAll(/[\p{L}\p{N}]/gu)) {
    if (aside && start + index >= aside.start && start + index < aside.end) continue
    if (near.some((q) => q.start <= start + index && start + index < q.end)) inside++
    else outside++
  }
  if (inside === 0) return 'indirect'
  return outside <= 0.05 * (inside + outside) ? 'direct' : 'mixed'
}

/** Words before a quotation, and words in it, for it to be what a statement says of its subject. */
const MOST_BEFORE = 8
const LEAST_IN = 3

/**
 * The quotation that ends a statement which is otherwise short: of "the charge is “a fable from end to end”" the part in the speaker's own words.
 * A word or two in marks is the writer's distance, and says nothing by itself.
 */
export function quotedPredicate(text: string, { start, end }: Span, quotations: Quotation[]): Span | null {
  const quotation = quotationAt(quotations, end - 1) ?? quotationAt(quotations, end - 2)
  if (!quotation || quotation.start <= start) return null
  const before = text.slice(start, quotation.start).trim().split(/\s+/).length
  const inside = text.slice(quotation.start, quotation.end).split(/\s+/).length
  return before <= MOST_BEFORE && inside >= LEAST_IN ? quotation : null
}
