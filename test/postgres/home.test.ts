import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ask } from '../../answer/ask.ts'
import type { Embedder } from '../../index/embedders/embedder.ts'
import { buildInDatabase } from '../../index/postgres/build.ts'
import { Database } from '../../index/postgres/connection.ts'
import { PostgresHome } from '../../index/postgres/home.ts'
import { migrate } from '../../index/postgres/schema.ts'
import { termsOf } from '../../index/terms.ts'
import { afterFile } from '../after.ts'
import { documents, embedder, failureOf, readers } from '../fixtures.ts'
import { DATABASES, hasServer, nativeServer, newDatabase, WITH_RANKING } from '../postgres.ts'

async function homeAt(url: string): Promise<PostgresHome> {
  const home = await PostgresHome.of({ url, folder: '' })
  afterFile(() => home.close())
  return home
}

async function index(url: string, folder: string) {
  const database = await Database.open(url)
  const options = { folders: [folder], embedder: await embedder(), loaders: readers(), signal: new AbortController().signal }
  return buildInDatabase(database, options).finally(() => database.close())
}

it.each(DATABASES)('%s has no record before it is indexed into, and then the newest generation', async (_, make) => {
  const url = await make()
  const [home, model] = [await homeAt(url), await embedder()]
  expect(await home.current()).toBeNull()
  expect(await failureOf(home.open(model))).toMatchObject({ code: 'INDEX_MISSING' })
  expect(await home.check()).toMatch(/^PostgreSQL \d+.*, pgvector missing$/)
  const database = await Database.open(url)
  await migrate(database)
  await database.close()
  expect(await home.current()).toBeNull()
  expect(await failureOf(home.open(model))).toMatchObject({ code: 'INDEX_MISSING', remedy: expect.stringContaining('onrecord index') })

  const folder = await documents({ 'a.txt': 'The harbour wall was mended in May.\n' })
  const { generation: first } = await index(url, folder)
  expect(await home.current()).toBe(first)
  expect(await home.check()).toMatch(/^PostgreSQL \d+.*, pgvector 0\.\d+/)
  const opened = await home.open(model)
  expect(opened).toMatchObject({ newest: first, degraded: null, generation: { id: first, counts: { sources: 1 } } })
  const other = { ...model, fingerprint: 'another@1', dimensions: 8 } as Embedder
  expect(await failureOf(home.open(other))).toMatchObject({ code: 'INDEX_OTHER_MODEL', what: expect.stringContaining('another@1') })
  expect(home.name).not.toContain('@')
})

it('tells that words are ranked by pg_textsearch, where there is one', async () => {
  const [, make] = WITH_RANKING
  expect(await (await homeAt(await make())).check()).toMatch(/, pg_textsearch \d+\.\d+/)
})

it.each(DATABASES)('a generation of %s that was opened is read as it was, whatever became the current one since', async (_, make) => {
  const url = await make()
  const [home, model] = [await homeAt(url), await embedder()]
  const folder = await documents({
    'wall.txt': 'The harbour wall was mended in May.\n',
    'bread.txt': 'Bread is baked from flour, water and yeast.\n',
    'crab.txt': 'A crab walks sideways over the sand.\n',
  })
  await index(url, folder)
  const { generation: before } = await home.open(model)
  await writeFile(join(folder, 'wall.txt'), 'The harbour wall was mended in June, and cost 31 pounds.\n')
  await rm(join(folder, 'crab.txt'))
  await writeFile(join(folder, 'orchestra.txt'), 'The orchestra played a symphony.\n')
  await index(url, folder)
  const { generation: after } = await home.open(model)
  const quotes = async (generation: typeof before, question: string) => (await ask(generation, model, question)).citations.map(({ quote }) => quote)
  expect(await quotes(before, 'When was the harbour wall mended?')).toEqual(['The harbour wall was mended in May.'])
  expect(await quotes(after, 'When was the harbour wall mended?')).toEqual(['The harbour wall was mended in June, and cost 31 pounds.'])
  const paths = async (generation: typeof before) => (await generation.list(0, 10)).map(({ path }) => path)
  expect(await paths(before)).toEqual(['docs/bread.txt', 'docs/crab.txt', 'docs/wall.txt'])
  expect(await paths(after)).toEqual(['docs/bread.txt', 'docs/orchestra.txt', 'docs/wall.txt'])
  const words = termsOf('crab orchestra june may harbour')
  expect([await before.unheld(words), await after.unheld(words)]).toEqual([termsOf('orchestra june'), termsOf('crab may')])
  for (const generation of [before, after]) {
    const found = (await generation.nearest(await model.embedQuestion('crab'), 10)).map(({ passage }) => passage)
    await generation.bring(found)
    expect(found.map((passage) => generation.source(generation.sourceOf(passage)).path).sort()).toEqual(await paths(generation))
  }
})

it.skipIf(!hasServer)('a database that is away when it is first needed is used once it is there, and after it was restarted', async () => {
  const server = await nativeServer()
  if (!server) return
  const url = await newDatabase()
  await index(url, await documents({ 'a.txt': 'The harbour wall was mended in May.\n' }))
  const [home, model] = [await homeAt(url), await embedder()]
  await server.end()
  for (const failing of [home.current(), home.open(model), home.check()]) expect(await failureOf(failing)).toMatchObject({ code: 'DATABASE_GONE' })
  await server.begin()
  const { generation } = await home.open(model)
  expect(await home.check()).toContain('pgvector 0.')
  await server.end()
  expect(await failureOf(ask(generation, model, 'When was the wall mended?'))).toMatchObject({ code: 'DATABASE_GONE' })
  await server.begin()
  expect((await ask(generation, model, 'When was the wall mended?')).citations).toHaveLength(1)
})
