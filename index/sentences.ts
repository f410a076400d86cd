import type { Span } from './types.ts'

/** Never the end of a sentence. */
const TITLES = words('mr mrs ms mx dr prof st sr sra rev hon gen col lt capt cpl sgt maj adm cmdr sen rep gov pres supt insp messrs mme mlle fr')
/** Not the end of a sentence before a figure. */
const BEFORE_FIGURES = words(
  'jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun no nos vol vols p pp fig figs art arts sec ch c ca approx para paras eq ed est b d fl r',
)
/** Not the end of a sentence before anything that cannot start one. */
const OTHER = words('e.g i.e cf vs v al viz esp incl dept univ assn bros inc ltd co corp jr sr ave blvd rd mt ft etc a.m p.m a.d b.c ph.d')
/** Words that start a sentence far more often than they go on after an abbreviation. */
const STARTERS = words(
  'the a an in on at it he she they we i you this that these those but and so yet if when while after before since for as with his her their its our my there here then what who why how no not by from to many most some all both each one two however meanwhile instead',
)

/** Made when it is needed: asking an index needs none. */
let segmenter: Intl.Segmenter | undefined

/**
 * The sentences of a text, in order, without the white space between them. An empty line or a line that was not wrapped ends one;
 * the false breaks of Unicode's rules at abbreviations, initials and dates ("Nov. 26", "Nicholas E. Golovin", "(c. 1455)") are mended.
 */
export function sentencesOf(text: string, from = 0, to = text.length): Span[] {
  const spans: Span[] = []
  for (const line of logicalLines(text, from, to)) {
    // A copy of the same length in which wrapped lines are joined, since the segmenter ends a sentence at every line end.
    const copy = text.slice(line.start, line.end).replace(/[\r\n\u2028\u2029\u0085]/g, ' ')
    let open: Span | null = null
    for (const segment of segments(copy)) {
      const part = trimmed(text, line.start + segment.start, line.start + segment.end)
      if (!part) continue
      if (open && goesOn(text.slice(Math.max(open.start, open.end - NEAR), open.end), text.slice(part.start, part.start + NEAR))) open.end = part.end
      else {
        open = part
        spans.push(open)
      }
    }
  }
  return spans
}

/** Characters on either side of a break that tell whether it is one. */
const NEAR = 200
/** Characters that the segmenter is given at once: its time grows with the square of a line's length. */
const PIECE = 4000

/** The segments of one line, found piece by piece; the last segment of a piece may go on in the next one, which begins with it. */
function segments(line: string): Span[] {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'sentence' })
  const found: Span[] = []
  for (let from = 0; from < line.length; ) {
    const to = pieceEnd(line, from)
    const parts = Array.from(segmenter.segment(line.slice(from, to)), ({ index, segment }) => ({ start: from + index, end: from + index + segment.length }))
    if (to < line.length && parts.length > 1) parts.pop()
    found.push(...parts)
    from = parts.at(-1)?.end ?? line.length
  }
  return found
}

/** The end of the piece that begins at `from`: after white space where there is any in its second half, else anywhere but within a code point. */
function pieceEnd(line: string, from: number): number {
  const end = from + PIECE
  if (end >= line.length) return line.length
  for (let at = end; at > from + PIECE / 2; at--) if (/\s/.test(line.charAt(at - 1))) return at
  return line.charCodeAt(end - 1) >> 10 === 0x36 ? end + 1 : end
}

/** The span without white space at its ends; null when nothing else is in it. */
export function trimmed(text: string, start: number, end: number): Span | null {
  const slice = text.slice(start, end)
  const from = start + slice.length - slice.trimStart().length
  const to = start + slice.trimEnd().length
  return from < to ? { start: from, end: to } : null
}

/** Does what follows a break belong to the same sentence? */
function goesOn(before: string, after: string): boolean {
  if (/^\p{Ll}/u.test(after) || !/[\p{L}\p{N}]/u.test(after)) return true
  if (/^[([]?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]$/i.test(before)) return true
  const last = /(?:^|[\s([“"'‘—–-])((?:\p{L}+\.)*\p{L}+)\.$/u.exec(before)?.[1]
  if (last === undefined) return false
  const word = last.toLowerCase()
  if (TITLES.has(word) && (word !== 'st' || /^\p{Lu}/u.test(after))) return true
  if (BEFORE_FIGURES.has(word) && /^\d/.test(after)) return true
  const next = /^[“"'‘(]*(\p{L}+)/u.exec(after)?.[1]?.toLowerCase()
  const starts = next === undefined || STARTERS.has(next)
  if (OTHER.has(word)) return /^\d/.test(after) && !/^[ap]\.m$/.test(word)
  // "U.S. Department", "Nicholas E. Golovin"; but "the U.S. The", "vitamin C. It", "plan B."
  if (/^\p{Lu}$/u.test(last)) return !starts && /(?:^|[\s(“"])(?:\p{Lu}[\p{L}'’-]+|\p{Lu}\.)\s+\p{Lu}\.$|^\p{Lu}\.$/u.test(before)
  return /^(?:\p{Lu}\.)+\p{Lu}$/u.test(last) && !starts
}

/** Paragraphs and, within them, lines that end where their writer ended them; the lines of wrapped text are taken together. */
function logicalLines(text: string, from: number, to: number): Span[] {
  const result: Span[] = []
  for (const block of split(text, from, to, /(?:\r\n|\r(?!\n)|\n)[ \t\u00a0]*(?:(?:\r\n|\r(?!\n)|\n)[ \t\u00a0]*)+/g)) {
    const lines = split(text, block.start, block.end, /\r\n?|\n/g)
    const width = lines.reduce((widest, line) => Math.max(widest, length(line)), 0)
    let open: Span | null = null
    let previous: Span | null = null
    for (const line of lines) {
      const wrapped = previous && width >= WRAPPED && width <= 130 && wraps(text, previous, line, width)
      if (open && previous && (wrapped || breaksWithin(text, previous, line))) open.end = line.end
      else {
        open = { ...line }
        result.push(open)
      }
      previous = line
    }
  }
  return result
}

/** A shorter line was ended by its writer: a heading, an item, a verse. */
const WRAPPED = 40

/** Does a line break stand within a sentence: before a small letter, or before the index of a symbol that was lowered to a line of its own ("CO", "2")? */
function breaksWithin(text: string, line: Span, next: Span): boolean {
  if (length(line) < WRAPPED) return false
  const before = text.slice(Math.max(line.start, line.end - NEAR), line.end).trimEnd()
  const after = text.slice(next.start, next.start + NEAR).trimStart()
  if (/^\p{Ll}/u.test(after)) return /[\p{L}\p{N},–—-]$/u.test(before) && !/^\p{Ll}[.)]\s/u.test(after)
  return /(?:^|[\s(])(?:\p{Lu}\p{Ll}?){1,3}$/u.test(before) && /^[2-9](?!\d)/.test(after) && !/^\s*\d+[.)]/.test(text.slice(line.start, line.start + NEAR))
}

/** Was the line broken because the next word did not fit the width? */
function wraps(text: string, line: Span, next: Span, width: number): boolean {
  const word = /^\s*\S+/.exec(text.slice(next.start, next.end))?.[0] ?? ''
  return length(line) + 1 + word.trim().length > width - 4
}

function split(text: string, from: number, to: number, separator: RegExp): Span[] {
  const spans: Span[] = []
  let start = from
  for (const match of text.slice(from, to).matchAll(separator)) {
    spans.push({ start, end: from + match.index })
    start = from + match.index + match[0].length
  }
  spans.push({ start, end: to })
  return spans.filter((span) => span.end > span.start)
}

function length(span: Span): number {
  return span.end - span.start
}

function words(list: string): Set<string> {
  return new Set(list.split(' '))
}
