import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ask } from '../../answer/ask.ts'
import { buildInDatabase } from '../../index/postgres/build.ts'
import { Database } from '../../index/postgres/connection.ts'
import { exportGeneration } from '../../index/postgres/export.ts'
import { PostgresHome } from '../../index/postgres/home.ts'
import { importGeneration } from '../../index/postgres/import.ts'
import type { GenerationReader } from '../../index/reader.ts'
import { storeOf } from '../../index/stores/registry.ts'
import { afterFile } from '../after.ts'
import { CORPUS, embedder, failureOf, openedCorpus, openedIndex, readers, temporaryFolder } from '../fixtures.ts'
import { DATABASES } from '../postgres.ts'

const QUESTIONS = ['How many boats fish from the Pool?', 'What did the mayor say about the budget?', 'When was the harbour dredged?']

/** What a generation answers, and all that stands in it. */
async function told(reader: GenerationReader) {
  const model = await embedder()
  const answers = []
  for (const question of QUESTIONS) {
    const { status, citations } = await ask(reader, model, question)
    answers.push({ question, status, first: citations[0]?.quote })
  }
  const sources = []
  for (const source of await reader.list(0, 1000)) {
    const number = (await reader.numberOf(source.id)) as number
    const passages = await reader.passagesOf(source)
    await reader.bringVectors(passages)
    const { textAt, firstPassage, group, ...facts } = source
    const spans = passages.map((passage) => ({ start: reader.passage(passage).start, sentences: reader.passage(passage).sentences }))
    const cosines = passages.map((passage) => reader.sentenceCosines(new Float32Array(model.dimensions).fill(model.dimensions ** -0.5), passage))
    sources.push({ ...facts, statements: source.statements, text: reader.text(number), grouped: group !== null, spans, cosines })
  }
  return { answers, sources: sources.sort((a, b) => (a.path < b.path ? -1 : 1)) }
}

describe.each(DATABASES)('%s', (_, make) => {
  it('takes an index over from a folder, and gives it back, with nothing embedded', async () => {
    const model = await embedder()
    const folder = await openedCorpus()
    const url = await make()
    const database = await Database.open(url)
    const home = await PostgresHome.of({ url, readUrl: '', folder: '' })
    afterFile(async () => {
      await home.close()
      await database.close()
    })
    const before = await told(folder)

    expect(await importGeneration(database, folder, { embedder: model })).toMatchObject({ isNew: true, ...onlyCounts(folder), embedded: 0 })
    const { generation } = await home.open(model)
    expect(await told(generation)).toEqual(before)

    const index = join(await temporaryFolder(), 'index')
    const { kind: store } = await storeOf('hnsw')
    expect(await exportGeneration(database, generation, { index, embedder: model, store })).toMatchObject(onlyCounts(folder))
    expect(await told((await openedIndex(index)).generation)).toEqual(before)

    // Its folder is indexed again without embedding anything, and imported over that.
    const signal = new AbortController().signal
    const again = await buildInDatabase(database, { folders: [CORPUS], embedder: model, loaders: readers(), signal })
    expect(again).toMatchObject({ ...onlyCounts(folder), embedded: 0 })
    await importGeneration(database, folder, { embedder: model })
    expect(await told((await home.open(model)).generation)).toEqual(before)
    expect(await database.rows('SELECT count(*) AS alive FROM onrecord.sources WHERE died IS NULL')).toEqual([{ alive: folder.counts.sources }])
  }, 240_000)

  it('is as it was when an import is interrupted', async () => {
    const model = await embedder()
    const database = await Database.open(await make())
    const stopping = new AbortController()
    const importing = importGeneration(database, await openedCorpus(), { embedder: model, signal: stopping.signal, onProgress: () => stopping.abort() })
    expect(await failureOf(importing)).toMatchObject({ code: 'INTERRUPTED' })
    expect(await database.rows('SELECT count(*) AS rows FROM onrecord.passages')).toEqual([{ rows: 0 }])
    await database.close()
  })
})

function onlyCounts({ counts }: GenerationReader) {
  return { sources: counts.sources, passages: counts.passages }
}
