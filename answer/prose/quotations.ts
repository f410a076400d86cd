import type { Span } from '../../index/types.ts'
import type { Evidence } from './evidence.ts'

/** By what each double mark is closed. */
const CLOSED_BY: Record<string, string> = { '"': '"', '“': '”', '”': '”', '„': '“”', '«': '»', '»': '«' }
const SINGLES = /['’‘‚‹›]/g
/** "Dunnock's", "didn't", "o'clock", "O'Brien": an apostrophe that quotes nothing. */
const APOSTROPHE = /^(?:(?:\p{L}|\p{N})+['’](?:s|t|re|ve|ll|d|m)|[ODLdl]['’]\p{L}+|o['’]clock)$/iu

/** Is all that stands in quotation marks in a cited quote, character for character? Marks that do not pair quote nobody knows what. */
export function quotationsAreThere(text: string, { quotes }: Pick<Evidence, 'quotes'>): boolean {
  const double = doubleIn(text)
  const single = double && singleIn(text, double)
  return single !== null && [...(double as Span[]), ...single].every((span) => quotes.some((quote) => isRunOf(text.slice(span.start, span.end), quote)))
}

/** Whole words: "5 boats" is no run of "15 boats", nor of "4.5 boats". */
function isRunOf(words: string, quote: string): boolean {
  if (!/[\p{L}\p{N}]/u.test(words) || words.trim() !== words) return false
  for (let at = quote.indexOf(words); at >= 0; at = quote.indexOf(words, at + 1)) {
    const [before, after] = [quote.slice(Math.max(0, at - 2), at), quote.slice(at + words.length, at + words.length + 2)]
    if (!isCut(words, before, after)) return true
  }
  return false
}

/** Does a run begin or end within a word or a number? */
function isCut(words: string, before: string, after: string): boolean {
  const [first, last] = [words.at(0) as string, words.at(-1) as string]
  const word = /[\p{L}\p{M}\p{N}]/u
  if (word.test(first) && (word.test(before.at(-1) ?? '') || /\p{L}['’]$/u.test(before))) return true
  if (word.test(last) && word.test(after.at(0) ?? '')) return true
  if (/\p{N}/u.test(first) && /\p{N}[.,:/–-]$/u.test(before)) return true
  return /\p{N}/u.test(last) && /^[.,:/–-]\p{N}/u.test(after)
}

/** What stands within double marks; null when one is not closed by its own kind. Marks within are a part of it. */
function doubleIn(text: string): Span[] | null {
  const spans: Span[] = []
  for (let at = 0; at < text.length; at++) {
    const closers = CLOSED_BY[text.charAt(at)]
    if (!closers) continue
    const rest = text.slice(at + 1)
    const length = [...closers].map((closer) => rest.indexOf(closer)).filter((n) => n >= 0)
    if (length.length === 0) return null
    const end = at + 1 + Math.min(...length)
    // « So it is set in French. »
    const isSpaced = text.charAt(at) === '«' && /^ .* $/s.test(text.slice(at + 1, end))
    spans.push(isSpaced ? { start: at + 2, end: end - 1 } : { start: at + 1, end })
    at = end
  }
  return spans
}

/** What stands within single marks, outside double ones; null when a mark is neither one of a pair nor an apostrophe. */
function singleIn(text: string, double: Span[]): Span[] | null {
  const marks = [...text.matchAll(SINGLES)].map(({ index }) => index).filter((at) => !double.some(({ start, end }) => start <= at && at < end))
  const opening: number[] = []
  const closing: number[] = []
  for (const at of marks) {
    const [before, after] = [text.slice(0, at), text.slice(at + 1)]
    const [left, right] = [/[\p{L}\p{M}\p{N}]$/u.test(before), /^[\p{L}\p{N}]/u.test(after)]
    if (left && right) {
      if (!APOSTROPHE.test(wordAround(text, at))) return null
    } else if (/\S$/.test(before) && !/[(\-–—/'’‘‚‹›]$/.test(before) && !right) closing.push(at)
    else if (/^\S/.test(after) && !left) opening.push(at)
    else return null
  }
  const spans: Span[] = []
  for (const [i, at] of opening.entries()) {
    const next = opening[i + 1] ?? text.length
    const end = closing.findLast((close) => close > at && close < next)
    // "'tis" and "'90s" open nothing, but then nothing may be closed either.
    if (end === undefined) return null
    spans.push({ start: at + 1, end })
  }
  const isWithin = (at: number) => spans.some(({ start, end }) => start <= at && at <= end)
  // "The trustees' view."
  const unopened = closing.filter((at) => !isWithin(at) && !/s$/i.test(text.slice(0, at)))
  return unopened.length > 0 ? null : spans
}

function wordAround(text: string, at: number): string {
  return `${/[\p{L}\p{M}\p{N}]*$/u.exec(text.slice(0, at))?.[0]}${/^['’‘‚‹›][\p{L}\p{M}\p{N}]*/u.exec(text.slice(at))?.[0]}`
}
