import type { Generation } from '../index/generation.ts'
import type { Question } from './question.ts'

/** Passages taken from each of the two searches. */
const DEPTH = 50
/** The share of the dense score when both are joined: the best on XQuAD of those tried (docs/retrieval.md). */
const DENSE = 0.7

export interface Candidate {
  passage: number
  /** The cosine of question and passage. */
  cosine: number
  /** BM25+, 0 when the passage holds none of the question's terms. */
  bm25: number
  /** Both joined, each scaled to 0..1 over the candidates. */
  score: number
}

export interface Retrieved {
  /** Best first. */
  candidates: Candidate[]
  /** The inverse document frequency of each of the question's terms; a term that stands in no passage has the highest. */
  idf: Map<string, number>
  /** The terms that stand in no passage at all. */
  unknown: string[]
}

/**
 * Hybrid retrieval: the nearest passages by vector (HNSW) and by BM25+, joined by a weighted sum of their min-max scaled scores.
 * `accept` leaves passages out before they are ranked.
 */
export function retrieve(generation: Generation, question: Question, vector: Float32Array, accept?: (passage: number) => boolean): Retrieved {
  const lexical = generation.lexical.find(question.terms, accept)
  const dense = new Map(generation.store.nearest(vector, DEPTH, accept).map((n) => [n.passage, n.similarity]))
  const passages = [...new Set([...dense.keys(), ...lexical.best(DEPTH).map((hit) => hit.passage)])]
  const cosines = passages.map((p) => dense.get(p) ?? dot(generation.store.vectorOf(p), vector))
  const bm25 = passages.map((p) => lexical.scoreOf(p))
  const [c, b] = [scaled(cosines), scaled(bm25)]
  const candidates = passages.map((passage, i) => ({
    passage,
    cosine: cosines[i] as number,
    bm25: bm25[i] as number,
    score: DENSE * (c[i] as number) + (1 - DENSE) * (b[i] as number),
  }))
  candidates.sort((x, y) => y.score - x.score || x.passage - y.passage)
  const total = generation.passageCount
  const idf = new Map(question.terms.map((term) => [term, Math.log(1 + (total + 0.5) / ((lexical.frequency.get(term) ?? 0) + 0.5))]))
  return { candidates, idf, unknown: question.terms.filter((term) => !lexical.frequency.has(term)) }
}

/** Values as shares of the way from the lowest to the highest. */
export function scaled(values: number[]): number[] {
  const low = Math.min(...values)
  const high = Math.max(...values)
  return values.map((v) => (high > low ? (v - low) / (high - low) : high > 0 ? 1 : 0))
}

export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number)
  return sum
}
