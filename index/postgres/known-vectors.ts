import type { StoredVectors } from '../stored-vectors.ts'
import type { Session } from './connection.ts'
import { numbersOf } from './rows.ts'

interface Row {
  key: Buffer
  embedding: string
  sentences: Buffer
  tokens: number[]
  signs: Buffer
}

/** The vectors of passages by the keys of their sentences, where any row has them, of whatever generation: one model makes all of a database. */
export async function knownVectors(session: Session, keys: Buffer[]): Promise<Map<string, StoredVectors>> {
  const rows = await session.rows<Row>(
    `SELECT DISTINCT ON (key) key, embedding::text AS embedding, sentence_vectors AS sentences, tokens, signs
      FROM onrecord.passages WHERE key = ANY($1::bytea[])`,
    [keys],
  )
  return new Map(
    rows.map(({ key, embedding, sentences, tokens, signs }) => [key.toString('latin1'), { passage: numbersOf(embedding), sentences, tokens, signs }]),
  )
}
