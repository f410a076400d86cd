import type { Fetched, GenerationReader, Matches, Within } from '../index/reader.ts'
import type { Question } from './question.ts'

/** Passages taken from each of the two searches. */
const DEPTH = 50
/** The share of the dense score when both are joined: the best on XQuAD of those tried (docs/retrieval.md). */
const DENSE = 0.7

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
 * `matches` is what BM25+ finds of the question's terms, within the same. Where the copies of one story crowd the others out, more of the others
 * are taken.
 */
export async function retrieve(
  generation: GenerationReader,
  question: Question,
  matches: Fetched<Matches>,
  vector: Float32Array,
  within: Within = {},
): Promise<Retrieved> {
  const [nearest, lexical] = await Promise.all([generation.nearest(vector, DEPTH, within), matches])
  const crowd = mostOf(await generation.groupsOf(nearest.map(({ passage }) => passage)))
  const further = crowd === null ? [] : await generation.nearest(vector, CROWD, { ...within, notOf: crowd })
  const others = crowd === null ? [] : lexical.best(CROWD, crowd)
  const dense = new Map([...nearest, ...further].map(({ passage, similarity }) => [passage, similarity]))
  const matching = [...new Set([...lexical.best(DEPTH), ...others].map(({ passage }) => passage))].filter((passage) => !dense.has(passage))
  const passages = [...dense.keys(), ...matching]
  const [cosinesOfMatching, bm25] = await Promise.all([generation.cosines(vector, matching), lexical.scoresOf(passages)])
  const cosines = [...dense.values(), ...cosinesOfMatching]
  const [c, b] = [scaled(cosines), scaled(bm25)]
  const candidates = passages.map((passage, i) => ({
    passage,
    cosine: cosines[i] as number,
    bm25: bm25[i] as number,
    score: DENSE * (c[i] as number) + (1 - DENSE) * (b[i] as number),
  }))
  candidates.sort((x, y) => y.score - x.score || x.passage - y.passage)
  const total = generation.counts.passages
  const idf = new Map(question.terms.map((term) => [term, Math.log(1 + (total + 0.5) / ((lexical.frequency.get(term) ?? 0) + 0.5))]))
  return { candidates, idf, unknown: question.terms.filter((term) => !lexical.frequency.has(term)) }
}

/** The group of near-copies that most of these are; null where there is none. */
function mostOf(groups: (number | null)[]): number | null {
  const sizes = new Map<number, number>()
  for (const group of groups) if (group !== null) sizes.set(group, (sizes.get(group) ?? 0) + 1)
  return [...sizes].find(([, size]) => size > CROWD)?.[0] ?? null
}

/** Values as shares of the way from the lowest to the highest. */
export function scaled(values: number[]): number[] {
  const low = Math.min(...values)
  const high = Math.max(...values)
  return values.map((v) => (high > low ? (v - low) / (high - low) : high > 0 ? 1 : 0))
}
