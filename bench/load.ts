import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import autocannon from 'autocannon'
import { openIndex } from '../index/current.ts'
import { TransformersEmbedder } from '../index/embedders/transformers.ts'
import { builtServer } from './built-server.ts'
import { questionsOf, questionsOfSet } from './distinct-questions.ts'
import { hold } from './hold.ts'
import { SERVER_THREADS, withSampleIndex } from './sample.ts'

// What the built server does under load: npm run test:load -- [--set FILE] [--index DIR] [--seconds N] [--questions N]
// --questions asks so many more at the end and compares the memory. Exit code 1 when a figure is over its limit.
const { values } = parseArgs({
  options: { set: { type: 'string' }, index: { type: 'string' }, seconds: { type: 'string', default: '60' }, questions: { type: 'string' } },
})

/** Seconds that each of the shorter measures takes. */
const SPELL = 10
const CLIENTS = 32
const SLOW_SOCKETS = 1000
/** Questions after which the memory is taken for the first time. */
const SETTLED = 5000

interface Load {
  /** ms, the shortest first. */
  times: number[]
  errors: number
  perSecond: number
}

if (values.index === undefined) await withSampleIndex(measure)
else await measure(resolve(values.index))

async function measure(index: string): Promise<void> {
  const embedder = await TransformersEmbedder.start({ threads: SERVER_THREADS })
  const { generation } = await openIndex(index, embedder)
  const questions = values.set === undefined ? questionsOf(generation) : await questionsOfSet(values.set)
  console.log(
    `${questions.length} distinct questions, ${generation.sources.length} documents, ${SERVER_THREADS} embedding threads, ${availableParallelism()} cores`,
  )
  // It writes a line of log for each request, as it does for anybody.
  const { child, address } = await builtServer(index, { log: 'ignore' })
  let next = 0
  const question = () => questions[next++ % questions.length] as string
  const load = (connections: number, end: { duration: number } | { amount: number }) => loaded(address, question, connections, end)
  try {
    await load(4, { duration: 2 })
    const one = await load(1, { duration: SPELL })
    const before = await embedderAlone(embedder, question)
    const many = await load(CLIENTS, { duration: Number(values.seconds) })
    const alone = (before + (await embedderAlone(embedder, question))) / 2
    console.log(`one client: ${told(one)}`)
    console.log(`${CLIENTS} clients: ${told(many)}; the embedding threads alone ${alone.toFixed(1)} questions a second`)
    hold('errors', one.errors + many.errors, 0)
    hold(`p99 of ${CLIENTS} clients, ms`, at(many, 0.99), Math.max(250, 6 * at(one, 0.5)))
    hold('the embedding threads alone over the server', alone / many.perSecond, 1 / 0.8)

    const quiet = await load(4, { duration: SPELL })
    const sockets = slowSockets(Number(new URL(address).port))
    const beside = await load(4, { duration: SPELL })
    sockets.close()
    console.log(`4 clients: ${told(quiet)}; beside ${SLOW_SOCKETS} silent and slow sockets: ${told(beside)}`)
    hold('errors', quiet.errors + beside.errors, 0)
    hold('p95 beside slow sockets over p95 without', at(beside, 0.95) / at(quiet, 0.95), 2)

    if (values.questions !== undefined) {
      const settled = await load(CLIENTS, { amount: SETTLED })
      const first = await memoryOf(address)
      const rest = await load(CLIENTS, { amount: Number(values.questions) - SETTLED })
      const last = await memoryOf(address)
      console.log(`memory after ${SETTLED} questions ${(first / 1e6).toFixed(0)} MB, after ${values.questions} ${(last / 1e6).toFixed(0)} MB`)
      hold('errors', settled.errors + rest.errors, 0)
      hold('memory at the end over that after the first', last / first, 1.05)
    }
  } finally {
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    hold('exit code', (await ended)[0] as number, 0)
    await generation.close()
    await embedder.close()
  }
}

async function loaded(url: string, question: () => string, connections: number, end: { duration: number } | { amount: number }): Promise<Load> {
  const times: number[] = []
  let refused = 0
  const began = performance.now()
  const requests: autocannon.Request[] = [
    {
      method: 'POST',
      path: '/api/ask',
      headers: { 'Content-Type': 'application/json' },
      setupRequest: (request) => ({ ...request, body: JSON.stringify({ question: question() }) }),
    },
  ]
  const { errors } = await new Promise<autocannon.Result>((done, reject) => {
    const run = autocannon({ url, connections, timeout: 60, ...end, requests }, (error, result) => (error ? reject(error as Error) : done(result)))
    run.on('response', (_client, status, _bytes, ms) => {
      if (status === 200) times.push(ms)
      else refused++
    })
  })
  return { times: times.sort((a, b) => a - b), errors: errors + refused, perSecond: (times.length * 1000) / (performance.now() - began) }
}

/** Questions a second that the threads embed when nothing else is to be done. */
async function embedderAlone(embedder: TransformersEmbedder, question: () => string): Promise<number> {
  const until = performance.now() + SPELL * 1000
  let done = 0
  const asker = async () => {
    for (; performance.now() < until; done++) await embedder.embedWords(question())
  }
  await Promise.all(Array.from({ length: SERVER_THREADS * 4 }, asker))
  return done / SPELL
}

/** Half of them say nothing, half send their headers byte by byte; one that is hung up on comes again. */
function slowSockets(port: number): { close: () => void } {
  const open = new Set<Socket>()
  let closed = false
  const add = (slow: boolean) => {
    const socket = connect(port, '127.0.0.1').on('error', () => {})
    open.add(socket)
    const header = `GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ${'a'.repeat(1000)}`
    let sent = 0
    const drip = slow ? setInterval(() => socket.write(header[sent++ % header.length] as string), 500) : undefined
    socket.on('close', () => {
      clearInterval(drip)
      open.delete(socket)
      if (!closed) add(slow)
    })
  }
  for (let i = 0; i < SLOW_SOCKETS; i++) add(i % 2 === 0)
  return {
    close: () => {
      closed = true
      for (const socket of open) socket.destroy()
    },
  }
}

/** Bytes of memory that the server's process holds. */
async function memoryOf(address: string): Promise<number> {
  const text = await (await fetch(`${address}/metrics`)).text()
  return Number(/^process_resident_memory_bytes (\S+)$/m.exec(text)?.[1])
}

function at({ times }: Load, share: number): number {
  return times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? Number.NaN
}

function told(load: Load): string {
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => at(load, share).toFixed(0))
  return `p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms, ${load.perSecond.toFixed(1)} questions a second, ${load.errors} errors`
}
