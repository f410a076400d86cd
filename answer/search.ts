import { setImmediate } from 'node:timers/promises'
import { areSet, type Filters, passes } from '../index/filter.ts'
import type { Fetched, GenerationReader, PassageSet } from '../index/reader.ts'
import type { StoredSource } from '../index/stored-sources.ts'
import type { Span } from '../index/types.ts'
import type { Calibrated } from './calibration.ts'
import { type Citation, cite, type LinkTo } from './cite.ts'
import { asPassage, type Decision, decide } from './decide.ts'
import type { Asked } from './late-interaction.ts'
import type { MayBe } from './places.ts'
import { type Question, readQuestion } from './question.ts'
import { type Quote, quotesOf } from './quotes.ts'
import type { Rerank } from './rerank.ts'
import { type Retrieved, retrieve } from './retrieve.ts'
import { type Choice, select } from './select.ts'
import { correctSpelling } from './spelling.ts'

/** What a search found and what was made of it. */
export interface Trace {
  question: Question
  retrieved: Retrieved
  /** The sentences of the best passages, best first. */
  choices: Choice[]
  decision: Decision
}

/** One search of the record. */
export interface Wish {
  words: string
  /** The words as the model reads them; what needs no model is done in the meantime. */
  embedded: Promise<Asked>
  /** Only these passages are looked at. */
  passages?: PassageSet | null
  /** Only these sentences are quoted. */
  only?: (span: Span, source: StoredSource, text: string) => boolean
  /** What a sentence gains beside what it scores. */
  gain?: (choice: Choice, source: StoredSource, text: string) => number
  /** Quotes that are cited although others are much better. */
  keeps?: ((quote: Quote, retrieved: Retrieved) => boolean) | undefined
  /** Puts the quotes in another order than the best first. */
  inOrder?: ((found: Ranked) => Quote[]) | undefined
}

export type Ranked = Pick<Found, 'retrieved' | 'choices' | 'quotes'>

export interface Found extends Trace {
  /** The quotes in the order that was wished for. */
  ranked: Quote[]
  /** At most twice as many as are asked for, those that score about as well as the best. */
  quotes: Quote[]
  citations: Citation[]
  /** How far the log odds that the record answers lie above those below which it does not; minus infinity when nothing was found. */
  over: number
}

export type Search = (wish: Wish) => Promise<Found>

/** Quotes of a question that is not on record: what comes nearest. */
export const NEAREST = 3
/** Quotes whose score is further than this below the best one's are not cited. */
const MARGIN = 0.12
/** The same for those that are to be kept. */
const KEPT_MARGIN = 0.3

export interface SearchOptions {
  filters?: Filters | undefined
  limit: number
  linkTo: LinkTo
  rerank?: Rerank | undefined
  calibration: Calibrated
  signal?: AbortSignal | undefined
  /** Called after each stage. */
  lap: (stage: string) => void
  trace?: ((trace: Trace) => void) | undefined
}

/** Searches of one question: each retrieves, selects and decides, within the same filters. */
export function searchIn(generation: GenerationReader, { filters, limit, linkTo, rerank, calibration, signal, lap, trace }: SearchOptions): Search {
  const passing = areSet(filters) ? filters : undefined
  return async ({ words, embedded, passages, only, gain, inOrder, keeps }) => {
    const within = { filters: passing, passages }
    const question = await correctSpelling(readQuestion(words), generation)
    const matches = heldBack(generation.matching(question.terms, within))
    const asked = await embedded
    const retrieved = await retrieve(generation, question, matches, asked.vector, within)
    lap('retrieve')
    // Other requests have their turn between two stages.
    await setImmediate()
    const names: MayBe | undefined = passing && ((span, source) => passes(source, span, passing))
    const allows: MayBe | undefined = only ? (span, source, text) => (!passing || passes(source, span, passing)) && only(span, source, text) : names
    const selected = await select(generation, question, asked, retrieved, { allows, names, gain })
    const choices = rerank ? await rerank(generation, words, selected, signal) : selected
    const quotes = quotesOf(choices, limit * 2).filter((quote, _, [best]) => {
      const below = (best as Quote).score - quote.score
      return below <= MARGIN || (below <= KEPT_MARGIN && keeps?.(quote, retrieved))
    })
    lap('select')
    await setImmediate()
    const ranked = inOrder ? inOrder({ retrieved, choices, quotes }) : quotes
    const citations = cite(generation, ranked, linkTo)
    // The decision is fitted to what comes first without a reranker.
    const judged = rerank ? quotesOf(selected, 1) : quotes
    const [first] = rerank ? cite(generation, judged, linkTo) : citations
    const cited = citations.slice(0, limit).map(asPassage)
    const decision = decide(question, retrieved, judged, cited, { passage: first && asPassage(first), calibration })
    lap('decide')
    const found = { question, retrieved, choices, decision }
    trace?.(found)
    return { ...found, quotes, ranked, citations, over: (decision.odds ?? Number.NEGATIVE_INFINITY) - calibration.threshold }
  }
}

/** What is awaited later: should it have failed by then, it is told there. */
function heldBack<T>(fetched: Fetched<T>): Fetched<T> {
  if (fetched instanceof Promise) fetched.catch(() => {})
  return fetched
}
