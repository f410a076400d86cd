import type { Generation } from '../index/generation.ts'
import type { LexicalHits } from '../index/lexical.ts'
import type { Neighbour } from '../index/stores/store.ts'
import type { Question } from './question.ts'

/** Passages taken from each of the two searches. */
const DEPTH = 50
/** The share of the dense score when both are joined: the best on XQuAD of those tried (docs/retrieval.md). */
const DENSE = 0.7

/**
 * Passages of which all are compared when nothing else is searched. The graph of the vector index is walked until it has come by enough that are
 * accepted: among 40,000, where few are, that took 130 ms, and one vector takes 0.05 ms.
 */
export const FEW = 1000

/** Passages that are taken beside these when more than so many are of one group of near-copies. */
const CROWD = 25

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
 * `lexical` is what BM25+ finds of the question's terms; `accept` leaves passages out before they are ranked, and no passage beside those of
 * `among` is accepted. Where the copies of one story crowd the others out, more of the others are taken.
 */
export function retrieve(
  generation: Generation,
  question: Question,
  lexical: LexicalHits,
  vector: Float32Array,
  accept?: (passage: number) => boolean,
  among?: (Iterable<number> & { size: number }) | null,
): Retrieved {
  const nearest = among && among.size <= FEW ? nearestAmong(generation, among, vector, accept) : generation.store.nearest(vector, DEPTH, accept)
  const isCopy = crowdIn(
    generation,
    nearest.map((n) => n.passage),
  )
  if (isCopy) nearest.push(...generation.store.nearest(vector, CROWD, (passage) => !isCopy(passage) && (!accept || accept(passage))))
  const dense = new Map(nearest.map((n) => [n.passage, n.similarity]))
  const others = isCopy ? lexical.best(CROWD, (passage) => !isCopy(passage)) : []
  const passages = [...new Set([...dense.keys(), ...[...lexical.best(DEPTH), ...others].map((hit) => hit.passage)])]
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

function nearestAmong({ store }: Generation, among: Iterable<number>, vector: Float32Array, accept: (passage: number) => boolean = () => true): Neighbour[] {
  return [...among]
    .filter(accept)
    .map((passage) => ({ passage, similarity: dot(store.vectorOf(passage), vector) }))
    .sort((a, b) => b.similarity - a.similarity || a.passage - b.passage)
    .slice(0, DEPTH)
}

/** Tells the passages of the group of near-copies that most of these are of; null where there is none. */
function crowdIn(generation: Generation, passages: number[]): ((passage: number) => boolean) | null {
  const groupOf = (passage: number) => generation.sources[generation.sourceOf(passage)]?.group ?? null
  const sizes = new Map<number, number>()
  for (const group of passages.map(groupOf)) if (group !== null) sizes.set(group, (sizes.get(group) ?? 0) + 1)
  const [crowd] = [...sizes].find(([, size]) => size > CROWD) ?? [null]
  return crowd === null ? null : (passage) => groupOf(passage) === crowd
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
