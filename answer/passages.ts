import type { Embedder } from '../index/embedders/embedder.ts'
import type { Generation } from '../index/generation.ts'
import type { StoredSource } from '../index/stored-sources.ts'
import { type Citation, cite, type LinkTo } from './cite.ts'
import { type Filters, passagesThatPass } from './filter.ts'
import { withoutCopies } from './places.ts'
import { readQuestion } from './question.ts'
import { retrieve } from './retrieve.ts'
import { correctSpelling } from './spelling.ts'

export interface PassagesOptions {
  /** Passages, at most. */
  k: number
  filters?: Filters | undefined
  linkTo: LinkTo
  signal?: AbortSignal | undefined
}

/**
 * The passages that come nearest to a query, whole and cited, best first: what retrieval finds, before a sentence is chosen. Those of the same
 * words are one, which names the others, and what says nothing new beside better ones is left out. Throws EMBEDDER_FAILED, or the reason of an aborted signal.
 */
export async function passagesFor(generation: Generation, embedder: Embedder, query: string, options: PassagesOptions): Promise<Citation[]> {
  const { k, filters, linkTo, signal } = options
  const text = query.trim()
  const question = correctSpelling(readQuestion(text), generation.lexical)
  const passing = passagesThatPass(generation, filters)
  const lexical = generation.lexical.find(question.terms, passing?.accepts)
  const vector = await embedder.embedQuestion(text, signal)
  const { candidates } = retrieve(generation, question, lexical, vector, passing?.accepts, passing?.among)
  const quotes = candidates.map(({ passage, score }) => ({ ...spanOf(generation, passage), score }))
  const fresh = new Set(withoutCopies(generation, candidates, k, () => true).map(({ passage }) => placeOf(generation, passage)))
  return cite(generation, quotes, linkTo)
    .filter(({ source, start }) => fresh.has(`${source.id} ${start}`))
    .slice(0, k)
}

/** Every passage, whole and cited, in the order of the sources and their texts; none of them was searched for, so that their score is 0. */
export function* allPassages(generation: Generation, linkTo: LinkTo): Generator<Citation> {
  for (let passage = 0; passage < generation.passageCount; passage++) yield* cite(generation, [{ ...spanOf(generation, passage), score: 0 }], linkTo)
}

/** Where a passage begins, in one word. */
function placeOf(generation: Generation, passage: number): string {
  return `${(generation.sources[generation.sourceOf(passage)] as StoredSource).id} ${generation.passage(passage).start}`
}

function spanOf(generation: Generation, passage: number) {
  const { start, end } = generation.passage(passage)
  return { passage, start, end, alsoIn: [] }
}
