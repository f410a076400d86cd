import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Route } from '../server/route-table.ts'
import { type Failure, fuzz } from './fuzzing/send.ts'
import { withSampleIndex } from './sample.ts'

// Requests that no client sends, to a server in a process of its own: npm run test:fuzz -- --requests 10000 --seed N
// Exit code 1 at a reply of 5xx, a connection left open, a line in the log, a crash, or a heap that does not come back to its level.

/** Bytes that the heap may have grown by after all of them. */
const GROWTH = 8_000_000
/** Of the first requests, after which caches are filled. */
const WARM = 500

const { values } = parseArgs({ options: { requests: { type: 'string', default: '10000' }, seed: { type: 'string' } } })
const requests = Number(values.requests)
const seed = Number(values.seed ?? Date.now() % 1_000_000)

await withSampleIndex(async (index) => {
  const child = fork(fileURLToPath(new URL('./server-process.js', import.meta.url)), [index], {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  })
  let logged = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    logged += text
  })
  const [address] = (await once(child, 'message')) as [string]
  const port = Number(new URL(address).port)
  const routes = await asked<Route[]>(child, 'routes')
  console.log(`${requests} requests of seed ${seed} to ${routes.length} routes`)
  const began = performance.now()
  const first = await fuzz(port, routes, Math.min(WARM, requests), seed)
  const before = await asked<number>(child, 'heap')
  const rest = await fuzz(port, routes, Math.max(0, requests - WARM), seed + 1)
  const crashed = child.exitCode !== null
  const grown = crashed ? Number.NaN : (await asked<number>(child, 'heap')) - before
  const failures = [...first.failures, ...rest.failures]
  const counted = Object.entries(rest.statuses).map(([status, count]) => `${status}: ${count + (first.statuses[status] ?? 0)}`)
  console.log(`replies ${counted.join(', ')} in ${Math.round((performance.now() - began) / 1000)} s`)
  console.log(
    `of 5xx or left open: ${failures.length}; crashes: ${crashed ? 1 : 0}; heap in use ${mb(before)} MB after ${WARM}, ${mb(grown)} MB more after all`,
  )
  failures.slice(0, 10).forEach(tell)
  if (logged) console.log(`in its log:\n${logged.slice(0, 5000)}`)
  child.kill()
  if (failures.length > 0 || logged || crashed || !(grown < GROWTH)) process.exitCode = 1
})

async function asked<T>(child: ChildProcess, what: string): Promise<T> {
  child.send(what)
  const [reply] = (await once(child, 'message')) as [T]
  return reply
}

function tell({ what, got, sent }: Failure): void {
  console.log(`${what}: ${got}\n  ${JSON.stringify(sent)}`)
}

function mb(bytes: number): string {
  return (bytes / 1e6).toFixed(1)
}
