import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { StubEmbedder } from '../../bench/postgres/stub.ts'
import { Digests } from '../../index/digests.ts'
import { list } from '../../index/documents.ts'
import { OnRecordError } from '../../index/errors.ts'
import { beginGeneration } from '../../index/postgres/building.ts'
import { claim, giveBack, Takeover } from '../../index/postgres/claims.ts'
import { HeldSession } from '../../index/postgres/held.ts'
import { plan } from '../../index/postgres/plan.ts'
import { Queue } from '../../index/postgres/queue.ts'
import { documents } from '../fixtures.ts'
import { hasServer, recordDatabase } from '../postgres.ts'

describe.runIf(hasServer)('files that a worker had which is gone', () => {
  test.each([
    ['could not give them back, for the disk was full, are taken over and not counted', new OnRecordError('DATABASE_FULL', 'Full.', 'Make room.'), 0],
    ['said nothing are taken over and counted', null, 1],
  ])('and %s', async (_, failure, attempts) => {
    const database = await recordDatabase()
    const listed = await list([await documents({ 'a.txt': 'One thing was said.', 'b.txt': 'Another thing was said.' })])
    await database.session(async (own) => {
      const session = await HeldSession.of(own)
      const queue = await Queue.open(session)
      const building = await beginGeneration(session, new StubEmbedder())
      await plan({ session, queue, building, listed, digests: new Digests(), signal: undefined })
      const [worker, other] = [7, 8]
      const files = (await claim(session, queue, worker))?.files.map(({ file }) => file)
      expect(files).toHaveLength(2)
      if (failure) {
        const full = { remove: async () => {}, add: async () => Promise.reject(failure) } as unknown as Queue
        await expect(giveBack(session, full, worker, false)).rejects.toBe(failure)
      }
      expect(await claim(session, queue, other)).toBeNull()
      const takeover = new Takeover()
      while (!(await takeover.look(session, queue))) await wait(100)
      expect(await session.rows('SELECT DISTINCT attempts FROM onrecord.files')).toEqual([{ attempts }])
      const again = []
      for (let taken = await claim(session, queue, other); taken; taken = await claim(session, queue, other)) again.push(...taken.files)
      // Files that are tried alone come in any order.
      expect(again.map(({ file }) => file).sort()).toEqual(files?.sort())
    })
  })
})
