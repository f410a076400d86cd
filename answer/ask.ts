import type { Embedder } from '../index/embedders/embedder.ts'
import type { Generation, StoredSource } from '../index/generation.ts'
import { overlaps } from '../index/spans.ts'
import { termsOf } from '../index/terms.ts'
import { answerOfSides, withFiguresThatDiffer } from './answer-sides.ts'
import { type Calibrated, SHIPPED } from './calibration.ts'
import type { Citation, LinkTo } from './cite.ts'
import { SPEAKS } from './compare.ts'
import { constraintsOf, passagesAskedFor, statementsAskedFor } from './constraints.ts'
import type { Status } from './decide.ts'
import type { Disagreement } from './disagree.ts'
import type { Filters } from './filter.ts'
import { completed, type Turn } from './followup.ts'
import { gainOf, type Sought } from './gain.ts'
import { type Asked, askedOf } from './late-interaction.ts'
import { byDay } from './order.ts'
import { quantityOf } from './quantity.ts'
import { readQuestion } from './question.ts'
import type { Rerank } from './rerank.ts'
import { givesAbout, measuredIn, SAME_THING } from './same-thing.ts'
import { type Found, type Ranked, type Search, searchIn, type Trace, WIDE_MARGIN } from './search.ts'
import { sidesOf } from './sides.ts'
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

export interface Answer {
  question: string
  status: Status
  citations: Citation[]
  missing: string[]
  disagreements: Disagreement[]
  generation: string
  degraded: boolean
  timings: Record<string, number>
}

/** Quotes of a question that is not on record: what comes nearest. */
export const NEAREST = 3

/** Answers a question in the documents' own words. Throws EMBEDDER_FAILED, or the reason of an aborted signal. */
export async function ask(generation: Generation, embedder: Embedder, text: string, options: AskOptions = {}): Promise<Answer> {
  const {
    filters,
    history = [],
    limit = 5,
    linkTo = (source, { start, end }) => `/source/${source}?start=${start}&end=${end}`,
    rerank,
    signal,
    calibration = SHIPPED,
    trace,
  } = options
  const clock = stopwatch()
  const asked = completed(text.trim(), history, generation)
  const search = searchIn(generation, { filters, limit, linkTo, rerank, calibration, signal, lap: clock.lap, trace })
  const embed = async (words: string) => {
    const embedded = askedOf(words, await embedder.embedWords(words, signal))
    clock.lap('embed')
    return embedded
  }
  const sides = limit > 1 ? sidesOf(asked, generation) : null
  const compared = sides && (await answerOfSides(generation, sides, asked, embed, search, { limit, linkTo }))
  const answer = compared ?? (await answerOf(generation, asked, embed, search, limit))
  prove(generation, answer.citations)
  clock.lap('cite')
  return { question: asked, ...answer, generation: generation.id, degraded: false, timings: clock.laps }
}

/** The answer to a question with one side. */
async function answerOf(generation: Generation, asked: string, embed: (words: string) => Promise<Asked>, search: Search, limit: number): Promise<Part> {
  const constraints = constraintsOf(asked, generation)
  const quantity = quantityOf(constraints.search)
  const embedded = await embed(constraints.search)
  const wanted = passagesAskedFor(generation, constraints)
  const { speaker, order } = constraints
  const margin = speaker !== null && (constraints.after !== null || constraints.before !== null) ? WIDE_MARGIN : undefined
  const names = new Set(termsOf(speaker ?? ''))
  const terms = readQuestion(constraints.search).terms.filter((term) => !names.has(term))
  const about = { speaker, said: statementsAskedFor(generation, constraints), terms, quantity }
  const inOrder = (of: Sought | null) => (order === null ? undefined : (ranked: Ranked) => byDay(ranked, order, generation, of))
  // Those who are asked for, at the time asked for, go first; when they do not answer, the whole record is asked.
  const first =
    wanted && wanted.size > 0
      ? await search({ words: constraints.search, embedded, passages: wanted, gain: gainOf(about), inOrder: inOrder(about), ...(margin && { margin }) })
      : null
  const figure = first !== null && givesWhatIsAsked(generation, first, about)
  const found = first && (figure || first.decision.status !== 'not-on-record') ? first : await search({ words: asked, embedded, inOrder: inOrder(null) })
  const { status, missing } = figure && found.decision.status === 'not-on-record' ? { status: 'answered' as const, missing: [] } : found.decision
  if (status === 'not-on-record') return { status, missing, citations: found.citations.slice(0, NEAREST), disagreements: [] }
  return { status, missing, ...withFiguresThatDiffer(found, quantity, asked, limit) }
}

/** Is the best quote a figure that those who are asked give of what they are asked about? Few words say so then. */
function givesWhatIsAsked(generation: Generation, { quotes: [best], retrieved, over }: Found, { speaker, quantity, said }: Sought): boolean {
  if (!best || quantity === null || speaker === null || over < SPEAKS) return false
  const source = generation.sources[generation.sourceOf(best.passage)] as StoredSource
  const about = givesAbout(generation, best, measuredIn(retrieved.idf, quantity, speaker))
  return about !== null && about >= SAME_THING && source.statements.some((s) => overlaps(s, best) && said(s, source))
}

/** What makes an answer, beside what is known of the question and the index. */
export type Part = Pick<Answer, 'status' | 'missing' | 'citations' | 'disagreements'>

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
