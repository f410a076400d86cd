import type { GenerationReader } from '../index/reader.ts'
import { overlaps } from '../index/spans.ts'
import type { StoredSource } from '../index/stored-sources.ts'
import type { Moment, Source, Span, Statement } from '../index/types.ts'
import { areBySame } from './places.ts'
import type { Quote } from './quotes.ts'
import { folded } from './same-statement.ts'

/** A span of a source, by its id. */
export interface Place extends Span {
  source: string
}

/** Words of a source, `start` and `end` in its text. */
export interface Citation extends Span {
  /** The text between its offsets, byte for byte. */
  quote: string
  /** What it stands in. */
  passage: Span & { text: string }
  source: Source
  /** What somebody is said to have said in the quote, in the order of the text. */
  statements: Statement[]
  /** Where else the same words stand. */
  alsoIn: Place[]
  /** From 1; null in what has no pages. */
  page: number | null
  /** From 1. */
  line: number
  /** Seconds from the beginning of a recording; null in what is none. */
  time: number | null
  /** Where the source can be read at these words. */
  link: string
  /** What it was ranked by: comparable within one answer only. */
  score: number
}

/** What of a quote is cited. */
export type Citable = Omit<Quote, 'features'>

/** The address of the source view at the words of a span, below the server's own address. */
export type LinkTo = (source: string, span: Span) => string

/**
 * Cites quotes: each with its words as they stand in the stored text, its other places named in `alsoIn`. Of the same words in quotes of several
 * searches the first is the citation.
 */
export function cite(generation: GenerationReader, quotes: Citable[], linkTo: LinkTo): Citation[] {
  const citations: Citation[] = []
  /** Those of the same words. */
  const byWords = new Map<string, Citation[]>()
  for (const quote of quotes) {
    const citation = citationOf(generation, quote, linkTo)
    const words = folded(citation.quote)
    const alike = byWords.get(words) ?? []
    const same = alike.find(({ statements }) => areBySame(statements, citation.statements))
    if (same) same.alsoIn.push(...[placeOf(citation), ...citation.alsoIn].filter((place) => !stands(same, place)))
    else {
      citations.push(citation)
      byWords.set(words, [...alike, citation])
    }
  }
  return citations
}

function citationOf(generation: GenerationReader, { passage, start, end, score, alsoIn }: Citable, linkTo: LinkTo): Citation {
  const number = generation.sourceOf(passage)
  const stored = generation.source(number)
  const text = generation.text(number)
  const around = generation.passage(passage)
  return {
    quote: text.slice(start, end),
    start,
    end,
    passage: { text: text.slice(around.start, around.end), start: around.start, end: around.end },
    ...standing(stored, text, { start, end }, linkTo),
    alsoIn: alsoIn.map((place) => ({
      source: generation.source(generation.sourceOf(place.passage)).id,
      start: place.start,
      end: place.end,
    })),
    score: rounded(score),
  }
}

/** A source with its text and all its statements, by its number. */
export function sourceWithText(generation: GenerationReader, number: number): Source & { text: string; statements: Statement[] } {
  const stored = generation.source(number)
  return { ...publicSource(stored), text: generation.text(number), statements: stored.statements }
}

/** What is known of a span, beside its words: whose it is and where it stands. */
export function standing(
  stored: StoredSource,
  text: string,
  { start, end }: Span,
  linkTo: LinkTo,
): Pick<Citation, 'source' | 'statements' | 'page' | 'line' | 'time' | 'link'> {
  return {
    source: publicSource(stored),
    statements: stored.statements.filter((s) => overlaps(s, { start, end })),
    page: stored.pages ? pageAt(stored.pages, start) : null,
    line: lineAt(text, start),
    time: stored.moments ? timeAt(stored.moments, start) : null,
    link: linkTo(stored.id, { start, end }),
  }
}

/** A score as it is told. */
function rounded(score: number): number {
  return Math.round(score * 1e4) / 1e4
}

/** A source without what only the index needs to know of it. */
export function publicSource({ id, path, title, outlet, author, published, publishedFrom, url, mediaType, sha256 }: Source): Source {
  return { id, path, title, outlet, author, published, publishedFrom, url, mediaType, sha256 }
}

/** The line of an offset, from 1. */
export function lineAt(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++
  return line
}

/** The page, from 1, on which an offset lies. */
function pageAt(pages: number[], offset: number): number {
  return Math.max(1, pages.findLastIndex((at) => at <= offset) + 1)
}

/** Seconds into a recording at which an offset is said. */
function timeAt(moments: Moment[], offset: number): number | null {
  return (moments.findLast(({ at }) => at <= offset) ?? moments[0])?.time ?? null
}

function stands(citation: Citation, place: Place): boolean {
  return [placeOf(citation), ...citation.alsoIn].some((at) => at.source === place.source && at.start === place.start && at.end === place.end)
}

function placeOf({ source, start, end }: Citation): Place {
  return { source: source.id, start, end }
}
