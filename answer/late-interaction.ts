import type { QuestionVectors } from '../index/embedders/embedder.ts'
import { isStop } from '../index/stop-words.ts'
import { termOf, wordsOf } from '../index/terms.ts'

/** A question as the model reads it, its words that carry meaning ready to be compared with the tokens of sentences. */
export interface Asked {
  vector: Float32Array
  /** The vectors of its tokens, one after the other. */
  rows: Float32Array
  /** The term of the word that each token belongs to, and the share of the word that the token is. */
  tokens: { term: string; share: number }[]
}

export function askedOf(question: string, { question: vector, words: vectors }: QuestionVectors): Asked {
  const dimensions = vector.length
  const words = wordsOf(question).map(({ text }, i) => ({ text, rows: vectors[i] ?? new Float32Array() }))
  const contentful = words.filter(({ text }) => !isStop(text))
  const kept = (contentful.length > 0 ? contentful : words).filter(({ rows }) => rows.length > 0)
  const rows = new Float32Array(kept.reduce((sum, word) => sum + word.rows.length, 0))
  const tokens: Asked['tokens'] = []
  for (const word of kept) {
    rows.set(word.rows, tokens.length * dimensions)
    const count = word.rows.length / dimensions
    for (let i = 0; i < count; i++) tokens.push({ term: termOf(word.text), share: 1 / count })
  }
  return { vector, rows, tokens }
}

/**
 * What `wordMatch` is expected to be where the model gives no vectors of tokens: least squares over 434 sentences that the sample questions
 * find, by their cosine and their coverage of the question's idf (R² .73, standard error .035).
 */
export function expectedMatch(cosine: number, coverage: number): number {
  return 0.195 + 0.449 * cosine + 0.185 * coverage
}

/**
 * How well the words of a question find words in a sentence that mean the same there: the mean of the highest cosine of each, weighted by idf.
 * Words that are not among the question's terms (a slip of the pen) count nothing.
 */
export function wordMatch({ tokens }: Asked, highest: Float32Array, idf: Map<string, number>): number {
  let sum = 0
  let all = 0
  tokens.forEach(({ term, share }, i) => {
    const weight = share * (idf.get(term) ?? 0)
    sum += weight * (highest[i] as number)
    all += weight
  })
  return all > 0 ? sum / all : 0
}
