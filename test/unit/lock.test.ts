import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type link, readFile, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { DISK } from '../../index/disk.ts'
import { type Holder, LOCK, WriterLock, writerOf } from '../../index/lock.ts'
import { failureOf, namesIn, temporaryFolder } from '../fixtures.ts'

const SOMEBODY: Holder = { token: 'abc', pid: 1, host: hostname(), started: null, since: '2026-01-02T03:04:05.678Z' }

/** The number of a process that has ended. */
async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  return child.pid as number
}

async function lockedBy(holder: Partial<Holder>): Promise<string> {
  const index = await temporaryFolder()
  await writeFile(join(index, LOCK), JSON.stringify({ ...SOMEBODY, ...holder }))
  return index
}

it('is held by one at a time; a second one is told who', async () => {
  const index = await temporaryFolder()
  const lock = await WriterLock.take(index)
  const { code, what } = await failureOf(WriterLock.take(index))
  expect([code, what]).toEqual(['INDEX_LOCKED', expect.stringMatching(new RegExp(`number ${process.pid} on ${hostname()}, since 20`))])
  expect((await writerOf(index))?.pid).toBe(process.pid)
  await lock.release()
  expect(await writerOf(index)).toBeNull()
  await (await WriterLock.take(index)).release()
  expect(await namesIn(index)).toEqual([])
})

it.each<[string, () => Promise<Partial<Holder>>]>([
  ['that has ended', async () => ({ pid: await deadProcess() })],
  ['whose number another has now', async () => ({ pid: process.ppid, started: 'earlier' })],
  ['whose number this one has now, as in a container that was started again', async () => ({ pid: process.pid })],
])('of a process %s is taken over', async (_, holder) => {
  const index = await lockedBy(await holder())
  expect(await writerOf(index)).toBeNull()
  await (await WriterLock.take(index)).release()
  expect(await namesIn(index)).toEqual([])
})

it('of another machine is taken over once nothing was heard of it for long', async () => {
  const index = await lockedBy({ host: 'another', pid: await deadProcess() })
  expect((await failureOf(WriterLock.take(index))).what).toContain('on another')
  const before = new Date(Date.now() - 150_000)
  await utimes(join(index, LOCK), before, before)
  await (await WriterLock.take(index)).release()
})

it('that a crash of the machine cut short is taken over', async () => {
  const index = await temporaryFolder()
  await writeFile(join(index, LOCK), '{"tok')
  const before = new Date(Date.now() - 5000)
  await utimes(join(index, LOCK), before, before)
  await (await WriterLock.take(index)).release()
})

it.each([true, false])('of a dead process goes to one of many that see it at once (links: %s)', async (links) => {
  const noLinks = { ...DISK, link: () => Promise.reject(Object.assign(new Error('not permitted'), { code: 'EPERM' })) as ReturnType<typeof link> }
  for (let round = 0; round < 10; round++) {
    const index = await lockedBy({ pid: await deadProcess() })
    const taken = await Promise.allSettled(Array.from({ length: 20 }, () => WriterLock.take(index, links ? DISK : noLinks)))
    const locks = taken.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(locks).toHaveLength(1)
    expect(JSON.parse(await readFile(join(index, LOCK), 'utf8'))).toMatchObject({ pid: process.pid })
    await locks[0]?.release()
  }
})

it('that a process forgot is not given back by another', async () => {
  const index = await temporaryFolder()
  const lock = await WriterLock.take(index)
  await writeFile(join(index, LOCK), JSON.stringify(SOMEBODY))
  await lock.release()
  expect(await namesIn(index)).toEqual([LOCK])
})
