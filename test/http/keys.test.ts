import { beforeAll, describe, expect, it } from 'vitest'
import { problemIn, type Served, serveCorpus } from '../served.ts'

const [KEY, OTHER] = ['first-key-0123456789', 'other/key+0123456789==']
const LISTED = 'https://news.example.org'
const bearer = (key: string) => ({ Authorization: `Bearer ${key}` })

let server: Served
beforeAll(async () => {
  server = await serveCorpus({ API_KEYS: [KEY, OTHER], ORIGINS: [LISTED], RATE_LIMIT: 0 })
})

describe('where there are keys', () => {
  it('every route of the API needs one, and a new route joins', async () => {
    const routes = server.routes.filter(({ path }) => path.startsWith('/api/'))
    expect(routes.length).toBeGreaterThan(5)
    for (const { path, methods } of [...routes, { path: '/api/nothing', methods: ['GET'] }]) {
      const [method] = methods as [string]
      const refused = await server.send(path.replace(':id', 'x'), { method })
      expect(problemIn(refused)).toMatchObject({ status: 401, type: 'urn:onrecord:problem:key-needed' })
      expect(refused.headers['www-authenticate']).toBe('Bearer')
      const body = method === 'POST' ? { body: '{', headers: { ...bearer(KEY), 'Content-Type': 'application/json' } } : { headers: bearer(KEY) }
      expect((await server.send(path.replace(':id', 'x'), { method, ...body })).status).not.toBe(401)
    }
  })

  it('so does every route of the protocols of others, told in their own form', async () => {
    const routes = server.routes.filter(({ path }) => /^\/(?:mcp$|v1\/)/.test(path))
    expect(routes.map(({ path }) => path)).toEqual(['/mcp', '/v1/chat/completions', '/v1/models', '/v1/models/:model'])
    for (const { path, methods } of routes) {
      const refused = await server.send(path, { method: methods[0] as string })
      expect([refused.status, refused.headers['www-authenticate'], refused.text]).toEqual([401, 'Bearer', expect.stringContaining('key-needed')])
      expect((await server.send(path, { method: methods[0] as string, headers: bearer(KEY) })).status).not.toBe(401)
    }
  })

  it('each of them answers, and the word Bearer in any case', async () => {
    for (const headers of [bearer(KEY), bearer(OTHER), { authorization: `bearer ${KEY}` }])
      expect((await server.post('/api/ask', { question: 'How many boats fish from the Pool?' }, headers)).json()).toMatchObject({ status: 'answered' })
  })

  it.each([
    '',
    'Bearer',
    'Bearer ',
    `Bearer ${KEY.slice(0, -1)}`,
    `Bearer ${KEY}x`,
    `Bearer ${KEY.toUpperCase()}`,
    `Bearer ${KEY} ${OTHER}`,
    `Bearer ${KEY}, Bearer ${OTHER}`,
    `Basic ${KEY}`,
    `Basic ${Buffer.from(`x:${KEY}`).toString('base64')}`,
    KEY,
    `Bearer ${'x'.repeat(8000)}`,
  ])('Authorization: %s is none of them', async (authorization) => {
    expect((await server.send('/api/sources', { headers: { Authorization: authorization } })).status).toBe(401)
  })

  it('a key stands nowhere but in its header', async () => {
    expect((await server.send(`/api/sources?key=${KEY}`)).status).toBe(401)
    expect((await server.send('/api/sources', { headers: { Cookie: `key=${KEY}`, 'X-Api-Key': KEY } })).status).toBe(401)
  })

  it('a page needs one as well, its origin listed or our own, and may send it', async () => {
    for (const Origin of [LISTED, server.address]) expect((await server.send('/api/sources', { headers: { Origin } })).status).toBe(401)
    const preflight = await server.send('/api/ask', { method: 'OPTIONS', headers: { Origin: LISTED, 'Access-Control-Request-Headers': 'authorization' } })
    expect([preflight.status, preflight.headers['access-control-allow-headers']]).toEqual([204, expect.stringMatching(/\bAuthorization\b/)])
    const reply = await server.send('/api/sources', { headers: { Origin: LISTED, ...bearer(KEY) } })
    expect([reply.status, reply.headers['access-control-allow-origin']]).toEqual([200, LISTED])
    expect((await server.send('/api/sources', { headers: { Origin: 'https://evil.example', ...bearer(KEY) } })).status).toBe(403)
  })

  it('files and health stay open', async () => {
    for (const path of ['/', '/source/x', '/widget.js', '/embed', '/healthz', '/readyz']) expect((await server.send(path)).status).toBe(200)
  })
})

describe('a limit', () => {
  const statuses = async (limited: Served, headers: Record<string, string>[]) => {
    const seen: number[] = []
    for (const each of headers) seen.push((await limited.send('/api/sources?limit=1', { headers: each })).status)
    return seen
  }

  it('is of a key where one is shown, and of an address where a wrong one is', async () => {
    const limited = await serveCorpus({ API_KEYS: [KEY, OTHER], RATE_LIMIT: 1 })
    const wrong = ['a', 'b'].map((c) => bearer(c.repeat(20)))
    expect(await statuses(limited, [bearer(KEY), bearer(KEY), bearer(OTHER), ...wrong])).toEqual([200, 429, 200, 401, 429])
  })

  it('of all together holds whoever asks, and is not used up by one who is over the own', async () => {
    const limited = await serveCorpus({ API_KEYS: [KEY, OTHER], RATE_LIMIT: 2, RATE_LIMIT_ALL: 3 })
    expect(await statuses(limited, [KEY, KEY, KEY, KEY, OTHER, OTHER].map(bearer))).toEqual([200, 200, 429, 429, 200, 429])
  })

  it('behind a proxy that is trusted is of the address that it forwards, and an address of IPv6 is its first 64 bits', async () => {
    const limited = await serveCorpus({ RATE_LIMIT: 1, TRUST_PROXY: 1 })
    const from = (address: string) => ({ 'X-Forwarded-For': address })
    const addresses = ['10.0.0.1', '10.0.0.1', '10.0.0.2', '2001:db8:1:2::1', '2001:db8:1:2:ffff::2', '2001:db8:1:3::1']
    expect(await statuses(limited, addresses.map(from))).toEqual([200, 429, 200, 200, 429, 200])
    // What the client wrote before it is the client's own word.
    expect(await statuses(limited, [from('10.0.0.9, 10.0.0.2'), from('fe80::1%eth0'), from('no address')])).toEqual([429, 200, 200])
  })
})

describe('the metrics', () => {
  const statusOf = async (to: Served, headers: Record<string, string> = {}) => (await to.send('/metrics', { headers })).status
  const forwarded: Record<string, string>[] = [
    { 'X-Forwarded-For': '10.0.0.1' },
    { Forwarded: 'for=10.0.0.1' },
    { Via: '1.1 proxy' },
    { 'X-Real-IP': '127.0.0.1' },
  ]

  it('are for the machine itself, and for nobody through a proxy on it', async () => {
    expect(await statusOf(server)).not.toBeOneOf([401, 403])
    for (const headers of forwarded) expect(await statusOf(server, headers)).toBe(403)
  })

  it('are for others where the setting says so, with a key where there are keys', async () => {
    for (const headers of forwarded) {
      expect(await statusOf(await serveCorpus({ METRICS: true }), headers)).not.toBeOneOf([401, 403])
      const keyed = await serveCorpus({ METRICS: true, API_KEYS: [KEY] })
      expect(await statusOf(keyed, headers)).toBe(401)
      expect(await statusOf(keyed, { ...headers, ...bearer(KEY) })).not.toBeOneOf([401, 403])
    }
  })
})
