import { type IncomingHttpHeaders, request } from 'node:http'
import { FolderHome } from '../index/home.ts'
import { createApp, type Parts } from '../server/app.ts'
import { type Config, readConfig } from '../server/config.ts'
import type { Answer, Problem, SourceWithText } from '../server/contract.ts'
import { listen } from '../server/listen.ts'
import { createLog } from '../server/log.ts'
import { LiveRecord } from '../server/record.ts'
import { type Route, routesOf } from '../server/route-table.ts'
import { afterFile } from './after.ts'
import { checkDescribed } from './described.ts'
import { corpusIndex, embedder } from './fixtures.ts'

export interface Reply {
  status: number
  headers: IncomingHttpHeaders
  text: string
  bytes: Buffer
  json: <T>() => T
}

export interface Call {
  method?: string
  headers?: Record<string, string>
  body?: string | Uint8Array
}

/** A server over a real index, on a free port, in this process. */
export interface Served {
  /** http://127.0.0.1:41234 */
  address: string
  port: number
  record: LiveRecord
  /** What the app lists of itself: a new route joins the tests that go over all. */
  routes: Route[]
  /** Lines of the server's log: unless another level is set, what is wrong. */
  logged: string[]
  /** Sends exactly this: neither the path nor the headers are tidied. What comes back must be as /openapi.json has it. */
  send: (path: string, call?: Call) => Promise<Reply>
  post: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Reply>
  ask: (question: string, more?: object) => Promise<Answer>
  source: (id: string) => Promise<SourceWithText>
}

/** Serves the sample documents. */
export async function serveCorpus(settings: Partial<Config> = {}): Promise<Served> {
  return serve(await corpusIndex(), settings)
}

/** Serves an index, or none where the folder holds none. */
export async function serve(folder: string, settings: Partial<Config> = {}, parts: Parts = {}): Promise<Served> {
  const record = new LiveRecord(new FolderHome(folder), await embedder())
  await record.start()
  afterFile(() => record.close())
  return serveRecord(record, settings, parts)
}

export async function serveRecord(record: LiveRecord, settings: Partial<Config> = {}, parts: Parts = {}): Promise<Served> {
  const logged: string[] = []
  const all: Config = { ...readConfig({}), RATE_LIMIT: 0, LOG_LEVEL: 'warn', ...settings }
  const app = createApp(record, all, createLog(all, all.API_KEYS, { write: (line: string) => void logged.push(line) }), parts)
  const server = await listen(app, all.HOST, 0)
  afterFile(() => server.stop(1000))
  const port = Number(new URL(server.address).port)
  const send: Served['send'] = async (path, call = {}) => {
    const reply = await sendTo(port, path, call)
    // What it describes stands below the path that a proxy shows the server under.
    checkDescribed(call.method ?? 'GET', path.startsWith(`${all.BASE_PATH}/`) ? path.slice(all.BASE_PATH.length) : path, reply)
    return reply
  }
  const post: Served['post'] = (path, body, headers = {}) =>
    send(path, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) })
  return {
    address: server.address,
    port,
    record,
    routes: routesOf(app),
    logged,
    send,
    post,
    ask: async (question, more = {}) => expectOk(await post('/api/ask', { question, ...more })).json<Answer>(),
    source: async (id) => expectOk(await send(`/api/sources/${id}`)).json<SourceWithText>(),
  }
}

/** Sends exactly this to a port of this machine. */
export function sendTo(port: number, path: string, { method = 'GET', headers = {}, body }: Call = {}): Promise<Reply> {
  const all = { Host: `127.0.0.1:${port}`, Connection: 'close', ...headers }
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers: all, setHost: false, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const bytes = Buffer.concat(chunks)
        const text = bytes.toString('utf8')
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, bytes, json: <T>() => JSON.parse(text) as T })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

function expectOk(reply: Reply): Reply {
  if (reply.status !== 200) throw new Error(`${reply.status} ${reply.text.slice(0, 500)}`)
  return reply
}

export interface StreamEvent {
  event: string
  data: unknown
}

/** The events of a whole stream; throws at anything in it that is not `event:` and one line of JSON `data:`. */
export function eventsIn(stream: string): StreamEvent[] {
  const blocks = stream.split('\n\n')
  if (blocks.pop() !== '') throw new Error('the stream ends inside an event')
  return blocks.map((block) => {
    const match = /^event: (\w+)\ndata: ([^\r\n]*)$/.exec(block)
    if (!match) throw new Error(`not an event: ${block.slice(0, 200)}`)
    return { event: match[1] as string, data: JSON.parse(match[2] as string) as unknown }
  })
}

/** The problem in a reply. Throws when it is none, or not as RFC 9457 has it. */
export function problemIn(reply: Reply): Problem {
  if (reply.headers['content-type'] !== 'application/problem+json; charset=utf-8') {
    throw new Error(`no problem but ${reply.headers['content-type']}: ${reply.status} ${reply.text.slice(0, 200)}`)
  }
  const problem = reply.json<Problem>()
  if (problem.status !== reply.status) throw new Error(`the problem says ${problem.status}, the reply ${reply.status}`)
  if (!/^urn:onrecord:problem:[a-z-]+$/.test(problem.type) || !problem.title || !problem.detail) throw new Error(`not a whole problem: ${reply.text}`)
  return problem
}
