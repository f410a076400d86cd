import type { Embedder } from '../index/embedders/embedder.ts'
import type { Generation } from '../index/generation.ts'
import { type Citation, cite, type LinkTo } from './cite.ts'
import { decide, type Status } from './decide.ts'
import { type Filters, sourcesThatPass } from './filter.ts'
import { readQuestion } from './question.ts'
import { retrieve } from './retrieve.ts'
import { type Quote, quotesOf, select } from './select.ts'
import { correctSpelling } from './spelling.ts'
import { verify } from './verify.ts'

export interface AskOptions {
  filters?: Filters | undefined
  /** Citations, at most. */
  limit?: number
  linkTo?: LinkTo
  signal?: AbortSignal
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
/** Quotes of a question that is not on record: what comes nearest. */
const NEAREST = 3

/** Answers a question in the documents' own words. Throws EMBEDDER_FAILED, or the reason of an aborted signal. */
export async function ask(generation: Generation, embedder: Embedder, text: string, options: AskOptions = {}): Promise<Answer> {
  const { filters, limit = 5, linkTo = (source, { start, end }) => `/source/${source}?start=${start}&end=${end}`, signal } = options
  const clock = stopwatch()
  const question = correctSpelling(readQuestion(text.trim()), generation.lexical)
  const vector = await embedder.embedQuestion(question.text, signal)
  clock.lap('embed')
  const retrieved = retrieve(generation, question, vector, sourcesThatPass(generation, filters))
  clock.lap('retrieve')
  const choices = await select(generation, question, vector, retrieved)
  const quotes = quotesOf(choices, limit * 2).filter((quote, _, [best]) => quote.score >= (best as Quote).score - MARGIN)
  clock.lap('select')
  const citations = cite(generation, quotes, linkTo).slice(0, limit)
  const passages = citations.map(({ quote, passage, source }) => ({ quote, text: passage.text, source }))
  const { status, missing } = decide(question, retrieved, quotes, passages)
  clock.lap('decide')
  const cited = status === 'not-on-record' ? citations.slice(0, NEAREST) : citations
  prove(generation, cited)
  clock.lap('cite')
  return { question: question.text, status, citations: cited, missing, disagreements: [], generation: generation.id, degraded: false, timings: clock.laps }
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
      laps[stage] = Math.round((now - last) * 100) / 100
      last = now
    },
  }
}
