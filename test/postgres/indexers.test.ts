import { cp, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { contentOf } from '../../bench/postgres/content.ts'
import { StubEmbedder } from '../../bench/postgres/stub.ts'
import { buildInDatabase, type DatabaseBuildOptions } from '../../index/postgres/build.ts'
import type { Database } from '../../index/postgres/connection.ts'
import { CORPUS, documents, readers, temporaryFolder } from '../fixtures.ts'
import { DATABASES, hasServer, recordDatabase } from '../postgres.ts'

/** Indexes a folder with vectors that cost nothing. */
export function built(database: Database, folder: string, options: Partial<DatabaseBuildOptions> = {}) {
  const signal = new AbortController().signal
  return buildInDatabase(database, { folders: [folder], embedder: new StubEmbedder(), loaders: readers(), signal, ...options })
}

async function countOf(database: Database, table: string): Promise<number> {
  const [row] = await database.rows<{ count: number }>(`SELECT count(*) AS count FROM onrecord.${table}`)
  return row?.count ?? 0
}

/** The sample documents, in a folder that may be changed. */
async function corpus(): Promise<string> {
  const folder = join(await temporaryFolder(), 'corpus')
  await cp(CORPUS, folder, { recursive: true })
  return folder
}

describe.each(DATABASES)('a record in %s', { timeout: 120_000 }, (_name, make) => {
  test('is indexed with the report of a folder, and indexing the same again makes no generation', async () => {
    const database = await recordDatabase(make)
    const first = await built(database, CORPUS)
    expect(first).toMatchObject({ isNew: true, sources: 14, passages: first.embedded, languages: { en: 14 }, skipped: [] })
    expect(await built(database, CORPUS)).toEqual({ ...first, isNew: false, embedded: 0 })
    const { sources, twice } = await contentOf(database)
    expect(sources).toHaveLength(14)
    expect(twice).toBe(0)
    expect(await countOf(database, 'generations')).toBe(1)
  })

  test('reads and embeds again only what is new, and holds then what an index of the changed folder made at once holds', async () => {
    const [database, other] = [await recordDatabase(make), await recordDatabase(make)]
    const folder = await corpus()
    await built(database, folder)
    await rename(join(folder, 'almanac'), join(folder, 'yearbook'))
    await rm(join(folder, 'radio'), { recursive: true })
    await writeFile(join(folder, 'new.txt'), 'The lamp was lit.\n\nIt went out at noon, said Mara Ellis.')
    await writeFile(join(folder, 'broken.pdf'), 'no PDF')
    const embedder = new StubEmbedder()
    const report = await built(database, folder, { embedder })
    // A renamed document is read again, and its passages are known.
    expect(embedder.count).toBe(1)
    expect(report).toMatchObject({ isNew: true, embedded: 1, skipped: [{ path: 'corpus/broken.pdf' }] })
    await built(other, folder)
    expect(await contentOf(database)).toEqual(await contentOf(other))
  })
})

describe.runIf(hasServer)('a record in PostgreSQL', { timeout: 60_000 }, () => {
  test('keeps the generation before, and removes what is older once nobody reads it any more', async () => {
    const database = await recordDatabase()
    const folder = await documents({ 'a.txt': 'One thing was said.', 'b.txt': 'Another thing was said.' })
    for (const text of ['first', 'second', 'third', 'fourth']) {
      await writeFile(join(folder, 'a.txt'), `The ${text} thing was said.`)
      await built(database, folder)
    }
    expect(await countOf(database, 'sources')).toBe(5)
    await database.run("UPDATE onrecord.generations SET completed = completed - interval '2 minutes'")
    await writeFile(join(folder, 'a.txt'), 'The last thing was said.')
    await built(database, folder)
    // b, the last a, and that of the generation before.
    for (const table of ['sources', 'passages', 'files', 'originals']) expect([table, await countOf(database, table)]).toEqual([table, 3])
    expect(await countOf(database, 'generations')).toBe(2)
    const alone = await recordDatabase()
    await built(alone, folder)
    expect(await contentOf(database)).toEqual(await contentOf(alone))
  })

  test('is refused to another model, and nothing in it changes', async () => {
    const database = await recordDatabase()
    await built(database, CORPUS)
    const before = await contentOf(database)
    const embedder = Object.assign(new StubEmbedder(), { fingerprint: 'another' })
    await expect(built(database, CORPUS, { embedder })).rejects.toMatchObject({ code: 'INDEX_OTHER_MODEL', message: expect.stringContaining('another') })
    expect(await contentOf(database)).toEqual(before)
  })

  test('is not made of a folder in which nothing can be read, and says of every file why', async () => {
    const database = await recordDatabase()
    const folder = await documents({ 'a.pdf': 'no PDF', 'b.xyz': '' })
    await expect(built(database, folder)).rejects.toMatchObject({ code: 'NOTHING_INDEXED', skipped: [{ path: 'docs/a.pdf' }, { path: 'docs/b.xyz' }] })
    for (const table of ['generations', 'files', 'sources']) expect(await countOf(database, table)).toBe(0)
  })
})
