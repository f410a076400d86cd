import { connect } from 'node:net'
import { beforeAll, describe, expect, it } from 'vitest'
import { problemIn, type Served, serveCorpus } from '../served.ts'

const LISTED = 'https://news.example.org'

let server: Served
beforeAll(async () => {
  server = await serveCorpus({ HOSTS: ['record.example.org', 'Press.Example.ORG'], ORIGINS: [LISTED] })
})

describe('Host', () => {
  const get = (host: string) => server.send('/healthz', { headers: { Host: host } })

  it.each([
    'localhost',
    'LOCALHOST',
    'localhost:PORT',
    'localhost:8080',
    '127.0.0.1',
    '127.0.0.1:PORT',
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
    '[::1',
    '[::2]',
    '',
  ])('is refused when it is %j', async (host) => {
    expect(problemIn(await get(host.replaceAll('PORT', String(server.port))))).toMatchObject({ status: 421, type: 'urn:onrecord:problem:unknown-host' })
  })

  it('is needed', async () => {
    expect(await spoken(`GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400 /)
    expect(await spoken(`GET /healthz HTTP/1.0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 421 /)
  })

  it('is checked for the page, its files and the API alike', async () => {
    for (const path of ['/', '/source/x', '/favicon.svg', '/assets/x.js', '/api/sources', '/readyz', '/nothing']) {
      expect((await server.send(path, { headers: { Host: 'evil.example' } })).status).toBe(421)
    }
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
  const preflight = (origin: string) =>
    server.send('/api/ask', {
      method: 'OPTIONS',
      headers: { Origin: origin, 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'content-type' },
    })

  it('from a listed origin allows a question in JSON', async () => {
    const { status, headers, text } = await preflight(LISTED)
    expect([status, text]).toEqual([204, ''])
    expect(headers['access-control-allow-origin']).toBe(LISTED)
    expect(headers['access-control-allow-methods']).toMatch(/\bPOST\b/)
    expect(headers['access-control-allow-headers']).toMatch(/\bContent-Type\b/i)
  })

  it('from another origin lets the question come, so that its page can read why it is refused', async () => {
    const { status, headers, text } = await preflight('https://evil.example')
    expect([status, text]).toEqual([204, ''])
    expect(headers['access-control-allow-origin']).toBe('*')
    const reply = await server.post('/api/ask', { question: 'How many boats fish from the Pool?' }, { Origin: 'https://evil.example' })
    expect(problemIn(reply)).toMatchObject({ status: 403, type: 'urn:onrecord:problem:origin-not-allowed' })
  })
})
