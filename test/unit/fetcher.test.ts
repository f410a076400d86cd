import { brotliCompressSync, gzipSync } from 'node:zlib'
import { MockAgent } from 'undici'
import { describe, expect, it } from 'vitest'
import type { Fetcher, Page } from '../../fetching/fetcher.ts'
import type { Resolve } from '../../fetching/guarded-agent.ts'
import { reasonOf } from '../../fetching/not-fetched.ts'
import { afterFile } from '../after.ts'
import { type Answer, fetcher, type Host, host, page, redirect, status } from '../hosts.ts'

const get = async (by: Fetcher, address: string) => (await by.fetch(new URL(address))) as Page
const textOf = async (by: Fetcher, address: string) => Buffer.from((await get(by, address)).bytes).toString()
/** Why an address is not fetched. */
const codeOf = (by: Fetcher, address: string) =>
  by.fetch(new URL(address)).then(
    () => 'FETCHED',
    (error: unknown) => reasonOf(error).code,
  )

/** Goes on with a body as long as somebody listens. */
const dripping =
  (part: string): Answer =>
  (response) => {
    const drip = setInterval(() => response.write(part), 20)
    response.on('close', () => clearInterval(drip))
  }

/** Gives names of hosts their addresses; each call takes the next answer of a name, and its last for ever. */
function resolver(names: Record<string, string[][]>): Resolve & { calls: string[] } {
  const calls: string[] = []
  const resolve = async (name: string) => {
    const answers = names[name] ?? []
    const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? []
    calls.push(name)
    return answer.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
  }
  return Object.assign(resolve, { calls })
}

describe('A page', () => {
  it('comes as the server sends it, with what it says of it, to us by our name', async () => {
    const { origin, asked } = await host({ '/': page('café', { etag: '"1"', 'last-modified': 'Mon, 02 Jun 2025 10:00:00 GMT' }) })
    const { url, bytes, ...said } = await get(fetcher(), `${origin}/`)
    expect([url.href, Buffer.from(bytes).toString()]).toEqual([`${origin}/`, 'café'])
    expect(said).toEqual({ contentType: 'text/html; charset=utf-8', etag: '"1"', lastModified: 'Mon, 02 Jun 2025 10:00:00 GMT' })
    expect(asked.at(-1)?.headers['user-agent']).toBe('onrecord/0.0.0')
  })

  it('is unpacked', async () => {
    const { origin } = await host({
      '/gzip': page(gzipSync('one'), { 'content-encoding': 'gzip' }),
      '/br': page(brotliCompressSync('two'), { 'content-encoding': 'br' }),
    })
    const by = fetcher()
    expect([await textOf(by, `${origin}/gzip`), await textOf(by, `${origin}/br`)]).toEqual(['one', 'two'])
  })

  it('is followed to where it has moved, five times at most', async () => {
    const { origin, answers } = await host({ '/end': page('here') })
    for (let i = 1; i <= 6; i++) answers[`/${i}`] = redirect(i === 1 ? 'end' : `/${i - 1}`)
    const by = fetcher()
    expect((await get(by, `${origin}/5`)).url.href).toBe(`${origin}/end`)
    expect(await codeOf(by, `${origin}/6`)).toBe('REDIRECTS')
  })

  it.each([
    [401, 'FORBIDDEN'],
    [403, 'FORBIDDEN'],
    [404, 'GONE'],
    [410, 'GONE'],
    [429, 'BUSY'],
    [503, 'BUSY'],
    [500, 'REFUSED'],
    [204, 'REFUSED'],
    [302, 'REFUSED'],
    [304, 'REFUSED'],
  ])('that the server answers with %i is not one: %s', async (code, reason) => {
    const { origin } = await host({ '/': status(code) })
    expect(await codeOf(fetcher(), `${origin}/`)).toBe(reason)
  })

  it.each<[string, string, Record<string, Answer>]>([
    ['that says that it is too large', 'TOO_LARGE', { '/': (response) => response.writeHead(200, { 'content-length': '100001' }).write('a') }],
    ['that goes on and on', 'TOO_LARGE', { '/': dripping('a'.repeat(20_000)) }],
    ['that is a bomb', 'TOO_LARGE', { '/': page(gzipSync(Buffer.alloc(10_000_000)), { 'content-encoding': 'gzip' }) }],
    ['that is a bomb of another make', 'TOO_LARGE', { '/': page(brotliCompressSync(Buffer.alloc(1_000_000)), { 'content-encoding': 'br' }) }],
    ['packed as we did not ask', 'PACKED', { '/': page('a', { 'content-encoding': 'zstd' }) }],
    ['packed twice', 'PACKED', { '/': page('a', { 'content-encoding': 'gzip, gzip' }) }],
    ['packed and cut short', 'BAD_REPLY', { '/': page(gzipSync('a'.repeat(1000)).subarray(0, 20), { 'content-encoding': 'gzip' }) }],
    ['that is not packed as it says', 'BAD_REPLY', { '/': page('plain', { 'content-encoding': 'gzip' }) }],
    [
      'that is cut short',
      'UNREACHABLE',
      { '/': (response) => response.writeHead(200, { 'content-length': '100' }).write('a', () => setTimeout(() => response.destroy(), 20)) },
    ],
    ['that never begins', 'TIMED_OUT', { '/': () => {} }],
    ['that stops', 'TIMED_OUT', { '/': (response) => response.writeHead(200).write('a') }],
    ['that drips', 'TIMED_OUT', { '/': dripping('a') }],
    ['whose headers do not end', 'BAD_REPLY', { '/': (response) => response.writeHead(200, { 'x-long': 'a'.repeat(100_000) }).end() }],
    ['that is no HTTP', 'BAD_REPLY', { '/': (response) => response.socket?.end('hello\r\n\r\n') }],
  ])('%s is refused: %s', async (_what, code, answers) => {
    const { origin } = await host(answers)
    const by = fetcher({ politeness: { bytes: 100_000, request: code === 'TIMED_OUT' ? 300 : 120_000 } })
    expect(await codeOf(by, `${origin}/`)).toBe(code)
  })

  it('does not move from https to http, unless it began there', async () => {
    const agent = new MockAgent()
    afterFile(() => agent.close())
    agent.disableNetConnect()
    const secure = agent.get('https://public.example').intercept.bind(agent.get('https://public.example'))
    const plain = agent.get('http://public.example').intercept.bind(agent.get('http://public.example'))
    for (const ask of [secure, plain]) ask({ path: '/robots.txt' }).reply(404)
    secure({ path: '/down' }).reply(302, '', { headers: { location: 'http://public.example/' } })
    plain({ path: '/up' }).reply(302, '', { headers: { location: 'https://public.example/' } })
    secure({ path: '/' }).reply(200, 'a')
    const by = fetcher({ agent })
    expect([await codeOf(by, 'https://public.example/down'), await codeOf(by, 'http://public.example/up')]).toEqual(['INSECURE_REDIRECT', 'FETCHED'])
  })

  it('of a host that is not there, or has no name, is said to be so', async () => {
    const by = fetcher({ resolve: resolver({ 'down.example': [['127.0.0.1']] }) })
    expect(await codeOf(by, 'http://nowhere.example/')).toBe('HOST_UNKNOWN')
    expect(await codeOf(by, 'http://down.example:1999/')).toBe('UNREACHABLE')
  })
})

describe('Addresses that are not public', () => {
  it.each(['http://127.0.0.2/', 'http://[::1]/', 'http://[::ffff:10.0.0.1]/', 'http://169.254.169.254/latest/meta-data/', 'http://0/'])(
    'are not connected to when they are asked for: %s',
    async (address) => {
      expect(await codeOf(fetcher(), address)).toBe('PRIVATE_ADDRESS')
    },
  )

  it.each([
    ['http://10.0.0.1/', 'PRIVATE_ADDRESS'],
    ['//169.254.169.254/latest/meta-data/', 'PRIVATE_ADDRESS'],
    ['http://0x7f.0.0.2/', 'PRIVATE_ADDRESS'],
    ['http://[::ffff:7f00:2]/', 'PRIVATE_ADDRESS'],
    ['http://inside.example/', 'PRIVATE_ADDRESS'],
    ['file:///etc/passwd', 'SCHEME'],
    ['http://ann:secret@public.example/', 'CREDENTIALS'],
    ['http://public.example:22/', 'PORT'],
    ['http://', 'NOT_AN_ADDRESS'],
  ])('are not led to: %s', async (location, code) => {
    const { port, paths } = await host({ '/': redirect(location) })
    const resolve = resolver({ 'public.example': [['127.0.0.1']], 'inside.example': [['10.1.2.3']] })
    expect(await codeOf(fetcher({ resolve }), `http://public.example:${port}/`)).toBe(code)
    expect(paths()).toEqual(['/robots.txt', '/'])
  })

  it('are not led to by a robots.txt', async () => {
    const { origin, paths } = await host({ '/robots.txt': redirect('http://10.0.0.1/robots.txt'), '/': page('a') })
    expect(await codeOf(fetcher(), `${origin}/`)).toBe('PRIVATE_ADDRESS')
    expect(paths()).toEqual(['/robots.txt'])
  })

  it('are not connected to when a name has one of them among others', async () => {
    const { port, asked } = await host({ '/': page('a') })
    const resolve = resolver({ 'mixed.example': [['127.0.0.1', '10.0.0.1']] })
    expect(await codeOf(fetcher({ resolve }), `http://mixed.example:${port}/`)).toBe('PRIVATE_ADDRESS')
    expect(asked).toEqual([])
  })

  it('are not connected to when a name changes its answer: the address that was checked is the one connected to', async () => {
    const close = { connection: 'close' }
    const { port, paths } = await host({ '/robots.txt': page('', close), '/1': page('first', close), '/2': page('second', close) })
    const resolve = resolver({ 'rebound.example': [['127.0.0.1'], ['127.0.0.1'], ['10.0.0.1']] })
    const by = fetcher({ resolve })
    expect(await textOf(by, `http://rebound.example:${port}/1`)).toBe('first')
    expect(await codeOf(by, `http://rebound.example:${port}/2`)).toBe('PRIVATE_ADDRESS')
    expect(paths()).toEqual(['/robots.txt', '/1'])
    expect(resolve.calls).toHaveLength(3)
  })
})

describe('robots.txt', () => {
  const robotsOf = (text: string) => ({ '/robots.txt': page(text, { 'content-type': 'text/plain' }), '/a': page('a'), '/b/c': page('c') })

  it.each([
    ['for all', 'User-agent: *\nDisallow: /b', ['FETCHED', 'ROBOTS']],
    ['for us, by our name, whatever there is for all', 'User-agent: OnRecord\nDisallow: /a\n\nUser-agent: *\nDisallow: /', ['ROBOTS', 'FETCHED']],
    ['for others', 'User-agent: other\nDisallow: /', ['FETCHED', 'FETCHED']],
    ['with exceptions', 'User-agent: *\nDisallow: /\nAllow: /b/*$', ['ROBOTS', 'FETCHED']],
    ['that is a page', '<!doctype html><h1>Not found</h1>', ['FETCHED', 'FETCHED']],
    ['whose rule stands beyond what is read', `#${'a'.repeat(512 * 1024)}\nUser-agent: *\nDisallow: /`, ['FETCHED', 'FETCHED']],
  ])('is obeyed: %s', async (_what, text, outcomes) => {
    const { origin } = await host(robotsOf(text))
    const by = fetcher()
    expect([await codeOf(by, `${origin}/a`), await codeOf(by, `${origin}/b/c`)]).toEqual(outcomes)
  })

  it.each([
    [404, 'FETCHED'],
    [403, 'FETCHED'],
    [429, 'ROBOTS_UNREACHABLE'],
    [500, 'ROBOTS_UNREACHABLE'],
    [503, 'ROBOTS_UNREACHABLE'],
  ])('that the server answers with %i makes of a page: %s', async (code, outcome) => {
    const { origin } = await host({ '/robots.txt': status(code), '/a': page('a') })
    expect(await codeOf(fetcher(), `${origin}/a`)).toBe(outcome)
  })

  it('is asked for once a host, also of the host that a page leads to, and followed where it leads', async () => {
    const there = await host({ '/robots.txt': redirect('/rules'), '/rules': page('User-agent: *\nDisallow: /a'), '/b': page('b') })
    const here = await host({ '/to-a': redirect(`${there.origin}/a`), '/to-b': redirect(`${there.origin}/b`) })
    const by = fetcher()
    expect([await codeOf(by, `${here.origin}/to-a`), await codeOf(by, `${here.origin}/to-b`)]).toEqual(['ROBOTS', 'FETCHED'])
    expect(here.paths()).toEqual(['/robots.txt', '/to-a', '/to-b'])
    expect(there.paths()).toEqual(['/robots.txt', '/rules', '/b'])
  })

  it('that leads in circles is none', async () => {
    const { origin } = await host({ '/robots.txt': redirect('/robots.txt'), '/a': page('a') })
    expect(await codeOf(fetcher(), `${origin}/a`)).toBe('FETCHED')
  })
})

describe('A host', () => {
  /** A host whose pages take a while, and the most that were asked for at once. */
  async function slow(robots = ''): Promise<Host & { most: () => number }> {
    let now = 0
    let most = 0
    const answers: Record<string, Answer> = { '/robots.txt': page(robots) }
    for (const path of ['/1', '/2', '/3']) {
      answers[path] = (response) => {
        most = Math.max(most, ++now)
        setTimeout(() => {
          now--
          response.end('a')
        }, 20)
      }
    }
    return { ...(await host(answers)), most: () => most }
  }
  const all = (by: Fetcher, { origin }: Host) => Promise.all(['/1', '/2', '/3'].map((path) => by.fetch(new URL(path, origin))))
  /** Milliseconds between the requests for pages. */
  const gaps = ({ asked }: Host) => asked.slice(2).map(({ at }, i) => at - (asked[i + 1] as { at: number }).at)

  it('is asked for one page at a time, with a pause between', async () => {
    const one = await slow()
    await all(fetcher({ politeness: { pause: 60 } }), one)
    expect(one.most()).toBe(1)
    for (const gap of gaps(one)) expect(gap).toBeGreaterThan(55)
  })

  it('is asked while another is, but not more of them at once than a few', async () => {
    const hosts = [await slow(), await slow(), await slow()]
    const by = fetcher({ politeness: { atOnce: 2 } })
    let now = 0
    let most = 0
    for (const { answers } of hosts) {
      answers['/1'] = (response) => {
        most = Math.max(most, ++now)
        setTimeout(() => {
          now--
          response.end('a')
        }, 50)
      }
    }
    await Promise.all(hosts.map(({ origin }) => by.fetch(new URL('/1', origin))))
    expect(most).toBe(2)
  })

  it('may ask for longer pauses, up to a limit', async () => {
    const one = await slow('User-agent: *\nCrawl-delay: 3600')
    await all(fetcher({ politeness: { longestPause: 80 } }), one)
    for (const gap of gaps(one)) expect(gap).toBeGreaterThan(75)
  })

  it.each([429, 503])('that is busy (%i) is asked again when it says, twice at most', async (code) => {
    let times = 0
    const once = await host({ '/': (response) => (times++ === 0 ? response.writeHead(code, { 'retry-after': '0' }).end() : response.end('a')) })
    const always = await host({ '/': status(code, { 'retry-after': new Date(0).toUTCString() }) })
    const by = fetcher()
    expect([await codeOf(by, `${once.origin}/`), await codeOf(by, `${always.origin}/`)]).toEqual(['FETCHED', 'BUSY'])
    expect([once.paths().length, always.paths().length]).toEqual([3, 4])
  })

  it('that is busy for longer than we wait is asked no more', async () => {
    const { origin, paths } = await host({ '/': status(503, { 'retry-after': '3600' }) })
    expect(await codeOf(fetcher(), `${origin}/`)).toBe('BUSY')
    expect(paths()).toEqual(['/robots.txt', '/'])
  })
})

it('stops at once when it is told to, in a request and before one', async () => {
  const stop = new AbortController()
  const { origin } = await host({ '/': () => setTimeout(() => stop.abort(), 20) })
  const by = fetcher({ signal: stop.signal })
  await Promise.all([expect(by.fetch(new URL('/', origin))).rejects.toThrow(), expect(by.fetch(new URL('/2', origin))).rejects.toThrow()])
})
