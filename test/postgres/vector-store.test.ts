import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { PGVectorStore } from '@langchain/community/vectorstores/pgvector'
import { FakeEmbeddings } from '@langchain/core/utils/testing'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { buildIndex, openRecord } from '../../library/index.ts'
import { afterFile } from '../after.ts'
import { CORPUS, corpusIndex, failureOf, temporaryFolder } from '../fixtures.ts'
import { DATABASES } from '../postgres.ts'

const QUESTION = 'How much water is left on top of the bar when the sea is at its lowest?'

/** LangChain's PGVectorStore with an empty table as it makes one, and what is in that. */
async function store(url: string) {
  const pool = new pg.Pool({ connectionString: url, max: 2 })
  afterFile(() => pool.end())
  await pool.query('CREATE EXTENSION IF NOT EXISTS vector')
  await pool.query('CREATE TABLE passages (id uuid PRIMARY KEY, text text, metadata jsonb, embedding vector)')
  const rows = async () => {
    const found = await pool.query("SELECT metadata ->> 'generation' AS generation, count(*)::int AS count FROM passages GROUP BY 1")
    return Object.fromEntries(found.rows.map(({ generation, count }) => [generation, count])) as Record<string, number>
  }
  return { pool, rows, vectorStore: new PGVectorStore(new FakeEmbeddings(), { pool, tableName: 'passages' }) }
}

describe.each(DATABASES)("a record in LangChain's PGVectorStore in %s", (_, make) => {
  it('answers as one that has its own, keeps the rows of two generations, and says when the table is gone', async () => {
    const { pool, rows, vectorStore } = await store(await make())
    const index = join(await temporaryFolder(), 'index')
    await cp(await corpusIndex(), index, { recursive: true })
    const made: Record<string, number>[] = []
    for (let i = 0; i < 3; i++) {
      const { generation, passages, embedded } = await buildIndex({ folders: [CORPUS], index, vectorStore })
      made.push({ [generation]: passages })
      expect(embedded).toBe(0)
      expect(await rows()).toEqual(Object.assign({}, ...made.slice(-2)))
    }
    await using own = await openRecord({ index: await corpusIndex() })
    await using record = await openRecord({ index, vectorStore })
    for (const filters of [{}, { after: '2025-05', before: '2025-07' }]) {
      const [ours, theirs] = [await own.ask(QUESTION, { filters }), await record.ask(QUESTION, { filters })]
      expect([theirs.status, theirs.citations.map(({ quote }) => quote)]).toEqual([ours.status, ours.citations.map(({ quote }) => quote)])
    }
    await pool.query('DROP TABLE passages')
    expect((await failureOf(record.ask(QUESTION))).code).toBe('VECTOR_STORE_FAILED')
  })
})
