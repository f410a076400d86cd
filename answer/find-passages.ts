import type { Embedder } from '../index/embedders/embedder.ts'
import type { Generation } from '../index/generation.ts'
import type { StoredSource } from '../index/stored-sources.ts'
import type { Span } from '../index/types.ts'
import { type Citation, type LinkTo, rounded, standing } from './cite.ts'
import { type Filters, passagesThatPass } from './filter.ts'
import { withoutCopies } from './places.ts'
import { readQuestion } from './question.ts'
import { retrieve } from './retrieve.ts'
import { correctSpelling } from './spelling.ts'

export interface FoundPassage extends Span, Pick<Citation, 'source' | 'statements' | 'page' | 'line' | 'time' | 'link'> {
  text: string
  /** 1 for what comes first by both searches; it tells nothing of whether the passage answers. */
  score: number
}

export interface FindOptions {
  filters?: Filters | undefined
  /** Passages, at most. */
  limit: number
  linkTo: LinkTo
  signal?: AbortSignal | undefined
}

/** The passages nearest to some words, best first, without copies of one another; whether they answer anything is not decided. */
export async function findPassages(
  generation: Generation,
  embedder: Embedder,
  words: string,
  { filters, limit, linkTo, signal }: FindOptions,
): Promise<FoundPassage[]> {
  const question = correctSpelling(readQuestion(words.trim()), generation.lexical)
  const passing = passagesThatPass(generation, filters)
  const lexical = generation.lexical.find(question.terms, passing?.accepts)
  const vector = await embedder.embedQuestion(words.trim(), signal)
  const { candidates } = retrieve(generation, question, lexical, vector, passing?.accepts, passing?.among)
  return withoutCopies(generation, candidates, limit, () => true)
    .slice(0, limit)
    .map(({ passage, score }) => {
      const number = generation.sourceOf(passage)
      const text = generation.text(number)
      const { start, end } = generation.passage(passage)
      const stored = generation.sources[number] as StoredSource
      return { text: text.slice(start, end), start, end, ...standing(stored, text, { start, end }, linkTo), score: rounded(score) }
    })
}
