import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { contentOf } from '../../bench/postgres/content.ts'
import { StubEmbedder } from '../../bench/postgres/stub.ts'
import { build } from '../../index/build.ts'
import { Digests } from '../../index/digests.ts'
import { list } from '../../index/documents.ts'
import { buildInDatabase, type DatabaseBuildOptions } from '../../index/postgres/build.ts'
import { beginGeneration } from '../../index/postgres/building.ts'
import { Database } from '../../index/postgres/connection.ts'
import { HeldSession } from '../../index/postgres/held.ts'
import { importIndex } from '../../index/postgres/import.ts'
import { plan } from '../../index/postgres/plan.ts'
import { Queue } from '../../index/postgres/queue.ts'
import { overAndOver } from '../../index/postgres/reconnect.ts'
import { migrate } from '../../index/postgres/schema.ts'
import { Worker } from '../../index/postgres/worker.ts'
import { storeOf } from '../../index/stores/registry.ts'
import { afterFile } from '../after.ts'
import { CORPUS, documents, readers, temporaryFolder } from '../fixtures.ts'
import type { NativeServer } from '../native-server.ts'
import { canStart, ownServer } from '../postgres.ts'
import { canMount, SmallDisk } from '../small-disk.ts'

const FULL = { code: 'DATABASE_FULL', what: expect.stringContaining('disk'), remedy: expect.stringContaining('Make room') }
const signal = new AbortController().signal

function built(database: Database, folder: string, options: Partial<DatabaseBuildOptions> = {}) {
  return buildInDatabase(database, { folders: [folder], embedder: new StubEmbedder(), loaders: readers(), signal, ...options })
}

/** Documents of so many passages in all that differ. */
function large(count: number): Promise<string> {
  const text = (i: number) =>
    Array.from({ length: 40 }, (_, n) => `Line ${n} of ledger ${i} was read aloud, said Mara Ellis, and its sum was ${i * n}.`).join(' ')
  return documents(Object.fromEntries(Array.from({ length: count }, (_, i) => [`${String(i).padStart(4, '0')}.txt`, text(i)])))
}

// The tables are on a small disk of their own, and the server's log of changes is not: a server whose log does not fit ends, and is waited for.
describe.skipIf(!canStart || !canMount)('a database whose disk is full', { timeout: 120_000 }, () => {
  let server: NativeServer
  let disk: SmallDisk
  let names = 0

  beforeAll(async () => {
    server = await ownServer()
    const place = join(server.folder, 'small')
    disk = await SmallDisk.at(place, 256)
    const database = await Database.open(server.urlOf('postgres'), { most: 1 })
    await database.run(`CREATE TABLESPACE small LOCATION '${place}'`).finally(() => database.close())
  })

  async function made(where = ''): Promise<Database> {
    disk.makeRoom()
    const name = `record_${++names}`
    const administration = await Database.open(server.urlOf('postgres'), { most: 1 })
    await administration.run(`CREATE DATABASE ${name} ${where}`).finally(() => administration.close())
    const database = await Database.open(server.urlOf(name))
    afterFile(() => database.close())
    await migrate(database)
    return database
  }
  const small = () => made('TABLESPACE small')

  test('is named by index, the record is as it was, and the next index makes what it would have made', async () => {
    const [database, alone] = [await small(), await made()]
    await built(database, CORPUS)
    const before = await contentOf(database)
    const folder = await large(120)
    await cp(CORPUS, folder, { recursive: true })
    for (const left of [0, 200_000, 1_000_000]) {
      disk.leave(left)
      await expect(built(database, folder)).rejects.toMatchObject(FULL)
      expect(await contentOf(database)).toEqual(before)
    }
    disk.makeRoom()
    expect(await built(database, folder)).toMatchObject({ sources: 134, skipped: [] })
    await built(alone, folder)
    expect(await contentOf(database)).toEqual(await contentOf(alone))
  })
  test('is named whatever of a generation is being made, and what was done is kept', async () => {
    const [database, alone] = [await small(), await made()]
    const folder = await large(120)
    const steps = ['index of words', 'index of titles', 'index of vectors', 'counts of terms and dates']
    let embedder = new StubEmbedder()
    for (const full of steps) {
      embedder = new StubEmbedder()
      const onStep = (step: string) => step === full && disk.leave(0)
      await expect(built(database, folder, { embedder, onStep })).rejects.toMatchObject(FULL)
      expect(await database.rows('SELECT current FROM onrecord.record')).toEqual([{ current: null }])
      disk.makeRoom()
    }
    // Files were done before the first of them.
    expect(embedder.count).toBe(0)
    expect(await built(database, folder, { embedder })).toMatchObject({ sources: 120, skipped: [] })
    await built(alone, folder)
    expect(await contentOf(database)).toEqual(await contentOf(alone))
  })

  test('ends a worker, again and again, without a word against the files it had', async () => {
    const [database, alone] = [await small(), await made()]
    const folder = await large(120)
    await database.session(async (own) => {
      const session = await HeldSession.of(own)
      const building = await beginGeneration(session, new StubEmbedder())
      await plan({ session, queue: await Queue.open(session), building, listed: await list([folder]), digests: new Digests(), signal })
      await session.unlockAll()
    })
    const work = () =>
      overAndOver(database, { signal }, async (session) => {
        const worker = await Worker.over(session, await Queue.open(session), { embedder: new StubEmbedder(), loaders: readers(), signal })
        await worker.run({ untilIdle: true })
        return worker.done
      })
    for (let left = 0; left < 600_000; left += 100_000) {
      disk.leave(left)
      await expect(work()).rejects.toMatchObject(FULL)
    }
    disk.makeRoom()
    await work()
    expect(await database.rows('SELECT max(attempts) AS attempts FROM onrecord.files')).toEqual([{ attempts: 0 }])
    expect(await built(database, folder)).toMatchObject({ sources: 120, skipped: [] })
    await built(alone, folder)
    expect(await contentOf(database)).toEqual(await contentOf(alone))
  })

  test('is named by import, which goes on once there is room', async () => {
    const [database, alone] = [await small(), await made()]
    const folder = await large(120)
    const { kind } = await storeOf('flat')
    const place = join(await temporaryFolder(), 'index')
    const embedder = new StubEmbedder()
    await build({ folders: [folder], embedder, store: kind, loaders: readers(), index: place })
    for (const left of [0, 400_000]) {
      disk.leave(left)
      await expect(importIndex(database, { index: place, embedder, signal })).rejects.toMatchObject(FULL)
      expect(await database.rows('SELECT current FROM onrecord.record')).toEqual([{ current: null }])
    }
    disk.makeRoom()
    expect(await importIndex(database, { index: place, embedder, signal })).toMatchObject({ sources: 120 })
    await importIndex(alone, { index: place, embedder, signal })
    expect(await contentOf(database)).toEqual(await contentOf(alone))
  })
})
