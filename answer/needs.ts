import { overlaps } from '../index/spans.ts'
import { type Quotation, quotationsOf } from '../index/statements/quotations.ts'
import type { Span } from '../index/types.ts'

/** Characters of a quote that holds more than one sentence, at most. */
export const QUOTE_CHARS = 400

/** How a sentence stands to those beside it. */
export interface Needs {
  /** The sentence with the whole of the quotations that it holds a part of; its own span where they are too long for a quote. */
  reach: Span
  /** Does it begin with a word that stands for something said before it? */
  leans: boolean
  /** Is it the first of its paragraph? */
  opens: boolean
}

/** `quotations` are those around the sentence, as quotationsAround gives them. */
export function needsOf(sentence: Span, text: string, quotations: Quotation[]): Needs {
  const words = text.slice(sentence.start, sentence.end)
  const broken = quotations.filter((q) => !q.open && overlaps(q, sentence) && q.end - q.start <= QUOTE_CHARS)
  const reach = { start: Math.min(sentence.start, ...broken.map((q) => q.start)), end: Math.max(sentence.end, ...broken.map((q) => q.end)) }
  const first = FIRST_WORD.exec(words)?.[1]?.toLowerCase() ?? ''
  const leans = STANDS_FOR.has(first) || (first === 'it' && !STANDS_FOR_NOTHING.test(words))
  return { reach, leans, opens: AFTER_EMPTY_LINE.test(text.slice(Math.max(0, sentence.start - GAP), sentence.start)) }
}

/** White space that is looked at before a sentence, in characters. */
const GAP = 20
const AFTER_EMPTY_LINE = /(?:^|(?:\r\n|\r(?!\n)|\n)[^\S\n\r]*(?:\r\n|\r|\n))\s*$/

const FIRST_WORD = /^["“„«‘'(]*(?:(?:And|But|So|Yet|However|Then|Still|Also),?\s+)?(\p{L}+)/iu
const STANDS_FOR = new Set(['he', 'she', 'they', 'this', 'these', 'those', 'his', 'her', 'their', 'its', 'such'])
/** "It is likely that", "It was the mayor who". */
const STANDS_FOR_NOTHING = /^\P{L}*(?:\p{L}+,?\s+)?it(?:['’]s|\s+\p{L}+)(?:\s+\S+){0,4}\s+(?:that|to|who)\b/iu

/** A quotation that crosses the ends of a passage is looked for so far beyond them, in characters. */
const BEYOND = 1000

/** The quotations in a passage and across its ends. */
export function quotationsAround(text: string, { start, end }: Span): Quotation[] {
  // From the beginning of a paragraph on, where the state of straight marks is known.
  const before = Math.max(0, start - BEYOND)
  const from = Math.max(before, text.slice(before, start).lastIndexOf('\n\n') + before)
  return quotationsOf(text.slice(from, end + BEYOND)).map((q) => ({ ...q, start: q.start + from, end: q.end + from }))
}
