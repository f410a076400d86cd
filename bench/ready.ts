import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { packageRoot } from '../index/package-root.ts'
import { median, withSampleIndex } from './sample.ts'

const RUNS = 5
/** From starting the process until it can answer, in ms. */
const LIMIT = 3000

await withSampleIndex(async (index) => {
  const times: number[] = []
  for (let i = 0; i < RUNS; i++) times.push(await timeToReady(index, await freePort()))
  console.log(`ready to answer after ${times.map((ms) => Math.round(ms)).join(', ')} ms; median ${Math.round(median(times))} ms, at most ${LIMIT} ms`)
  if (median(times) > LIMIT) process.exitCode = 1
})

async function timeToReady(index: string, port: number): Promise<number> {
  const began = performance.now()
  const server = spawn(process.execPath, [join(packageRoot(), 'bin', 'onrecord.mjs'), 'serve', '--index', index, '--port', String(port)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = once(server, 'exit')
  while (!(await isReady(port))) {
    if (server.exitCode !== null) throw new Error('the server ended')
    await wait(10)
  }
  const time = performance.now() - began
  server.kill()
  await ended
  return time
}

async function isReady(port: number): Promise<boolean> {
  const reply = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null)
  return reply?.status === 200
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
