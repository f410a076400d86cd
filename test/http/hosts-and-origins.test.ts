import { connect } from 'node:net'
import { beforeAll, describe, expect, it } from 'vitest'
import { problemIn, type Served, serveCorpus } from '../served.ts'

const LISTED = 'https://news.example.org'

let server: Served
beforeAll(async () => {
  server = await serveCorpus({ HOSTS: ['record.example.org', 'Press.Example.ORG'], ORIGINS: [LISTED] })
})

/** What the server says to these bytes. */
function spoken(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = ''
    const socket = connect(server.port, '127.0.0.1', () => socket.write(bytes))
    socket.on('data', (data) => {
      heard += data
    })
    socket.on('error', reject).on('close', () => resolve(heard))
  })
}

describe('Host', () => {
  const get = (host: string) => server.send('/healthz', { headers: { Host: host } })

  it.each([
    'localhost',
    'LOCALHOST',
    'localhost:PORT',
    'localhost:8080',
    '127.0.0.1',
    '127.0.0.1:PORT',
    '127.0.0.1:00080',
    '[::1]',
    '[::1]:PORT',
    'record.example.org',
    'record.example.org:443',
    'press.example.org',
  ])('may be %s', async (host) => {
    expect((await get(host.replace('PORT', String(server.port)))).status).toBe(200)
  })

  it.each([
    'evil.example',
    'localhost.',
    'localhost.evil.example',
    'evil.localhost',
    'notlocalhost',
    '127.0.0.1.evil.example',
    '127.0.0.2',
    '0.0.0.0',
    '2130706433',
    'sub.record.example.org',
    'record.example.org.',
    'record.example.org.evil.example',
    'record.example.org@evil.example',
    'evil.example#record.example.org',
    'localhost:PORT:PORT',
    'localhost:',
    'localhost:999999',
    'localhost:-1',
    'localhost:http',
    'local host',
    'localhost/',
    'localhost\t.evil.example',
    'http://localhost',
    'user@localhost',
    'user:pass@localhost',
    'localhost%00',
    'localh\u00f6st',
    'xn--lcalhost-n4a',
    '127.1',
    '0177.0.0.1',
    '0x7f.0.0.1',
    '127.000.000.001',
    '127.0.0.1.',
    '::1',
    '[::1',
    '[::1].',
    '[0:0:0:0:0:0:0:1]',
    '[::1%25lo]',
    '[::2]',
    '',
  ])('is refused when it is %j', async (host) => {
    expect(problemIn(await get(host.replaceAll('PORT', String(server.port))))).toMatchObject({ status: 421, type: 'urn:onrecord:problem:unknown-host' })
  })

  it('is needed', async () => {
    expect(await spoken(`GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400 /)
    expect(await spoken(`GET /healthz HTTP/1.0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 421 /)
  })

  it.each<[string, number, string]>([
    ['one Host', 200, 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n'],
    ['two Hosts, one of them foreign', 421, 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n'],
    ['two Hosts, both its own', 421, 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: 127.0.0.1\r\n'],
    ['two Hosts in one', 421, 'GET /healthz HTTP/1.1\r\nHost: localhost, evil.example\r\n'],
    ['an absolute target of its own', 200, 'GET http://localhost/healthz HTTP/1.1\r\nHost: localhost\r\n'],
    ['an absolute target with a path alone that looks foreign', 404, 'GET http://localhost/http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n'],
    ['a foreign absolute target', 421, 'GET http://evil.example/healthz HTTP/1.1\r\nHost: localhost\r\n'],
    ['a foreign absolute target in capitals', 421, 'GET HTTP://EVIL.EXAMPLE/healthz HTTP/1.1\r\nHost: localhost\r\n'],
    ['an absolute target with a user', 421, 'GET http://localhost@evil.example/healthz HTTP/1.1\r\nHost: localhost\r\n'],
    ['an absolute target of its own under a foreign Host', 421, 'GET http://localhost/healthz HTTP/1.1\r\nHost: evil.example\r\n'],
    ['a target that is no address of ours', 400, 'GET file:/healthz HTTP/1.1\r\nHost: localhost\r\n'],
  ])('with %s gives %i', async (_what, status, head) => {
    expect(await spoken(`${head}Connection: close\r\n\r\n`)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
  })

  it('is checked for every route, the page and its files', async () => {
    for (const path of ['/favicon.svg', '/assets/x.js', '/nothing', '/metrics', '/mcp', ...server.routes.map((route) => route.path)]) {
      expect((await server.send(path, { headers: { Host: 'evil.example' } })).status).toBe(421)
    }
  })
})

describe('Origin', () => {
  const get = (origin: string | null, host = `127.0.0.1:${server.port}`) =>
    server.send('/api/sources', { headers: { Host: host, ...(origin === null ? {} : { Origin: origin.replace('PORT', String(server.port)) }) } })

  it('may be absent, as it is for anything but a page', async () => {
    const reply = await get(null)
    expect(reply.status).toBe(200)
    expect(reply.headers['access-control-allow-origin']).toBeUndefined()
  })

  it("may be the server's own, also where TLS ends before it", async () => {
    expect((await get('http://127.0.0.1:PORT')).status).toBe(200)
    expect((await get('https://record.example.org', 'record.example.org')).status).toBe(200)
  })

  it('may be a listed one, which is then told so', async () => {
    const reply = await get(LISTED)
    expect(reply.status).toBe(200)
    expect(reply.headers['access-control-allow-origin']).toBe(LISTED)
    expect(reply.headers['cross-origin-resource-policy']).toBe('cross-origin')
    expect(reply.headers['access-control-allow-credentials']).toBeUndefined()
  })

  it('is none of ours when two are sent, one of them listed', async () => {
    const socket = `GET /api/sources HTTP/1.1\r\nHost: localhost\r\nOrigin: ${LISTED}\r\nOrigin: https://evil.example\r\nConnection: close\r\n\r\n`
    expect(await spoken(socket)).toMatch(/^HTTP\/1\.1 403 /)
  })

  it('makes replies that caches keep apart', async () => {
    for (const origin of [null, LISTED, 'https://evil.example']) expect((await get(origin)).headers.vary).toMatch(/\bOrigin\b/i)
  })

  it.each([
    'https://evil.example',
    'null',
    '',
    'http://news.example.org',
    'https://news.example.org:8443',
    'https://news.example.org.evil.example',
    'https://evil.news.example.org',
    'https://newsxexample.org',
    'https://news.example.org/',
    'https://NEWS.example.org',
    `${LISTED}, https://evil.example`,
    `${LISTED} https://evil.example`,
    'https://news.example.org.',
    'https://news.example.org:443',
    'https://news.example.org:0',
    'HTTPS://news.example.org',
    'https:news.example.org',
    'https:/news.example.org',
    'https://news.example.orgx',
    'https://news.example.org@evil.example',
    'https://evil.example#https://news.example.org',
    'https://evil.example/https://news.example.org',
    'https://evil.example?https://news.example.org',
    'https://xn--nws-dma.example.org',
    'wss://news.example.org',
    'file://',
    'chrome-extension://news.example.org',
    'news.example.org',
    '//news.example.org',
    '*',
    'undefined',
    'http://127.0.0.1:PORT.',
    'http://127.0.0.1.:PORT',
    'http://127.0.0.1:PORT/',
    'http://127.0.0.1:PORT@evil.example',
    'ftp://127.0.0.1:PORT',
    'http://[::1]:PORT',
    'http://localhost:PORT',
    'http://127.0.0.1:1',
    'http://127.0.0.1',
  ])('is refused when it is %j', async (origin) => {
    const reply = await get(origin)
    expect(problemIn(reply)).toMatchObject({ status: 403, type: 'urn:onrecord:problem:origin-not-allowed' })
    // Any page may read that it is refused.
    expect(reply.headers['access-control-allow-origin']).toBe('*')
    expect(reply.text).not.toContain('"sources"')
  })

  it('is checked before a question is answered', async () => {
    const reply = await server.post('/api/ask', { question: 'How many boats fish from the Pool?' }, { Origin: 'https://evil.example' })
    expect(reply.status).toBe(403)
    expect(reply.text).not.toContain('quote')
  })
})

describe('a preflight', () => {
  const preflight = (origin: string, asked = 'content-type') =>
    server.send('/api/ask', {
      method: 'OPTIONS',
      headers: { Origin: origin, 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': asked },
    })
  const allowed = async (origin: string, asked: string) => String((await preflight(origin, asked)).headers['access-control-allow-headers']).split(', ')
  const usual = ['Content-Type', 'Accept', 'Authorization', 'Mcp-Protocol-Version']

  it('from a listed origin allows a question in JSON', async () => {
    const { status, headers, text } = await preflight(LISTED)
    expect([status, text]).toEqual([204, ''])
    expect(headers['access-control-allow-origin']).toBe(LISTED)
    expect(headers['access-control-allow-methods']).toMatch(/\bPOST\b/)
    expect(headers['access-control-allow-headers']).toMatch(/\bContent-Type\b/i)
  })

  it('from a listed origin allows the headers of its own that it asks for, and no other one does', async () => {
    expect(await allowed(LISTED, 'authorization,x-stainless-lang, x-stainless-os')).toEqual([...usual, 'authorization', 'x-stainless-lang', 'x-stainless-os'])
    expect(await allowed('https://evil.example', 'x-stainless-lang')).toEqual(usual)
  })

  it.each([
    ['anything at all', '*', []],
    ['nothing', '', []],
    ['what is no name', 'x-a b, x-c: d, (x), "x-e", x\u00e9, -x', []],
    ['a name among what is none', '*, x-a, x b', ['x-a']],
    ['a name too long', 'x'.repeat(65), []],
    ['more than anybody sends', Array.from({ length: 100 }, (_, i) => `x-${i}`).join(), Array.from({ length: 40 }, (_, i) => `x-${i}`)],
  ])('that asks for %s is allowed plain names only, and so many', async (_what, asked, more) => {
    expect(await allowed(LISTED, asked)).toEqual([...usual, ...more])
  })

  it('from another origin lets the question come, so that its page can read why it is refused', async () => {
    const { status, headers, text } = await preflight('https://evil.example')
    expect([status, text]).toEqual([204, ''])
    expect(headers['access-control-allow-origin']).toBe('*')
    const reply = await server.post('/api/ask', { question: 'How many boats fish from the Pool?' }, { Origin: 'https://evil.example' })
    expect(problemIn(reply)).toMatchObject({ status: 403, type: 'urn:onrecord:problem:origin-not-allowed' })
  })
})
