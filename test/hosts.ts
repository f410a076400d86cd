import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { addressRule } from '../fetching/address.ts'
import { Fetcher, type FetcherOptions } from '../fetching/fetcher.ts'
import { guardedAgent, type Resolve } from '../fetching/guarded-agent.ts'
import { afterFile } from './after.ts'

export type Answer = (response: ServerResponse, request: IncomingMessage) => unknown

export interface Host {
  /** http://127.0.0.1:41234 */
  origin: string
  port: number
  /** What was asked for, in this order. */
  asked: { path: string; headers: IncomingHttpHeaders; at: number }[]
  paths: () => string[]
  /** What is answered to a path; 404 to any other. */
  answers: Record<string, Answer>
}

/** Starts a web server on a free port of this machine, until the file's tests end. */
export async function host(answers: Record<string, Answer> = {}): Promise<Host> {
  const asked: Host['asked'] = []
  const own = { ...answers }
  const server = createServer((request, response) => {
    const path = request.url as string
    asked.push({ path, headers: request.headers, at: performance.now() })
    const answer = Object.hasOwn(own, path) ? own[path] : undefined
    if (answer) answer(response, request)
    else response.writeHead(404).end()
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  afterFile(() => {
    server.close()
    server.closeAllConnections()
  })
  const { port } = server.address() as AddressInfo
  return { origin: `http://127.0.0.1:${port}`, port, asked, paths: () => asked.map(({ path }) => path), answers: own }
}

/** Answers with a page. */
export function page(body: string | Uint8Array, headers: Record<string, string> = {}): Answer {
  return (response) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body)
}

export function status(code: number, headers: Record<string, string> = {}): Answer {
  return (response) => response.writeHead(code, headers).end()
}

export const redirect = (location: string) => status(302, { location })

/** A fetcher that may reach 127.0.0.1, and nothing else that is not public; it pauses for no longer than it is told. */
export function fetcher({ politeness, resolve, ...options }: Partial<FetcherOptions> & { resolve?: Resolve } = {}): Fetcher {
  const agent = guardedAgent(addressRule(['127.0.0.1/32']), resolve)
  afterFile(() => agent.destroy())
  return new Fetcher({ agent, version: '0.0.0', politeness: { pause: 0, ...politeness }, ...options })
}
