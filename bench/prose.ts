import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import { quantile } from '../eval/measures.ts'
import { openIndex } from '../index/current.ts'
import { TransformersEmbedder } from '../index/embedders/transformers.ts'
import { builtServer } from './built-server.ts'
import { questionsOf } from './distinct-questions.ts'
import { withSampleIndex } from './sample.ts'

// When the quotes are there, with a language model that fails and without one: npm run bench:prose -- [--questions 100] [--json]
// Built servers over the sample documents are asked the same questions in turns, as streams; what counts is the time to an answer's last quote.
const { values } = parseArgs({ options: { questions: { type: 'string', default: '100' }, json: { type: 'boolean', default: false } } })
const WARM_UP = 50

/** What the model's server does with a request. */
const MODELS: Record<string, (response: ServerResponse) => void> = {
  'a model that never replies': () => {},
  'a model that fails (500)': (response) => response.writeHead(500).end(),
  'a model that writes nonsense without end': (response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' })
    const chunk = `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content: 'nonsense ' } }] })}\n\n`
    const writing = setInterval(() => response.write(chunk), 5)
    response.on('close', () => clearInterval(writing))
  },
}

const models = createServer((request, response) => {
  request.resume()
  MODELS[decodeURIComponent(request.url?.split('/')[1] ?? '')]?.(response)
}).listen(0, '127.0.0.1')
await once(models, 'listening')
const { port } = models.address() as AddressInfo

await withSampleIndex(async (index) => {
  const withModel = (name: string) => ({
    ONRECORD_CHAT_MODEL: 'openai:test',
    ONRECORD_CHAT_URL: `http://127.0.0.1:${port}/${encodeURIComponent(name)}/v1`,
  })
  const names = ['no model', 'a model that is not there', ...Object.keys(MODELS)]
  const environments = [{}, { ...withModel('none'), ONRECORD_CHAT_URL: 'http://127.0.0.1:9/v1' }, ...Object.keys(MODELS).map(withModel)]
  const servers = await Promise.all(environments.map((env) => builtServer(index, { env, log: 'ignore' })))
  const times = servers.map((): number[] => [])
  try {
    for (const question of await questions(index, WARM_UP + Number(values.questions)))
      for (const [i, { address }] of servers.entries()) times[i]?.push(await untilLastQuote(address, question))
  } finally {
    for (const { child } of servers) child.kill('SIGTERM')
    models.close()
    models.closeAllConnections()
  }
  const told = names.map((name, i) => {
    const taken = (times[i] as number[]).slice(WARM_UP)
    return { name, p50: quantile(taken, 0.5) as number, p95: quantile(taken, 0.95) as number }
  })
  if (values.json) console.log(JSON.stringify(told))
  else for (const { name, p50, p95 } of told) console.log(`${name.padEnd(42)} p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms to the last quote`)
})

async function questions(index: string, count: number): Promise<string[]> {
  const embedder = await TransformersEmbedder.start()
  const { generation } = await openIndex(index, embedder)
  const all = questionsOf(generation).slice(0, count)
  await generation.close()
  await embedder.close()
  return all
}

/** ms until the last quote of an answer, or the answer that has none, has come; then the client leaves. */
async function untilLastQuote(address: string, question: string): Promise<number> {
  const leave = new AbortController()
  const began = performance.now()
  const response = await fetch(`${address}/api/ask`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
    body: JSON.stringify({ question }),
    signal: leave.signal,
  })
  // All quotes are written in one go: the first piece of the reply holds them, or the answer that is not on record.
  const piece = await response.body?.getReader().read()
  const taken = performance.now() - began
  if (!/^event: (?:citation|answer)$/m.test(new TextDecoder().decode(piece?.value))) throw new Error(`${question}: no quote came first`)
  leave.abort()
  return taken
}
