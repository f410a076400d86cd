import type { IncomingHttpHeaders } from 'node:http'
import { type Dispatcher, request } from 'undici'
import { type BodyLimit, discard, ENCODINGS, readBody, tooLarge } from './body.ts'

export interface Reply {
  status: number
  headers: IncomingHttpHeaders
  /** Of a page (status 200), unpacked; empty otherwise. */
  bytes: Uint8Array
}

export interface SendOptions {
  agent: Dispatcher
  headers: Record<string, string>
  body: BodyLimit
  /** From the request to the last byte of its reply, at most. */
  milliseconds: number
  signal?: AbortSignal
}

/** One GET, without following redirects. Throws what `reasonOf` puts into words. */
export async function send(url: URL, { agent, headers: asked, body, milliseconds, signal }: SendOptions): Promise<Reply> {
  const reply = await request(url, {
    dispatcher: agent,
    signal: AbortSignal.any([AbortSignal.timeout(milliseconds), ...(signal ? [signal] : [])]),
    headers: { accept: '*/*', 'accept-encoding': ENCODINGS, ...asked },
  })
  const headers = reply.headers as IncomingHttpHeaders
  if (reply.statusCode !== 200) {
    discard(reply.body)
    return { status: reply.statusCode, headers, bytes: new Uint8Array() }
  }
  if (body.beyond !== 'cut' && Number(headers['content-length']) > body.limit) {
    discard(reply.body)
    throw tooLarge(body.limit)
  }
  return { status: 200, headers, bytes: await readBody(reply.body, headers['content-encoding'], body) }
}

export function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status)
}

/** Milliseconds after which a busy server wants to be asked again; null when it does not say. */
export function retryAfter({ status, headers: { 'retry-after': value } }: Reply): number | null {
  if ((status !== 429 && status !== 503) || value === undefined) return null
  const later = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now()
  return Number.isNaN(later) ? null : Math.max(0, later)
}
