import { beforeAll, describe, expect, it } from 'vitest'
import { uniform } from '../../bench/seeded.ts'
import type { Embedder } from '../../index/embedders/embedder.ts'
import { LexicalIndex } from '../../index/lexical.ts'
import { LexicalWriter } from '../../index/lexical-writer.ts'
import { beginGeneration } from '../../index/postgres/building.ts'
import { commit } from '../../index/postgres/commit.ts'
import type { Database } from '../../index/postgres/connection.ts'
import { HeldSession } from '../../index/postgres/held.ts'
import { currentGeneration } from '../../index/postgres/home.ts'
import type { PostgresGeneration } from '../../index/postgres/reader.ts'
import { insertSources, nextSources } from '../../index/postgres/rows.ts'
import type { Within } from '../../index/reader.ts'
import type { RecordedSource } from '../../index/stored-sources.ts'
import { hasServer, newDatabase, recordDatabase, WITH_RANKING } from '../postgres.ts'

const SOURCES = 100
const PASSAGES = 100
const model = { fingerprint: 'none', dimensions: 8 } as Embedder
const VOCABULARY = Array.from({ length: 400 }, (_, i) => `word${i.toString(36)}x`)
const [A, B, C, D, RARE] = [2, 5, 9, 20, 390].map((i) => VOCABULARY[i] as string) as [string, string, string, string, string]
const SEVERAL = [
  [A, B, C, D],
  [A, B],
  [A, B, C, D, RARE],
]

let texts: string[]
let folder: LexicalIndex

beforeAll(() => {
  const random = uniform(7)
  // Zipf: the first words stand in most passages, the last ones in few.
  const word = () => VOCABULARY[Math.floor(VOCABULARY.length ** random()) - 1] as string
  texts = Array.from({ length: SOURCES * PASSAGES }, () => Array.from({ length: 30 }, word).join(' '))
  const writer = LexicalWriter.for()
  for (const [passage, text] of texts.entries()) writer.add(passage, text, titleOf(Math.floor(passage / PASSAGES)))
  folder = LexicalIndex.from(writer.finish()[0]?.bytes as Uint8Array)
})

describe.skipIf(!hasServer)('of terms that stand in most passages, in PostgreSQL', () => {
  it('the best passages are found, although not all of them are scored', async () => {
    const generation = await filled(await recordDatabase(newDatabase))
    // Of one term that all passages hold any may be scored; of several those that hold the most are.
    for (const terms of SEVERAL) expect(await bestOf(generation, terms)).toBeGreaterThanOrEqual(9)
    await bestOf(generation, [A])
  }, 120_000)
})

const [RANKED, makeRanked] = WITH_RANKING
describe(`of terms that stand in most passages, in ${RANKED}`, () => {
  let database: Database
  let generation: PostgresGeneration

  const hasIndex = async () => {
    const [row] = await database.rows<{ there: boolean }>(`SELECT to_regclass('onrecord.passages_ranking') IS NOT NULL AS there`)
    return row?.there
  }

  beforeAll(async () => {
    database = await recordDatabase(makeRanked)
    generation = await filled(database)
  }, 120_000)

  it('the best passages are all found, of one term that all hold as well', async () => {
    expect(await hasIndex()).toBe(true)
    for (const terms of [...SEVERAL, [A], [VOCABULARY[0] as string, 'title']]) expect(await bestOf(generation, terms, {}, 50)).toBe(50)
  })

  it('the best of those that pass filters are found, be they many or few', async () => {
    // Of 10,000 passages 1,900, 1,100 and 10,000.
    for (const source of ['5', '05', '0']) expect(await bestOf(generation, [A, B, C, D], { filters: { source } })).toBeGreaterThanOrEqual(9)
    expect((await generation.matching([A, B, C, D], { filters: { source: 'none such' } })).best(10)).toEqual([])
  })

  it('a reader without the rights of a writer finds them as well', async () => {
    await database.run('CREATE ROLE reader')
    await database.run('GRANT USAGE ON SCHEMA onrecord TO reader')
    await database.run('GRANT SELECT ON ALL TABLES IN SCHEMA onrecord TO reader')
    await database.run('SET ROLE reader')
    const found = await bestOf(generation, [A]).finally(() => database.run('RESET ROLE'))
    expect(found).toBe(10)
  })

  it('those of removed sources are left out, and others come in their place', async () => {
    const before = (await generation.matching([A, B])).best(100).map(({ passage }) => passage)
    const gone = new Set(before.map((passage) => Math.floor(passage / 65_536)).slice(0, 20))
    await database.run('DELETE FROM onrecord.sources WHERE source = ANY ($1::bigint[])', [[...gone]])
    const after = (await generation.matching([A, B])).best(100).map(({ passage }) => passage)
    expect(after).toHaveLength(100)
    expect(after.filter((passage) => gone.has(Math.floor(passage / 65_536)))).toEqual([])
    const left = before.filter((passage) => !gone.has(Math.floor(passage / 65_536)))
    expect(after.slice(0, left.length)).toEqual(left)
  })

  it('once the extension is gone they are found as without it; once it is back the next run makes the index, though nothing has changed', async () => {
    await database.run('DROP EXTENSION pg_textsearch CASCADE')
    expect(await hasIndex()).toBe(false)
    expect((await generation.matching([A, B, C, D])).best(10)).toHaveLength(10)
    await database.run('CREATE EXTENSION pg_textsearch')
    const report = await database.session(async (connection) => {
      const session = await HeldSession.of(connection)
      return commit(session, await beginGeneration(session, model), { folders: [], dimensions: model.dimensions, skipped: [] })
    })
    expect([report.isNew, await hasIndex()]).toEqual([false, true])
  })
})

/** How many of the best are as good as those of a folder's index; what is found has to be scored the same. */
async function bestOf(generation: PostgresGeneration, terms: string[], within: Within = {}, most = 10): Promise<number> {
  const [first = 0] = (await generation.list(0, 1)).map(({ firstPassage }) => firstPassage / 65_536)
  // Sources were numbered in a row, and list() gives them in the order of their paths.
  const numberIn = (passage: number) => (Math.floor(passage / 65_536) - first) * PASSAGES + (passage % 65_536)
  const source = within.filters?.source ?? ''
  const [ours, theirs] = [await generation.matching(terms, within), folder.find(terms, (passage) => pathOf(Math.floor(passage / PASSAGES)).includes(source))]
  expect(new Map([...ours.frequency].sort())).toEqual(new Map([...theirs.frequency].sort()))
  const [own, best] = [ours.best(most), theirs.best(most)]
  expect(own.map(({ passage }) => theirs.scoreOf(numberIn(passage)).toFixed(6))).toEqual(own.map(({ score }) => score.toFixed(6)))
  return own.filter(({ score }, i) => Math.abs(score - (best[i]?.score as number)) < 1e-6).length
}

/** Writes the passages into a record, and opens it. */
async function filled(database: Database): Promise<PostgresGeneration> {
  await database.session(async (connection) => {
    const session = await HeldSession.of(connection)
    const building = await beginGeneration(session, model)
    const numbers = await nextSources(session, SOURCES)
    for (const [n, number] of numbers.entries()) {
      const own = texts.slice(n * PASSAGES, (n + 1) * PASSAGES)
      const text = own.join('\n')
      let at = 0
      const passages = own.map((one) => {
        const span = { start: at, end: at + one.length }
        at = span.end + 1
        return { ...span, sentences: [span] }
      })
      const vectors = own.map(() => ({ passage: Float32Array.of(1, 0, 0, 0, 0, 0, 0, 0), sentences: new Uint8Array(8), signs: new Uint8Array(0), tokens: [0] }))
      const [file] = await session.rows<{ file: number }>(
        `INSERT INTO onrecord.files (path, key, sha256, born, state) VALUES ($1, $1, $1, $2, 'done') RETURNING file`,
        [`${n}`, building.number],
      )
      await insertSources(session, building.number, [{ number, file: file?.file as number, position: 0, source: sourceOf(n), text, passages, vectors }])
    }
    await commit(session, building, { folders: [], dimensions: model.dimensions, skipped: [] })
  })
  return currentGeneration(database, model)
}

function titleOf(n: number): string {
  return `Title ${VOCABULARY[n % 7]}`
}

function pathOf(n: number): string {
  return `${n}`.padStart(3, '0')
}

function sourceOf(n: number): RecordedSource {
  const path = pathOf(n)
  return {
    id: path,
    path,
    title: titleOf(n),
    outlet: null,
    author: null,
    published: null,
    publishedFrom: null,
    url: null,
    mediaType: 'text/plain',
    sha256: path,
    language: null,
    signature: null,
    statements: [],
    original: { file: path, bytes: 0, sha256: path },
    origin: { loader: 'none', facts: {}, detected: null },
  }
}
