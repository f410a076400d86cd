import { getEventListeners } from 'node:events'
import { expect, it } from 'vitest'
import { OnRecordError } from '../../index/errors.ts'
import { WorkerPool } from '../../index/worker-pool.ts'
import { afterFile } from '../after.ts'

interface Job {
  name: string
  /** Of so many threads that run it, each dies. */
  kills?: number
}

/** A thread that answers a job with its name and how many jobs were begun before it; or dies of an error that nothing catches. */
const THREAD = `
import { parentPort, workerData } from 'node:worker_threads'
const begun = new Int32Array(workerData.begun)
const died = new Map()
parentPort.on('message', ({ name, kills = 0 }) => {
  const nth = Atomics.add(begun, 0, 1)
  if (Atomics.add(begun, 1, kills > 0 ? 1 : 0) < kills) setImmediate(() => { throw new Error('a crash') })
  else setTimeout(() => parentPort.postMessage({ result: { name, nth } }), 2)
})
parentPort.postMessage({ ready: {} })
`

async function pool(size: number) {
  const begun = new SharedArrayBuffer(8)
  const started = await WorkerPool.start<{ name: string; nth: number }, object>({
    url: new URL(`data:text/javascript,${encodeURIComponent(THREAD)}`),
    data: { begun },
    size,
    failed: (cause) => new OnRecordError('EMBEDDER_FAILED', `Failed: ${cause instanceof Error ? cause.message : String(cause)}.`, ''),
  })
  afterFile(() => started.close())
  const run = (job: Job, signal?: AbortSignal) => started.run(job, true, signal).then(({ name }) => name)
  return { run, close: () => started.close(), begun: () => Atomics.load(new Int32Array(begun), 0) }
}

it.each([1, 2])('of %i threads one that dies is replaced, and every job is done, the one that it died of too', async (size) => {
  const { run } = await pool(size)
  const jobs = ['a', 'b', 'killer', 'c', 'd', 'e'].map((name) => run({ name, kills: name === 'killer' ? 1 : 0 }))
  expect(await Promise.all(jobs)).toEqual(['a', 'b', 'killer', 'c', 'd', 'e'])
})

it('a job of which a second thread dies fails, and no other one', async () => {
  const { run } = await pool(1)
  const [killer, ...others] = ['killer', 'a', 'b', 'c'].map((name) => run({ name, kills: name === 'killer' ? 9 : 0 }))
  await expect(killer).rejects.toMatchObject({ code: 'EMBEDDER_FAILED' })
  expect(await Promise.all(others)).toEqual(['a', 'b', 'c'])
  expect(await run({ name: 'later' })).toBe('later')
})

it('a job that is taken back before a thread has it is never begun', async () => {
  const { run, begun } = await pool(1)
  const gone = new AbortController()
  const first = [run({ name: 'a' }), run({ name: 'b' })]
  const left = run({ name: 'c' }, gone.signal)
  gone.abort(new Error('gone'))
  await expect(left).rejects.toThrow('gone')
  await Promise.all(first)
  expect(await run({ name: 'd' })).toBe('d')
  expect(begun()).toBe(3)
})

it('leaves nothing on a signal that outlives its jobs', async () => {
  const { run } = await pool(2)
  const { signal } = new AbortController()
  const jobs = [run({ name: 'a' }, signal), run({ name: 'killer', kills: 9 }, signal), run({ name: 'b' }, signal)]
  expect(getEventListeners(signal, 'abort')).toHaveLength(3)
  expect((await Promise.allSettled(jobs)).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(getEventListeners(signal, 'abort')).toEqual([])
})

it('closed while a thread dies, it refuses what is left', async () => {
  const { run, close } = await pool(1)
  const jobs = Promise.allSettled([run({ name: 'killer', kills: 1 }), run({ name: 'a' }), run({ name: 'b' })])
  await Promise.all([close(), close()])
  expect((await jobs).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
})
