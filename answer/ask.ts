import type { Embedder } from '../index/embedders/embedder.ts'
import type { Filters } from '../index/filter.ts'
import type { GenerationReader } from '../index/reader.ts'
import type { Answer } from './answer.ts'
import { type Calibrated, SHIPPED } from './calibration.ts'
import type { Citation, LinkTo } from './cite.ts'
import { completed, type Turn } from './followup.ts'
import { askedOf } from './late-interaction.ts'
import { answerOfOne } from './one-side.ts'
import type { Rerank } from './rerank.ts'
import { searchIn, type Trace } from './search.ts'
import { answerOfSides } from './several-sides.ts'
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

/** Answers a question in the documents' own words. Throws EMBEDDER_FAILED, or the reason of an aborted signal. */
export async function ask(record: GenerationReader, embedder: Embedder, text: string, options: AskOptions = {}): Promise<Answer> {
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
  const generation = record.forQuestion()
  const clock = stopwatch()
  const asked = await completed(text.trim(), history, generation)
  const search = searchIn(generation, { filters, limit, linkTo, rerank, calibration, signal, lap: clock.lap, trace })
  const embed = (words: string) => {
    const embedded = embedder.embedWords(words, signal).then((vectors) => {
      clock.lap('embed')
      return askedOf(words, vectors)
    })
    // Whoever awaits it is told that it failed; before that, it is nobody's.
    embedded.catch(() => {})
    return embedded
  }
  const sides = limit > 1 ? await sidesOf(asked, generation) : null
  const compared = sides && (await answerOfSides(generation, sides, asked, embed, search, { limit, linkTo }))
  const answer = compared ?? (await answerOfOne(generation, asked, embed, search, limit))
  await prove(generation, answer.citations)
  clock.lap('cite')
  return { question: asked, ...answer, generation: generation.id, degraded: false, timings: clock.laps }
}

/** A citation leaves only when its quote is what stands in the stored text; anything else is a fault of ours. */
async function prove(generation: GenerationReader, citations: Citation[]): Promise<void> {
  for (const { source, start, end, quote } of citations) {
    const { verified, reason } = await verify(generation, { source: source.id, start, end, quote, sha256: source.sha256 })
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
