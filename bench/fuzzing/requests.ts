import { gzipSync } from 'node:zlib'
import type { Route } from '../../server/route-table.ts'
import type { Chance } from './chance.ts'
import { body, text } from './values.ts'

export interface Fuzzed {
  what: string
  /** Written one after the other. */
  pieces: Buffer[]
  /** Is it whole, so that the server answers it and closes? What is not is followed by the end of the connection. */
  whole: boolean
}

type Make = (chance: Chance, routes: readonly Route[]) => Omit<Fuzzed, 'what'>

const END = '\r\n\r\n'
const HEADERS = [
  'Host',
  'Origin',
  'Accept',
  'Content-Type',
  'Content-Length',
  'Transfer-Encoding',
  'Authorization',
  'Range',
  'If-None-Match',
  'Expect',
  'X-Forwarded-For',
  'Forwarded',
]
const VALUES = [
  '',
  '*/*',
  'text/event-stream',
  'bytes=0-',
  'bytes=9-1,-,x',
  'null',
  '100-continue',
  'Bearer ',
  'chunked',
  '\u00ff\u00fe',
  'a'.repeat(3000),
  '\u0000',
  '127.0.0.1:99999',
  'W/"x"',
]
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT', 'PROPFIND', 'get', 'G\u00cbT', '']

/** Before the last one; of all connections together fewer than the server's queue holds, which would rightly refuse more. */
const PIPELINED = 6

/** Of one kind each; every kind comes as often. */
const KINDS: Record<string, Make> = {
  'raw bytes': (chance) => broken(chance.bytes(1 + chance.below(2000))),
  'a broken request line': (chance, routes) => {
    const parts = [
      chance.one(METHODS),
      chance.one([target(chance, routes), text(chance), '*', 'http://x/', '/'.repeat(5000)]),
      chance.one(['HTTP/1.1', 'HTTP/9.9', 'HTTP/1.0', 'HTTP/2', '']),
    ]
    return broken(`${parts.join(chance.one([' ', '  ', '\t']))}${chance.one(['\r\n', '\n', '\r'])}Host: localhost${END}`)
  },
  'odd headers': (chance, routes) => {
    const lines = chance.some(
      12,
      () => `${chance.one([...HEADERS, text(chance), 'X'])}${chance.one([': ', ':', ' : ', ''])}${chance.one([...VALUES, text(chance)])}`,
    )
    return broken(`GET ${target(chance, routes)} HTTP/1.1\r\nHost: localhost\r\n${lines.join('\r\n')}${END}`)
  },
  'very many headers': (chance, routes) => broken(`GET ${target(chance, routes)} HTTP/1.1\r\nHost: localhost\r\n${'a:b\r\n'.repeat(chance.below(5000))}\r\n`),
  'odd targets': (chance, routes) => whole(request('GET', target(chance, routes), [])),
  'any method': (chance, routes) => broken(request(chance.one(METHODS), target(chance, routes), [])),
  JSON: (chance, routes) => posted(chance, routes, Buffer.from(body(chance))),
  'JSON for a stream': (chance, routes) => posted(chance, routes, Buffer.from(body(chance)), ['Accept: text/event-stream']),
  'JSON for either': (chance, routes) => posted(chance, routes, Buffer.from(body(chance)), ['Accept: application/json, text/event-stream']),
  'bytes that are no UTF-8': (chance, routes) => {
    const odd = chance.one([[0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf8, 0x88, 0x80, 0x80, 0x80], [0xff], [0xef, 0xbb, 0xbf], [0]])
    return posted(
      chance,
      routes,
      Buffer.concat([Buffer.from('{"question":"boats '), Buffer.from(odd), Buffer.from('"}')]),
      [],
      ['', '; charset=utf-16', '; charset=utf-7', '; charset='],
    )
  },
  'compressed bodies': (chance, routes) => {
    const bomb = () => gzipSync(Buffer.alloc(chance.below(3_000_000), ' '))
    const bytes = chance.one([bomb, () => gzipSync(body(chance)), () => chance.bytes(200), () => gzipSync(body(chance)).subarray(0, 20)])()
    return posted(chance, routes, bytes, [`Content-Encoding: ${chance.one(['gzip', 'deflate', 'br', 'gzip, gzip', 'identity', 'zstd'])}`])
  },
  'chunks of wrong lengths': (chance, routes) => {
    const size = () => chance.one(['0', '1', '5', 'a', '-1', 'ffffffff', 'fffffffffffffffff', 'x', '', '5;x=y', ' 5'])
    const chunks = chance.some(6, () => `${size()}\r\n${text(chance)}\r\n`).join('')
    return broken(
      `${head('POST', posting(chance, routes), ['Content-Type: application/json', 'Transfer-Encoding: chunked'])}${chunks}${chance.one(['0\r\n\r\n', '', '0\r\nX: y\r\n\r\n'])}`,
    )
  },
  'lengths in conflict': (chance, routes) => {
    const length = () => chance.one(['0', '1', '10', '-1', '1e3', '0x10', '99999999999999999999', '5, 6', '', ' 7'])
    const lines = [
      `Content-Length: ${length()}`,
      chance.one([`Content-Length: ${length()}`, 'Transfer-Encoding: chunked', 'Transfer-Encoding: gzip, chunked', 'X: y']),
    ]
    return broken(`${head('POST', posting(chance, routes), ['Content-Type: application/json', ...lines])}${body(chance)}`)
  },
  'pipelined requests': (chance, routes) => {
    const each = () => chance.one([() => head('GET', target(chance, routes), []), () => post(posting(chance, routes), Buffer.from(body(chance)), [], '')])()
    return whole(Buffer.concat([...chance.some(PIPELINED, each).map((bytes) => Buffer.from(bytes)), request('GET', '/healthz', [])]))
  },
  'requests in pieces': (chance, routes) => {
    const bytes = post(posting(chance, routes), Buffer.from(body(chance)), ['Connection: close'], '')
    const at = chance.below(bytes.length)
    return { pieces: [bytes.subarray(0, at), bytes.subarray(at)], whole: true }
  },
  'bytes changed, left out or put in': (chance, routes) => {
    let bytes = chance.one([
      () => request('GET', target(chance, routes), []),
      () => post(posting(chance, routes), Buffer.from(body(chance)), ['Connection: close'], ''),
    ])()
    for (let n = 1 + chance.below(5); n > 0; n--) {
      const at = chance.below(bytes.length)
      bytes = Buffer.concat([bytes.subarray(0, at), chance.bytes(chance.below(3)), bytes.subarray(at + chance.below(3))])
    }
    return broken(bytes)
  },
}

export const KIND_NAMES = Object.keys(KINDS)

/** The next request, for any of the routes. */
export function fuzzed(chance: Chance, routes: readonly Route[]): Fuzzed {
  const what = chance.one(KIND_NAMES)
  return { what, ...(KINDS[what] as Make)(chance, routes) }
}

function broken(bytes: string | Buffer): Omit<Fuzzed, 'what'> {
  return { pieces: [typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes], whole: false }
}

function whole(bytes: Buffer): Omit<Fuzzed, 'what'> {
  return { pieces: [bytes], whole: true }
}

function head(method: string, path: string, lines: string[]): string {
  return `${method} ${path} HTTP/1.1\r\n${['Host: localhost', ...lines].join('\r\n')}${END}`
}

function request(method: string, path: string, lines: string[]): Buffer {
  return Buffer.from(head(method, path, [...lines, 'Connection: close']), 'latin1')
}

function post(path: string, content: Buffer, lines: string[], charset: string): Buffer {
  const all = [`Content-Type: application/json${charset}`, `Content-Length: ${content.length}`, ...lines]
  return Buffer.concat([Buffer.from(head('POST', path, all), 'latin1'), content])
}

function posted(chance: Chance, routes: readonly Route[], content: Buffer, lines: string[] = [], charsets: string[] = ['']): Omit<Fuzzed, 'what'> {
  return whole(post(posting(chance, routes), content, [...lines, 'Connection: close'], chance.one(charsets)))
}

/** A path of a route, its parameters filled with anything, perhaps with a query or something behind it. */
function target(chance: Chance, routes: readonly Route[]): string {
  const filled = chance.one(routes).path.replace(/:\w+/g, () => chance.one([encoded(text(chance)), '%', '%ff', '..%2f..', 'x'.repeat(3000)]))
  const query = chance.some(3, () => `${chance.one(['limit', 'cursor', 'start', '__proto__', 'a[b]', ''])}=${encoded(text(chance))}`)
  const behind = chance.one(['', '', '', '/', '//', '/..', '%00', '#', `?${query.join('&')}`, `?${'&'.repeat(2000)}`])
  return `${filled}${behind}`
}

function posting(chance: Chance, routes: readonly Route[]): string {
  return chance.one(routes.filter(({ methods }) => methods.includes('POST'))).path.replace(/:\w+/g, 'x')
}

/** Half a character, which nothing can encode, is replaced. */
function encoded(words: string): string {
  return encodeURIComponent(Buffer.from(words).toString())
}
