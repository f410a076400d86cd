import { readFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ask } from '../../answer/ask.ts'
import { contentOf } from '../../bench/postgres/content.ts'
import { StubEmbedder } from '../../bench/postgres/stub.ts'
import type { Generation } from '../../index/generation.ts'
import { buildInDatabase } from '../../index/postgres/build.ts'
import type { Database } from '../../index/postgres/connection.ts'
import { type ExportOptions, exportRecord } from '../../index/postgres/export.ts'
import { PostgresHome } from '../../index/postgres/home.ts'
import { type ImportOptions, importIndex } from '../../index/postgres/import.ts'
import { storeOf } from '../../index/stores/registry.ts'
import { afterFile } from '../after.ts'
import { CORPUS, corpusIndex, documents, embedder, failureOf, index, namesIn, openedCorpus, openedIndex, readers, temporaryFolder } from '../fixtures.ts'
import { DATABASES, recordDatabase } from '../postgres.ts'

const { questions } = JSON.parse(readFileSync(new URL('../corpus-questions.json', import.meta.url), 'utf8')) as { questions: { question: string }[] }

/** Half a unit in the last place of half precision, for numbers below 1. */
const HALF = 2 ** -12

const never = () => new AbortController().signal

async function imported(database: Database, place: string, options: Partial<ImportOptions> = {}) {
  return importIndex(database, { index: place, embedder: new StubEmbedder(), signal: never(), ...options })
}

/** Exports into a new folder unless one is named; returns the folder. */
async function exported(database: Database, options: Partial<ExportOptions> = {}): Promise<string> {
  const place = options.index ?? join(await temporaryFolder(), 'index')
  const { kind } = await storeOf('hnsw')
  await exportRecord(database, { embedder: new StubEmbedder(), store: kind, signal: never(), ...options, index: place })
  return place
}

/** An index of documents, with vectors that cost nothing. */
async function indexed(folder: string, place?: string): Promise<string> {
  return (await index(folder, { embedder: new StubEmbedder(), ...(place && { index: place }) })).index
}

/** What each file of a generation holds, but for the vectors that passages are found by. */
function filesOf({ manifest }: Generation): Record<string, string> {
  return Object.fromEntries(manifest.files.filter(({ name }) => !['vectors.hnsw', 'points.i32', 'vectors.f32'].includes(name)).map((f) => [f.name, f.sha256]))
}

function vectorsOf({ store }: Generation): Float32Array[] {
  return Array.from({ length: store.size }, (_, passage) => store.vectorOf(passage))
}

/** Documents of one passage each, of which more than one batch is made. */
const MANY = 300
function many(): Promise<string> {
  return documents(Object.fromEntries(Array.from({ length: MANY }, (_, i) => [`${1000 + i}.txt`, `Sum ${i} was paid, said Mara Ellis.`])))
}

/** The numbers of the sources that are in the current generation. */
async function numbersOf(database: Database): Promise<Map<string, number>> {
  const rows = await database.rows<{ path: string; source: number }>('SELECT path, source FROM onrecord.sources WHERE died IS NULL ORDER BY source')
  return new Map(rows.map(({ path, source }) => [path, source]))
}

describe.each(DATABASES)('an index moved into %s', { timeout: 240_000 }, (_, make) => {
  it('and back is the same to the byte, but for the vectors of passages, which have half precision; it answers the same', async () => {
    const model = await embedder()
    const before = await openedCorpus()
    const database = await recordDatabase(make)
    const counts = { sources: before.counts.sources, passages: before.counts.passages }
    expect(await imported(database, await corpusIndex(), { embedder: model })).toMatchObject({ ...counts, isNew: true, embedded: 0, withoutFile: 0 })
    const after = (await openedIndex(await exported(database, { embedder: model }))).generation
    expect(filesOf(after)).toEqual(filesOf(before))
    const vectors = vectorsOf(after)
    for (const [passage, vector] of vectorsOf(before).entries())
      expect(Math.max(...vector.map((x, i) => Math.abs(x - (vectors[passage]?.[i] as number))))).toBeLessThan(HALF)
    const told = async (generation: Generation, question: string) => {
      const { status, citations } = await ask(generation, model, question)
      return { question, status, quotes: citations.map(({ quote, source }) => `${source.path}: ${quote}`) }
    }
    let others = 0
    for (const { question } of questions) {
      const [ours, theirs] = [await told(after, question), await told(before, question)]
      expect({ ...ours, quotes: ours.quotes[0] }).toEqual({ ...theirs, quotes: theirs.quotes[0] })
      if (ours.quotes.join('\n') !== theirs.quotes.join('\n')) others++
    }
    // A quote that is almost too far below the best may be left out, or not.
    expect(others).toBeLessThanOrEqual(2)
    // What was moved back and forth does not change any further.
    const again = await recordDatabase(make)
    await imported(again, join(after.directory, '../..'), { embedder: model })
    expect(await contentOf(again)).toEqual(await contentOf(database))
  })

  it('is there as if its documents had been indexed into the database, bytes of files included', async () => {
    const [database, other] = [await recordDatabase(make), await recordDatabase(make)]
    const place = await indexed(CORPUS)
    await imported(database, place)
    const build = () => buildInDatabase(other, { folders: [CORPUS], embedder: new StubEmbedder(), loaders: readers(), signal: never() })
    await build()
    expect(await contentOf(database)).toEqual(await contentOf(other))
    const originals = 'SELECT sha256, md5(bytes) AS bytes FROM onrecord.originals ORDER BY sha256'
    expect(await database.rows(originals)).toEqual(await other.rows(originals))
    // Over a record that was indexed, too; and that goes on from an imported one without embedding anything.
    await imported(other, place)
    expect(await contentOf(other)).toEqual(await contentOf(database))
    expect(await build()).toMatchObject({ embedded: 0 })
    expect(await contentOf(other)).toEqual(await contentOf(database))
  })

  it('again makes no generation where nothing has changed, and keeps what is the same where something has', async () => {
    const database = await recordDatabase(make)
    const folder = await documents({ 'a.txt': 'One thing was said.', 'b.txt': 'Another thing was said.', 'c.txt': 'A third thing was said.' })
    const place = await indexed(folder)
    const first = await imported(database, place)
    expect(await imported(database, place)).toEqual({ ...first, isNew: false })
    const before = await numbersOf(database)
    await writeFile(join(folder, 'b.txt'), 'Something else was said.')
    await rm(join(folder, 'c.txt'))
    await indexed(folder, place)
    expect(await imported(database, place)).toMatchObject({ isNew: true, sources: 2 })
    const after = await numbersOf(database)
    expect([...after.keys()].sort()).toEqual(['docs/a.txt', 'docs/b.txt'])
    expect(after.get('docs/a.txt')).toBe(before.get('docs/a.txt'))
    expect(after.get('docs/b.txt')).not.toBe(before.get('docs/b.txt'))
  })

  it('keeps any text, the documents of one file together, and what of it was skipped; a file that is gone has no bytes', async () => {
    const database = await recordDatabase(make)
    const line = (text: string) => JSON.stringify({ text })
    const folder = await documents({
      'lines.jsonl': [
        line('A zero \u0000 and \u{1F30A} were said, said Mara Ellis.'),
        ...Array.from({ length: 12 }, (_, i) => line(`Thing ${i} was said.`)),
        'no JSON',
      ].join('\n'),
      'gone.txt': 'This file goes away.',
    })
    const place = await indexed(folder)
    await rm(join(folder, 'gone.txt'))
    expect(await imported(database, place)).toMatchObject({ sources: 14, withoutFile: 1, skipped: [{ path: expect.stringContaining('docs/lines.jsonl#') }] })
    const home = await PostgresHome.of({ url: database.url, folder: '' })
    afterFile(() => home.close())
    const { generation } = await home.open(new StubEmbedder())
    const sources = await generation.list(0, 100)
    const files = await Promise.all(sources.map(async (source) => [source.path, (await generation.original(source)) !== null]))
    expect(files.filter(([, isThere]) => !isThere)).toEqual([['docs/gone.txt', false]])
    const [before, after] = [(await openedIndex(place, new StubEmbedder())).generation, await openedIndex(await exported(database), new StubEmbedder())]
    expect(filesOf(after.generation)).toEqual(filesOf(before))
  })

  it('is not there before all of it is; an import that was stopped goes on', async () => {
    const database = await recordDatabase(make)
    await imported(database, await indexed(await documents({ 'a.txt': 'One thing was said.' })))
    const before = await contentOf(database)
    const place = await indexed(await many())
    const stop = new AbortController()
    const stopped = imported(database, place, { signal: stop.signal, onProgress: () => stop.abort() })
    expect(await failureOf(stopped)).toMatchObject({ code: 'INTERRUPTED' })
    expect((await contentOf(database)).sources).toEqual(before.sources)
    const begun = [...(await numbersOf(database)).values()]
    expect(begun.length).toBeGreaterThan(1)
    const seen: number[] = []
    await imported(database, place, { onProgress: ({ passages }) => seen.push(passages) })
    const done = await numbersOf(database)
    expect(done.size).toBe(MANY)
    const whole = await recordDatabase(make)
    const { passages } = await imported(whole, place)
    expect(seen.at(-1)).toBe(passages)
    // All but the first document, which died with the generation before.
    expect([...done.values()].slice(0, begun.length - 1)).toEqual(begun.slice(1))
    await database.run('DELETE FROM onrecord.passages WHERE source IN (SELECT source FROM onrecord.sources WHERE died IS NOT NULL)')
    await database.run('DELETE FROM onrecord.sources WHERE died IS NOT NULL')
    expect(await contentOf(database)).toEqual(await contentOf(whole))
  })

  it('of another model is refused, either way, and nothing changes', async () => {
    const database = await recordDatabase(make)
    const place = await indexed(await documents({ 'a.txt': 'One thing was said.' }))
    await imported(database, place)
    const before = await contentOf(database)
    const another = Object.assign(new StubEmbedder(), { fingerprint: 'another' })
    const { index: other } = await index(CORPUS, { embedder: another })
    for (const importing of [imported(database, other), imported(database, other, { embedder: another })])
      expect(await failureOf(importing)).toMatchObject({ code: 'INDEX_OTHER_MODEL', what: expect.stringContaining('another') })
    const names = await namesIn(join(place, 'generations'))
    expect(await failureOf(exported(database, { embedder: another, index: place }))).toMatchObject({ code: 'INDEX_OTHER_MODEL' })
    expect(await namesIn(join(place, 'generations'))).toEqual(names)
    expect(await contentOf(database)).toEqual(before)
  })

  it('is refused where there is none, or where it is damaged', async () => {
    const database = await recordDatabase(make)
    const empty = join(await temporaryFolder(), 'index')
    expect(await failureOf(imported(database, empty))).toMatchObject({ code: 'INDEX_MISSING' })
    expect(await failureOf(exported(database, { index: empty }))).toMatchObject({ code: 'INDEX_MISSING' })
    expect(await namesIn(empty)).toEqual([])
    const folder = await documents({ 'a.txt': 'One thing was said.' })
    const place = await indexed(folder)
    const older = (await openedIndex(place, new StubEmbedder())).generation.id
    await writeFile(join(folder, 'a.txt'), 'Another thing was said.')
    await indexed(folder, place)
    const newest = (await namesIn(join(place, 'generations'))).find((name) => name !== older) as string
    await writeFile(join(place, 'generations', newest, 'texts.utf8'), 'damage')
    expect(await failureOf(imported(database, place))).toMatchObject({ code: 'INDEX_DAMAGED' })
    expect(await numbersOf(database)).toEqual(new Map())
  })

  it('is exported whole or not at all', async () => {
    const database = await recordDatabase(make)
    await imported(database, await indexed(await many()))
    const place = await indexed(await documents({ 'a.txt': 'One thing was said.' }))
    const names = await namesIn(join(place, 'generations'))
    const stop = new AbortController()
    const stopped = exported(database, { index: place, signal: stop.signal, onProgress: () => stop.abort() })
    expect(await failureOf(stopped)).toMatchObject({ code: 'INTERRUPTED' })
    await database.run("UPDATE onrecord.sources SET text = 'damage' WHERE path = 'docs/1290.txt'")
    expect(await failureOf(exported(database, { index: place }))).toMatchObject({ code: 'INDEX_DAMAGED', what: expect.stringContaining('docs/1290.txt') })
    expect(await namesIn(join(place, 'generations'))).toEqual(names)
    expect((await openedIndex(place, new StubEmbedder())).generation.counts.sources).toBe(1)
  })
})
