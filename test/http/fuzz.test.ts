import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import express from 'express'
import { expect, it } from 'vitest'
import { fuzz } from '../../bench/fuzzing/send.ts'
import { listen } from '../../server/listen.ts'
import { afterFile } from '../after.ts'
import { temporaryFolder } from '../fixtures.ts'
import { serveCorpus } from '../served.ts'

const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000)
/** Bytes that the heap may grow by: what a thousand requests leave behind must not add up. */
const GROWTH = 12_000_000

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

function heap(): number {
  collect()
  return process.memoryUsage().heapUsed
}

it(`a thousand requests that no client sends are refused or answered, and leave nothing behind (seed ${seed})`, { timeout: 120_000 }, async () => {
  const server = await serveCorpus({ FEEDBACK: join(await temporaryFolder(), 'feedback.jsonl') })
  const beginning = await fuzz(server.port, server.routes, 200, seed)
  const before = heap()
  const rest = await fuzz(server.port, server.routes, 800, seed + 1)
  expect([...beginning.failures, ...rest.failures]).toEqual([])
  expect(rest.statuses).toMatchObject({ 200: expect.any(Number) as number, 400: expect.any(Number) as number, 413: expect.any(Number) as number })
  expect(server.logged).toEqual([])
  expect((await server.ask('How many boats fish from the Pool?')).status).toBe('answered')
  expect(heap() - before).toBeLessThan(GROWTH)
})

it('a server without limits fails at some of them', async () => {
  const naive = express()
    .use(express.text({ type: () => true, limit: '100mb' }))
    .post('/api/ask', (request, response) => void response.json({ question: (JSON.parse(request.body as string) as { question: string }).question.trim() }))
  const { address, stop } = await listen(naive, '127.0.0.1', 0)
  afterFile(() => stop(1000))
  const { failures } = await fuzz(Number(new URL(address).port), [{ path: '/api/ask', methods: ['POST'] }], 100, seed)
  expect(failures.filter(({ got }) => got.startsWith('HTTP/1.1 500')).length).toBeGreaterThan(0)
})
