import { setImmediate } from 'node:timers/promises'
import type { Embedder } from '../index/embedders/embedder.ts'
import type { Generation, StoredSource } from '../index/generation.ts'
import { overlaps } from '../index/spans.ts'
import type { Span } from '../index/types.ts'
import type { Calibrated } from './calibration.ts'
import { type Citation, cite, type LinkTo } from './cite.ts'
import { type Constraints, constraintsOf, isAskedFor, passagesAskedFor } from './constraints.ts'
import { dayOf } from './days.ts'
import { type CitedPassage, type Decision, decide, type Status } from './decide.ts'
import { type Filters, passagesThatPass, saidInFilters } from './filter.ts'
import { completed, type Turn } from './followup.ts'
import { askedOf } from './late-interaction.ts'
import { type Question, readQuestion } from './question.ts'
import type { Rerank } from './rerank.ts'
import { type Retrieved, retrieve } from './retrieve.ts'
import { type Choice, type Quote, quotesOf, select } from './select.ts'
import { correctSpelling } from './spelling.ts'
import { verify } from './verify.ts'

export interface AskOptions {
  filters?: Filters | undefined
  /** The turns before, oldest first: a question that leans on them is completed. */
  history?: Turn[] | undefined
  /** Citations, at most. */
  limit?: number
  linkTo?: LinkTo
  /** Puts the sentences that are chosen in another order. */
  rerank?: Rerank | undefined
  signal?: AbortSignal
  /** What decides whether the record answers. Default: the shipped one. */
  calibration?: Calibrated | undefined
  /** Is told what each search was decided on, for measuring; the last one is the answer's. */
  trace?: (trace: Trace) => void
}

/** What a search found and what was made of it. */
export interface Trace {
  question: Question
  retrieved: Retrieved
  /** The sentences of the best passages, best first. */
  choices: Choice[]
  decision: Decision
}

export interface Answer {
  question: string
  status: Status
  citations: Citation[]
  missing: string[]
  disagreements: { about: string; sides: { label: string; value: string | null; citations: number[] }[] }[]
  generation: string
  degraded: boolean
  timings: Record<string, number>
}

/** Quotes whose score is further than this below the best one's are not cited. */
const MARGIN = 0.12
/** Quotes whose score is at most this below the best one's answer about as well: their days decide when days are asked for. */
const ABOUT_AS_WELL = 0.06
/** Quotes of a question that is not on record: what comes nearest. */
const NEAREST = 3

/** Answers a question in the documents' own words. Throws EMBEDDER_FAILED, or the reason of an aborted signal. */
export async function ask(generation: Generation, embedder: Embedder, text: string, options: AskOptions = {}): Promise<Answer> {
  const {
    filters,
    history = [],
    limit = 5,
    linkTo = (source, { start, end }) => `/source/${source}?start=${start}&end=${end}`,
    rerank,
    signal,
    calibration,
    trace,
  } = options
  const clock = stopwatch()
  const asked = completed(text.trim(), history, generation)
  const constraints = constraintsOf(asked, generation)
  const embedded = askedOf(constraints.search, await embedder.embedWords(constraints.search, signal))
  clock.lap('embed')
  const passing = passagesThatPass(generation, filters)
  const wanted = passagesAskedFor(generation, constraints)
  const search = async (words: string, accept?: (passage: number) => boolean, preferred?: Constraints): Promise<Found> => {
    const question = correctSpelling(readQuestion(words), generation.lexical)
    const retrieved = retrieve(generation, question, embedded.vector, accept)
    clock.lap('retrieve')
    // Other requests have their turn between two stages.
    await setImmediate()
    const selected = await select(generation, question, embedded, retrieved, {
      allows: filters && ((span, source) => saidInFilters(source, span, filters)),
      prefers: preferred && ((span, source) => saidByWhom(span, source, preferred)),
    })
    const choices = rerank ? await rerank(generation, words, selected, signal) : selected
    const quotes = quotesOf(choices, limit * 2).filter((quote, _, [best]) => quote.score >= (best as Quote).score - MARGIN)
    clock.lap('select')
    await setImmediate()
    const citations = cite(generation, inOrder(quotes, constraints.order, generation), linkTo).slice(0, limit)
    // The decision is fitted to what comes first without a reranker.
    const judged = rerank ? quotesOf(selected, 1) : quotes
    const [first] = rerank ? cite(generation, judged, linkTo) : citations
    const decision = decide(question, retrieved, judged, citations.map(asPassage), { passage: first && asPassage(first), calibration })
    clock.lap('decide')
    trace?.({ question, retrieved, choices, decision })
    return { citations, status: decision.status, missing: decision.missing }
  }
  // Those who are asked for, at the time asked for, go first; when they do not answer, the whole record is asked.
  const first =
    wanted && wanted.size > 0 ? await search(constraints.search, (passage) => wanted.has(passage) && (!passing || passing(passage)), constraints) : null
  const found = first && first.status !== 'not-on-record' ? first : await search(asked, passing)
  const cited = found.status === 'not-on-record' ? found.citations.slice(0, NEAREST) : found.citations
  prove(generation, cited)
  clock.lap('cite')
  return {
    question: asked,
    status: found.status,
    citations: cited,
    missing: found.missing,
    disagreements: [],
    generation: generation.id,
    degraded: false,
    timings: clock.laps,
  }
}

function asPassage({ quote, passage, source }: Citation): CitedPassage {
  return { quote, text: passage.text, source }
}

interface Found {
  citations: Citation[]
  status: Status
  missing: string[]
}

/** Does a span hold a statement of those who are asked for? */
function saidByWhom(span: Span, source: StoredSource, constraints: Constraints): boolean {
  return source.statements.some((s) => overlaps(s, span) && isAskedFor(s, source, constraints))
}

/** The quotes that answer about as well, by the day they were said when the question asks for the first or the latest. */
function inOrder(quotes: Quote[], order: Constraints['order'], generation: Generation): Quote[] {
  const best = quotes[0]
  if (order === null || !best) return quotes
  const close = quotes.filter((quote) => quote.score >= best.score - ABOUT_AS_WELL)
  const day = (quote: Quote) => {
    const source = generation.sources[generation.sourceOf(quote.passage)] as StoredSource
    return (
      dayOf(
        source.statements.find((s) => overlaps(s, quote)),
        source,
      ) ?? ''
    )
  }
  close.sort((a, b) => (order === 'first' ? (day(a) < day(b) ? -1 : 1) : day(a) > day(b) ? -1 : 1))
  return [...close, ...quotes.filter((quote) => !close.includes(quote))]
}

/** A citation leaves only when its quote is what stands in the stored text; anything else is a fault of ours. */
function prove(generation: Generation, citations: Citation[]): void {
  for (const { source, start, end, quote } of citations) {
    const { verified, reason } = verify(generation, { source: source.id, start, end, quote, sha256: source.sha256 })
    if (!verified) throw new Error(`a citation of ${source.path} [${start}, ${end}) does not hold: ${reason}`)
  }
}

function stopwatch() {
  const laps: Record<string, number> = {}
  let last = performance.now()
  return {
    laps,
    lap(stage: string) {
      const now = performance.now()
      laps[stage] = Math.round(((laps[stage] ?? 0) + now - last) * 100) / 100
      last = now
    },
  }
}
