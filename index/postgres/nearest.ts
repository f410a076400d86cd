import type { Neighbour } from '../stores/store.ts'
import type { Database } from './connection.ts'
import { fromList, PASSAGE, Parameters } from './parameters.ts'
import { halfvecOf } from './rows.ts'
import { type Looked, lookingAt } from './within.ts'

/** Candidates kept while the graph is walked, the most there can be: among 100,000 passages recall@10 is .98 in 10 ms, with 400 it is .94 in 4 ms. */
const EF_SEARCH = 1000
/**
 * Of many passages more are taken than are wanted: one in so many, and so many at most. Where a thousand passages say almost the same, the nearest
 * ten of a million are found by chance: 1,000 candidates held .70 of them, 3,000 .93, 4,000 .96 (docs/scale.md).
 */
const CANDIDATES = { share: 1 / 250, most: 4000 }
/** Points that are come by at most until enough of them pass; then the rest is compared one by one. */
const WALKED = 20_000
/** Points are given about in order, and put in order afterwards. */
const SETTINGS = `SET LOCAL hnsw.ef_search = ${EF_SEARCH}; SET LOCAL hnsw.iterative_scan = relaxed_order; SET LOCAL hnsw.max_scan_tuples = ${WALKED}; SET LOCAL jit = off`

/** What the index over the vectors is made of: a statement finds it by the same words. */
export function indexedVector(dimensions: number, row = ''): string {
  return `(${row}embedding::halfvec(${dimensions}))`
}

/** The k nearest passages, nearest first. Of more than the graph gives all are compared. */
export async function nearest(database: Database, { number, passages }: Searched, vector: Float32Array, k: number, looked: Looked): Promise<Neighbour[]> {
  if (k <= 0 || looked.few?.length === 0) return []
  const exactly = () => search(database, number, vector, k, k, looked, 'p.embedding')
  if (looked.few || k > EF_SEARCH) return exactly()
  const candidates = Math.max(k, Math.min(CANDIDATES.most, Math.ceil(passages * CANDIDATES.share)))
  const found = await search(database, number, vector, k, candidates, looked, indexedVector(vector.length, 'p.'))
  return found.length < k && looked.conditions.length > 0 ? exactly() : found
}

/** A generation, and how many passages it has. */
interface Searched {
  number: number
  passages: number
}

async function search(
  database: Database,
  generation: number,
  vector: Float32Array,
  k: number,
  candidates: number,
  looked: Looked,
  column: string,
): Promise<Neighbour[]> {
  const parameters = new Parameters()
  const asked = parameters.of(halfvecOf(vector), `halfvec(${vector.length})`)
  const { from, where } = lookingAt(looked, generation, parameters)
  const distance = `(${column}) <#> ${asked}`
  const near = `SELECT ${PASSAGE} AS passage, -(${distance}) AS similarity FROM ${from} WHERE ${where} ORDER BY ${distance} LIMIT ${parameters.of(candidates, 'int')}`
  const sql = `SELECT passage, similarity FROM (${near}) near ORDER BY similarity DESC, passage LIMIT ${parameters.of(k, 'int')}`
  return database.reading(SETTINGS, (session) => session.rows<Neighbour>(sql, parameters.values))
}

/** The cosine of a vector and each passage. */
export async function cosines(database: Database, vector: Float32Array, passages: number[]): Promise<number[]> {
  if (passages.length === 0) return []
  const parameters = new Parameters()
  const asked = parameters.of(halfvecOf(vector), 'halfvec')
  const rows = await database.rows<{ nth: number; similarity: number }>(
    `SELECT l.nth, -(p.embedding <#> ${asked}) AS similarity FROM ${fromList(parameters.of(passages, 'bigint[]'))}`,
    parameters.values,
  )
  const found = new Array<number>(passages.length).fill(0)
  for (const { nth, similarity } of rows) found[nth - 1] = similarity
  return found
}

/** The passages of a source that are nearest to a passage. */
export async function nearestIn(database: Database, source: number, passage: number, most: number): Promise<number[]> {
  const rows = await database.rows<{ passage: number }>(
    `SELECT ${PASSAGE} AS passage FROM onrecord.passages p WHERE p.source = $1 ORDER BY
    p.embedding <#> (SELECT o.embedding FROM onrecord.passages o WHERE o.source = $2::bigint >> 16 AND o.number = $2::bigint & 65535), p.number LIMIT $3`,
    [source, passage, most],
  )
  return rows.map((row) => row.passage)
}
