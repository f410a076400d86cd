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
