import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { contentOf } from '../../bench/postgres/content.ts'
import { StubEmbedder } from '../../bench/postgres/stub.ts'
import { OnRecordError } from '../../index/errors.ts'
import { buildInDatabase, type DatabaseBuildOptions } from '../../index/postgres/build.ts'
import { Identity } from '../../index/postgres/claims.ts'
import { Database } from '../../index/postgres/connection.ts'
import { HeldSession } from '../../index/postgres/held.ts'
import { Queue } from '../../index/postgres/queue.ts'
import { overAndOver } from '../../index/postgres/reconnect.ts'
import { Worker } from '../../index/postgres/worker.ts'
import { documents, readers } from '../fixtures.ts'
import { hasServer, recordDatabase } from '../postgres.ts'

/** Documents of two passages each; some of the passages are in many of them. */
function manyDocuments(count: number): Promise<string> {
  const paragraph = (words: string) => `${words} `.repeat(60).trim()
  const text = (i: number) => `${paragraph(`Line ${i} of the ledger was read aloud, said Mara Ellis.`)}\n\n${paragraph(`It ends with sum ${i % 7}.`)}`
  return documents(Object.fromEntries(Array.from({ length: count }, (_, i) => [`${String(i).padStart(4, '0')}.txt`, text(i)])))
}

function built(database: Database, folder: string, options: Partial<DatabaseBuildOptions> = {}) {
  return buildInDatabase(database, { folders: [folder], embedder: new StubEmbedder(), loaders: readers(), signal: new AbortController().signal, ...options })
}

/** A worker beside the one that plans, until it is told to stop; resolves to the files it has done. */
async function beside(database: Database, embedder = new StubEmbedder(), signal = new AbortController().signal): Promise<number> {
  let files = 0
  const identity = new Identity()
  await overAndOver(database, { signal }, async (session) => {
    const worker = await Worker.over(session, await Queue.open(session), { embedder, loaders: readers(), signal, identity })
    try {
      await worker.run({ untilIdle: false })
    } finally {
      files += worker.done.files
    }
  })
  return files
}

/** Ends connections as a server does, or a machine that goes away. */
async function cut(database: Database, worker: string): Promise<void> {
  await database.run('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1', [worker])
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await wait(20)
}

async function filesDone(database: Database): Promise<number> {
  const [row] = await database.rows<{ count: number }>("SELECT count(*) AS count FROM onrecord.files WHERE state <> 'planned'")
  return row?.count ?? 0
}

describe.runIf(hasServer)('workers of a record in PostgreSQL', { timeout: 120_000 }, () => {
  test('share what is planned, and write what one of them alone writes', async () => {
    const [shared, alone] = [await recordDatabase(), await recordDatabase()]
    const folder = await manyDocuments(100)
    const stop = new AbortController()
    const others = [beside(shared, new StubEmbedder(5), stop.signal), beside(shared, new StubEmbedder(5), stop.signal)]
    const report = await built(shared, folder, { embedder: new StubEmbedder(5) })
    stop.abort()
    const done = await Promise.all(others)
    expect(report).toMatchObject({ sources: 100, skipped: [] })
    for (const files of done) expect(files).toBeGreaterThan(0)
    await built(alone, folder)
    const content = await contentOf(shared)
    expect(content).toEqual(await contentOf(alone))
    expect(content.twice).toBe(0)
  })

  test('take over what one had whose connection was cut, while that one comes back', async () => {
    const database = await recordDatabase()
    const folder = await manyDocuments(80)
    const stop = new AbortController()
    const name = 'cut worker'
    const cuttable = await Database.open(database.url, { most: 1, name })
    const other = beside(cuttable, new StubEmbedder(10), stop.signal)
    const cutting = (async () => {
      for (let times = 1; times <= 3; times++) {
        await until(async () => (await filesDone(database)) >= times * 15)
        await cut(database, name)
      }
    })()
    const report = await built(database, folder, { embedder: new StubEmbedder(10) })
    await cutting
    stop.abort()
    await other
    await cuttable.close()
    expect(report).toMatchObject({ sources: 80, skipped: [] })
    const alone = await recordDatabase()
    await built(alone, folder)
    expect(await contentOf(database)).toEqual(await contentOf(alone))
  })

  test('go on when the database has cut all connections, that of the one who plans, too, and say so once each time', async () => {
    const database = await recordDatabase()
    const folder = await manyDocuments(60)
    const own = await Database.open(database.url, { most: 1, name: 'cut planner' })
    const told: (string | null)[] = []
    const building = built(own, folder, { embedder: new StubEmbedder(10), onLost: (error) => told.push(error?.code ?? null) })
    for (let times = 1; times <= 2; times++) {
      await until(async () => (await filesDone(database)) >= times * 15)
      await cut(database, 'cut planner')
      await until(async () => told.length === 2 * times)
    }
    expect(await building).toMatchObject({ sources: 60, skipped: [] })
    expect(told).toEqual(['DATABASE_GONE', null, 'DATABASE_GONE', null])
    await own.close()
    expect((await contentOf(database)).twice).toBe(0)
  })

  test('do not let one write that was taken for gone', async () => {
    const database = await recordDatabase()
    const folder = await manyDocuments(3)
    const held = new StubEmbedder()
    let release = () => {}
    const embed = held.embedPassage.bind(held)
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    held.embedPassage = async (passage) => {
      await gate
      return embed(passage)
    }
    const stop = new AbortController()
    const building = built(database, folder, { embedder: held, signal: stop.signal })
    await until(async () => (await database.rows("SELECT FROM onrecord_queue.job WHERE state = 'active'").catch(() => [])).length > 0)
    // As if the lock of the one that waits were gone: another does its work.
    await database.run('UPDATE onrecord.files SET worker = NULL, job = NULL')
    await database.session(async (own) => {
      const session = await HeldSession.of(own)
      const queue = await Queue.open(session)
      await queue.add([(await session.rows<{ file: number }>('SELECT file FROM onrecord.files')).map(({ file }) => file)])
      await (await Worker.over(session, queue, { embedder: new StubEmbedder(), loaders: readers(), signal: new AbortController().signal })).run({
        untilIdle: true,
      })
    })
    release()
    expect(await building).toMatchObject({ sources: 3 })
    const { twice, sources } = await contentOf(database)
    expect([twice, sources.length]).toEqual([0, 3])
  })

  test('set aside a file that ends three of them, and index the others', async () => {
    const database = await recordDatabase()
    const folder = await manyDocuments(40)
    await writeFile(join(folder, '0020.txt'), 'This one is poison.')
    const embedder = () => {
      const stub = new StubEmbedder()
      const embed = stub.embedPassage.bind(stub)
      stub.embedPassage = async (passage) => {
        if (passage.sentences.some((sentence) => sentence.includes('poison'))) throw new OnRecordError('EMBEDDER_FAILED', 'The embedder failed.', 'None.')
        return embed(passage)
      }
      return stub
    }
    for (let times = 1; times <= 2; times++) await expect(built(database, folder, { embedder: embedder() })).rejects.toMatchObject({ code: 'EMBEDDER_FAILED' })
    await expect(built(database, folder, { embedder: embedder() })).rejects.toMatchObject({ code: 'EMBEDDER_FAILED' })
    const report = await built(database, folder, { embedder: embedder() })
    expect(report).toMatchObject({ sources: 39, skipped: [{ path: 'docs/0020.txt', code: 'WORKER_DIED' }] })
    // Whoever indexes again has it tried again.
    expect(await built(database, folder)).toMatchObject({ isNew: true, sources: 40, skipped: [] })
  })

  test('go on where a build was interrupted, and embed nothing twice', async () => {
    const database = await recordDatabase()
    const folder = await manyDocuments(60)
    const stop = new AbortController()
    const first = new StubEmbedder(5)
    const interrupted = built(database, folder, { embedder: first, signal: stop.signal })
    await until(async () => (await database.rows('SELECT FROM onrecord.sources').catch(() => [])).length >= 10)
    stop.abort()
    await expect(interrupted).rejects.toMatchObject({ code: 'INTERRUPTED' })
    const [{ kept = 0 } = {}] = await database.rows<{ kept: number }>('SELECT count(*) AS kept FROM onrecord.passages')
    const second = new StubEmbedder()
    const report = await built(database, folder, { embedder: second })
    expect(report.sources).toBe(60)
    expect(second.count).toBeLessThanOrEqual(report.passages - kept)
    const alone = await recordDatabase()
    await built(alone, folder)
    expect(await contentOf(database)).toEqual(await contentOf(alone))
  })

  test('serve one planner at a time', async () => {
    const database = await recordDatabase()
    const folder = await manyDocuments(2)
    const stop = new AbortController()
    await database.session(async (own) => {
      const session = await HeldSession.of(own)
      await session.lock(0)
      await expect(built(database, folder)).rejects.toMatchObject({ code: 'INDEX_LOCKED', remedy: expect.stringContaining('onrecord worker') })
      await session.unlockAll()
    })
    stop.abort()
  })

  test('never show a reader half of a generation', async () => {
    const database = await recordDatabase()
    const folder = await manyDocuments(30)
    await built(database, folder)
    const seen = new Set<string>()
    let reading = true
    const reader = (async () => {
      while (reading) {
        const [row] = await database.rows<{ number: number; told: number; held: number }>(
          `SELECT number, generations.sources AS told, count(*) AS held FROM onrecord.record JOIN onrecord.generations ON number = current
            JOIN onrecord.sources s ON s.born <= current AND (s.died IS NULL OR s.died > current) GROUP BY number, generations.sources`,
        )
        seen.add(`${row?.number}: ${row?.told} ${row?.held}`)
      }
    })()
    for (let generation = 2; generation <= 5; generation++) {
      await mkdir(join(folder, `more-${generation}`))
      for (let i = 0; i < generation; i++) await writeFile(join(folder, `more-${generation}`, `${i}.txt`), `In year ${generation} came number ${i}.`)
      await built(database, folder)
    }
    reading = false
    await reader
    expect([...seen]).toEqual(['1: 30 30', '2: 32 32', '3: 35 35', '4: 39 39', '5: 44 44'])
  })
})
