import type { DocumentInterface } from '@langchain/core/documents'
import type { EmbeddingsInterface } from '@langchain/core/embeddings'
import type { Database } from '../postgres/connection.ts'
import { nearest } from '../postgres/nearest.ts'
import { halfvecOf, numbersOf, PASSAGES } from '../postgres/rows.ts'
import type { Fetched } from '../reader.ts'
import { NumberedStore } from './numbered.ts'
import type { Neighbour } from './store.ts'

/** How many times more are looked at when too few are accepted. */
const MORE = 4

export interface PostgresStoreOptions {
  database: Database
  /** The number of the generation whose passages these are. */
  generation: number
  /** How many those are. */
  size: number
  documentOf: (passage: number) => Fetched<DocumentInterface>
}

/** The passages of a generation in a database, for LangChain. What is added to one without passages is numbered from 0 on, in sources without a text. */
export class PostgresStore extends NumberedStore<Fetched<DocumentInterface>> {
  private readonly database: Database
  private readonly generation: number
  private count: number

  constructor(embeddings: EmbeddingsInterface, { database, generation, size, documentOf }: PostgresStoreOptions) {
    super(embeddings, documentOf)
    this.database = database
    this.generation = generation
    this.count = size
  }

  get size(): number {
    return this.count
  }

  _vectorstoreType(): string {
    return 'postgres'
  }

  async add(vectors: Float32Array[]): Promise<void> {
    const numbers = vectors.map((_, i) => this.count + i)
    const sources = [...new Set(numbers.map((number) => Math.floor(number / PASSAGES)))]
    await this.database.inTransaction(async (session) => {
      await session.run(
        `INSERT INTO onrecord.sources (source, file, position, id, path, sha256, line, text, path_folded, title_folded, passages, sentences, born)
        SELECT s, 0, 0, s::text, '', '', '{}', '', '', '', 0, 0, $2 FROM unnest($1::bigint[]) s ON CONFLICT DO NOTHING`,
        [sources, this.generation],
      )
      await session.run(
        `INSERT INTO onrecord.passages (source, number, start, "end", sentences, embedding, sentence_vectors, tokens, signs, key, terms, title_terms, length, title_length)
        SELECT n >> 16, n & 65535, 0, 0, '{}', v::halfvec, '', '{}', '', '', '', '', 0, 0 FROM unnest($1::bigint[], $2::text[]) AS row (n, v)`,
        [numbers, vectors.map(halfvecOf)],
      )
    })
    this.count += vectors.length
  }

  async nearest(vector: Float32Array, k: number, accept?: (passage: number) => Fetched<boolean>): Promise<Neighbour[]> {
    const everywhere = { few: null, conditions: [] }
    for (let looked = Math.min(k, this.size); looked > 0; looked = Math.min(looked * MORE, this.size)) {
      const found = await nearest(this.database, { number: this.generation, passages: 0 }, vector, looked, everywhere)
      const accepted = accept ? await filtered(found, accept) : found
      if (accepted.length >= k || looked === this.size) return accepted.slice(0, k)
    }
    return []
  }

  async vectorOf(passage: number): Promise<Float32Array> {
    const [row] = await this.database.rows<{ embedding: string }>(
      'SELECT embedding::text AS embedding FROM onrecord.passages WHERE source = $1::bigint >> 16 AND number = $1::bigint & 65535',
      [passage],
    )
    if (!row) throw new Error(`there is no passage ${passage}`)
    return numbersOf(row.embedding)
  }
}

async function filtered(found: Neighbour[], accept: (passage: number) => Fetched<boolean>): Promise<Neighbour[]> {
  const accepted = await Promise.all(found.map(({ passage }) => accept(passage)))
  return found.filter((_, i) => accepted[i])
}
