import type { Embedder } from '../index/embedders/embedder.ts'
import type { Filters } from '../index/filter.ts'
import type { GenerationReader } from '../index/reader.ts'
import { type Citation, cite, type LinkTo } from './cite.ts'
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
export async function passagesFor(record: GenerationReader, embedder: Embedder, query: string, options: PassagesOptions): Promise<Citation[]> {
  const { k, filters, linkTo, signal } = options
  const generation = record.forQuestion()
  const text = query.trim()
  const within = { filters }
  const question = await correctSpelling(readQuestion(text), generation)
  const lexical = await generation.matching(question.terms, within)
  const vector = await embedder.embedQuestion(text, signal)
  const { candidates } = await retrieve(generation, question, lexical, vector, within)
  await generation.bring(candidates.map(({ passage }) => passage))
  const quotes = candidates.map(({ passage, score }) => ({ ...spanOf(generation, passage), score }))
  const fresh = new Set((await withoutCopies(generation, candidates, k, () => true)).map(({ passage }) => placeOf(generation, passage)))
  return cite(generation, quotes, linkTo)
    .filter(({ source, start }) => fresh.has(`${source.id} ${start}`))
    .slice(0, k)
}

/** Sources that are read at a time. */
const PAGE = 50

/** Every passage, whole and cited, in the order of the sources and their texts; none of them was searched for, so that their score is 0. */
export async function* allPassages(generation: GenerationReader, linkTo: LinkTo): AsyncGenerator<Citation> {
  for (let from = 0; from < generation.counts.sources; from += PAGE) {
    const page = generation.forQuestion()
    for (const source of await page.list(from, PAGE))
      for (const passage of await page.passagesOf(source)) yield* cite(page, [{ ...spanOf(page, passage), score: 0 }], linkTo)
  }
}

/** Where a passage begins, in one word. */
function placeOf(generation: GenerationReader, passage: number): string {
  return `${generation.source(generation.sourceOf(passage)).id} ${generation.passage(passage).start}`
}

function spanOf(generation: GenerationReader, passage: number) {
  const { start, end } = generation.passage(passage)
  return { passage, start, end, alsoIn: [] }
}
