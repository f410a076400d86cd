import { inTime } from '../index/in-time.ts'
import type { GenerationReader } from '../index/reader.ts'
import type { Reranker } from './rerankers/reranker.ts'
import { scaled } from './retrieve.ts'
import type { Choice } from './select.ts'

/** Sentences that are read again, each with those beside it. */
const DEPTH = 20
/** What the best of them gains over the worst; not measured, for no cross-encoder comes with the package (docs/retrieval.md). */
const WEIGHT = 0.5
/** The answer goes without the reranker when it takes longer, in ms. */
const PATIENCE = 5000

/** Puts the best choices in another order; best first, as `select` gives them. */
export type Rerank = (generation: GenerationReader, question: string, choices: Choice[], signal?: AbortSignal) => Promise<Choice[]>

/**
 * Orders the best choices by their score and what a reranker says of them, scaled to 0..1. When it fails, or is not done in time,
 * they stay as they are; `tell` is told of it, once.
 */
export function reranking(reranker: Reranker, tell: (error: unknown) => void, patience = PATIENCE): Rerank {
  let told = false
  return async (generation, question, choices, signal) => {
    const best = choices.slice(0, DEPTH)
    const texts = best.map((choice) => withNeighbours(generation, choice))
    const late = AbortSignal.timeout(patience)
    try {
      // A job that runs in a thread cannot be stopped.
      const scores = Array.from(await inTime(reranker.scores(question, texts, signal ? AbortSignal.any([signal, late]) : late), late))
      if (scores.length !== best.length || !scores.every(Number.isFinite)) throw new Error('the reranker did not give one number for each text')
      return [...inOrder(best, scaled(scores)), ...choices.slice(DEPTH)]
    } catch (error) {
      if (signal?.aborted) throw error
      if (!told) tell(error)
      told = true
      return choices
    }
  }
}

/** The order alone is new: the first has the score that the first had, so that what counts as close or far stays what it was. */
function inOrder(choices: Choice[], gains: number[]): Choice[] {
  const order = choices.map((choice, i) => ({ choice, by: choice.score + WEIGHT * (gains[i] as number) })).sort((a, b) => b.by - a.by)
  return order.map(({ choice }, i) => ({ ...choice, score: (choices[i] as Choice).score }))
}

/** A sentence and those beside it in its passage, as they stand in the text. */
function withNeighbours(generation: GenerationReader, { passage, sentence }: Choice): string {
  const { sentences } = generation.passage(passage)
  const [from, to] = [sentences[Math.max(0, sentence - 1)], sentences[Math.min(sentences.length - 1, sentence + 1)]]
  return generation.text(generation.sourceOf(passage)).slice(from?.start, to?.end)
}
