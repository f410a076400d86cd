import { beforeAll, describe, expect, it, vi } from 'vitest'
import { problemIn, type Reply, type Served, serveCorpus } from '../served.ts'

let server: Served
beforeAll(async () => {
  server = await serveCorpus()
})

describe('the page', () => {
  it.each(['/', '/source/any-id', '/source/any-id?start=1&end=2'])('is served at %s and is looked up anew each time', async (path) => {
    const reply = await server.send(path)
    expect(reply.status, 'the page is not built: npm run build').toBe(200)
    expect(reply.headers['content-type']).toMatch(/^text\/html/)
    expect(reply.headers['cache-control']).toBe('no-cache')
    expect(reply.text).toContain('<title>On Record</title>')
  })

  it('loads only files of its own, which are kept for good', async () => {
    const { text } = await server.send('/')
    const files = [...text.matchAll(/(?:src|href)="\.?(\/[^"]+)"/g)].map((match) => match[1] as string)
    expect(files.filter((file) => file.startsWith('/assets/')).length).toBeGreaterThan(1)
    expect(text).not.toMatch(/https?:\/\//)
    for (const file of files) {
      const reply = await server.send(file)
      expect(reply.status).toBe(200)
      if (file.startsWith('/assets/')) expect(reply.headers['cache-control']).toMatch(/max-age=31536000.*immutable/)
    }
  })

  it('has no inline code or style', async () => {
    const { text } = await server.send('/')
    expect(text).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/i)
  })
})

describe('security headers', () => {
  const policy = (reply: Reply) =>
    new Map(
      String(reply.headers['content-security-policy'])
        .split(';')
        .map((part) => [part.split(' ')[0], part.split(' ').slice(1).join(' ')]),
    )

  it.each(['/', '/source/x', '/favicon.svg', '/api/sources', '/healthz', '/nothing'])('stand on the reply to %s', async (path) => {
    const reply = await server.send(path)
    const { headers } = reply
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['x-frame-options']).toMatch(/SAMEORIGIN|DENY/)
    expect(headers['referrer-policy']).toBe('no-referrer')
    expect(headers['cross-origin-resource-policy']).toBe('same-origin')
    expect(headers['cross-origin-opener-policy']).toBe('same-origin')
    expect(headers['x-powered-by']).toBeUndefined()
    expect(Object.fromEntries(policy(reply))).toMatchObject({
      'default-src': "'self'",
      'script-src': "'self'",
      'style-src': "'self'",
      'object-src': "'none'",
      'frame-ancestors': "'none'",
      'require-trusted-types-for': "'script'",
    })
    expect(headers['content-security-policy']).not.toMatch(/unsafe|\*|data:|https?:/)
  })
})

describe('a path', () => {
  it.each([
    '/../package.json',
    '/..%2fpackage.json',
    '/%2e%2e/package.json',
    '/%2e%2e%2f%2e%2e%2fpackage.json',
    '/assets/../../cli/main.js',
    '/assets/..%2f..%2fcli%2fmain.js',
    '/assets/%2e%2e/%2e%2e/cli/main.js',
    '/assets/..%5c..%5ccli%5cmain.js',
    '/assets/....//....//cli/main.js',
    '//etc/passwd',
    '/assets//etc/passwd',
    '/%00',
    '/assets/%00.js',
    '/index.html%00.js',
    '/%c0%ae%c0%ae/package.json',
    '/%ff',
    '/%',
    '/.env',
    '/.git/config',
    '/assets/',
    '/assets',
  ])('never leads out of the page: %s', async (path) => {
    const reply = await server.send(path)
    expect(problemIn(reply).status).toBeOneOf([400, 403, 404])
    expect(reply.text).not.toMatch(/"dependencies"|root:|import /)
  })

  it.each(['/source/..%2f..%2fpackage.json', '/source/%2e%2e', '/source/%00', '/source/%2fetc%2fpasswd'])(
    'below /source is the page and nothing else: %s',
    async (path) => {
      const reply = await server.send(path)
      expect(reply.text).toContain('<title>On Record</title>')
    },
  )

  it.each(['/source/../../package.json', '/source/%', '/source/a/../../b'])('that is not one below /source is a problem: %s', async (path) => {
    expect(problemIn(await server.send(path)).status).toBeOneOf([400, 404])
  })

  it('of 20,000 characters is refused', async () => {
    expect((await server.send(`/${'a'.repeat(20_000)}`)).status).toBeOneOf([404, 414, 431])
  })
})

describe('headers', () => {
  const many = (n: number) => Object.fromEntries(Array.from({ length: n }, (_, i) => [`X-${i}`, '1']))

  it('may be 100, and not one more', async () => {
    // Host and Connection are two of them.
    expect((await server.send('/healthz', { headers: many(98) })).status).toBe(200)
    expect(problemIn(await server.send('/healthz', { headers: many(99) }))).toMatchObject({ status: 431, type: 'urn:onrecord:problem:too-many-headers' })
    expect((await server.send('/healthz', { headers: many(2500) })).status).toBe(431)
  })

  it('may have 16 KiB', async () => {
    expect((await server.send('/healthz', { headers: { 'X-Long': 'x'.repeat(15_000) } })).status).toBe(200)
    expect((await server.send('/healthz', { headers: { 'X-Long': 'x'.repeat(17_000) } })).status).toBe(431)
  })
})

describe('more requests than are allowed in a minute', () => {
  it('are refused with a problem, and the rest of the server goes on', async () => {
    const limited = await serveCorpus({ RATE_LIMIT: 3 })
    for (let i = 0; i < 3; i++) expect((await limited.send('/api/sources')).status).toBe(200)
    const reply = await limited.post('/api/ask', { question: 'How many boats fish from the Pool?' })
    expect(problemIn(reply)).toMatchObject({ status: 429, type: 'urn:onrecord:problem:too-many-requests' })
    expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0)
    for (const path of ['/', '/healthz', '/readyz']) expect((await limited.send(path)).status).toBe(200)
  })

  it('cannot be had by another X-Forwarded-For', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const limited = await serveCorpus({ RATE_LIMIT: 2 })
    const statuses: number[] = []
    for (let i = 0; i < 4; i++) statuses.push((await limited.send('/api/sources', { headers: { 'X-Forwarded-For': `10.0.0.${i}` } })).status)
    expect(statuses).toEqual([200, 200, 429, 429])
    vi.restoreAllMocks()
  })

  // express-rate-limit prints a ValidationError with its stack at the first such request, as behind every proxy.
  it('behind a proxy print nothing', async () => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
    const limited = await serveCorpus({ RATE_LIMIT: 2 })
    await limited.send('/api/sources', { headers: { 'X-Forwarded-For': '10.0.0.1' } })
    const times = printed.mock.calls.length
    vi.restoreAllMocks()
    expect(times).toBe(0)
  })

  it('are none where there is no limit', async () => {
    for (let i = 0; i < 150; i++) expect((await server.send('/api/sources?limit=1')).status).toBe(200)
  })
})
