import type { Citation, Source } from '../../server/contract.ts'
import { webUrl } from '../urls.ts'
import type { Span } from './paragraphs.ts'

/** Characters up to which the quoted words are named whole, as Chromium's own "Copy link to highlight" does. */
const LONG = 300
/** Fewer words than these stand in many a page more than once. */
const FEW = 4
/** Words that a term, or what stands before and after it, is tried with. */
const SIZES = [4, 8, 16]
const BREAK = /[\n\r\u2028\u2029]/

type Place = Pick<Citation, 'page' | 'time'> | undefined

/**
 * The document where it was published, at these words where a browser can find them: a text fragment
 * (https://wicg.github.io/scroll-to-text-fragment/), the page of a PDF, or the second of a recording (https://www.w3.org/TR/media-frags/).
 * Null when it has no web address.
 * `text` is what is known of the document, and `span` lies in it.
 */
export function originalLink({ url, mediaType }: Pick<Source, 'url' | 'mediaType'>, text: string, span: Span | null, place?: Place) {
  const address = webUrl(url)
  if (!address) return null
  const isPdf = mediaType === 'application/pdf'
  const at = isPdf ? place?.page && `page=${place.page}` : place?.time != null && `t=${Math.floor(place.time)}`
  if (at) return `${address.replace(/#.*/, '')}#${at}`
  if (isPdf) return address
  const directive = span && textDirective(text, span)
  if (!directive) return address
  const plain = address.replace(/:~:.*/, '')
  return `${plain}${plain.includes('#') ? '' : '#'}:~:${directive}`
}

/** `text=[prefix-,]start[,end][,-suffix]`. A browser looks for each of these within one block, so none goes over a line break. */
export function textDirective(text: string, span: Span): string | null {
  // A browser without it has no text fragments either.
  if (!('Segmenter' in Intl)) return null
  const quote = trimmed(text, span)
  const words = wordsIn(text, quote)
  if (words.length === 0) return null
  const known = plain(text)
  const [head, tail] = endsOf(text, quote, words, known)
  const alone = isOnce(known, text.slice(head.start, head.end)) && wordsIn(text, head).length >= FEW
  const [before, after] = alone ? ['', ''] : contextOf(text, head, known)
  const terms = [
    before && `${encoded(before)}-`,
    encoded(text.slice(head.start, head.end)),
    tail && encoded(text.slice(tail.start, tail.end)),
    // After an end it could not tell one start from another.
    !tail && after && `-${encoded(after)}`,
  ]
  return `text=${terms.filter(Boolean).join(',')}`
}

/** A short quote whole; of a longer one, or one of several lines, as many of its first and last words as tell where it starts and ends. */
function endsOf(text: string, quote: Span, words: Span[], known: string): [Span, Span | null] {
  const across = (start: number, end: number) => BREAK.test(text.slice(start, end))
  const [one, other] = [words[0] as Span, words.at(-1) as Span]
  if (words.length < 2 || (quote.end - quote.start <= LONG && !across(quote.start, quote.end))) return [quote, null]
  const start = across(quote.start, one.end) ? one.start : quote.start
  const end = across(other.start, quote.end) ? other.end : quote.end
  const first = words.filter((word) => !across(start, word.end))
  const last = words.filter((word) => !across(word.start, end))
  const most = Math.floor(words.length / 2)
  let ends: [Span, Span] = [one, other]
  for (const size of SIZES) {
    const n = Math.min(size, most)
    ends = [
      { start, end: (first[Math.min(n, first.length) - 1] as Span).end },
      { start: (last[last.length - Math.min(n, last.length)] as Span).start, end },
    ]
    const [head, tail] = ends.map((term) => plain(text.slice(term.start, term.end))) as [string, string]
    const rest = plain(text.slice(ends[0].end, end))
    if (isOnce(known, head) && rest.indexOf(tail) === rest.length - tail.length) break
  }
  return ends
}

/** As many words before and after, on the same or the nearest line, as tell these words from the same ones elsewhere. */
function contextOf(text: string, { start, end }: Span, known: string): [string, string] {
  const before = nearest(text, Math.max(0, start - LONG), start, -1)
  const after = nearest(text, end, Math.min(text.length, end + LONG), 1)
  const earlier = wordsIn(text, before)
  const later = wordsIn(text, after)
  let [from, to] = [start, end]
  for (const size of SIZES) {
    from = earlier.at(-size)?.start ?? earlier[0]?.start ?? start
    to = later[size - 1]?.end ?? later.at(-1)?.end ?? end
    if (isOnce(known, text.slice(from, to))) break
  }
  return [text.slice(from, Math.max(from, before.end)), text.slice(Math.min(after.start, to), to)]
}

/** The first line with something in it, going forwards or back. */
function nearest(text: string, start: number, end: number, direction: 1 | -1): Span {
  const all = trimmed(text, { start, end })
  const found = text.slice(all.start, all.end).split(BREAK)
  if (direction > 0) return trimmed(text, { start: all.start, end: all.start + (found[0] as string).length })
  return trimmed(text, { start: all.end - (found.at(-1) as string).length, end: all.end })
}

function trimmed(text: string, { start, end }: Span): Span {
  const part = text.slice(start, end)
  const lead = part.length - part.trimStart().length
  return { start: start + lead, end: Math.max(start + lead, end - (part.length - part.trimEnd().length)) }
}

/** Words also where no spaces divide them. */
function wordsIn(text: string, { start, end }: Span): Span[] {
  const parts = new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text.slice(start, end))
  return Array.from(parts, (part) => ({ start: start + part.index, end: start + part.index + part.segment.length, word: part.isWordLike })).filter(
    ({ word }) => word,
  )
}

/** As a browser compares: without regard to case and kinds of white space. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim().toLowerCase()
}

function isOnce(known: string, words: string): boolean {
  const sought = plain(words)
  return known.indexOf(sought) === known.lastIndexOf(sought)
}

/** Also `-`, which would mark a context; half a character, which nothing can encode, is replaced. */
function encoded(term: string): string {
  return encodeURIComponent(
    term
      .replace(/\p{Surrogate}/gu, '\ufffd')
      .replace(/\s+/g, ' ')
      .trim(),
  ).replaceAll('-', '%2D')
}
