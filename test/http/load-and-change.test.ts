import { readFile, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Answer } from '../../server/contract.ts'
import { documents, index, temporaryFolder } from '../fixtures.ts'
import { eventsIn, problemIn, type Served, serve, serveCorpus } from '../served.ts'

const BOATS = 'How many boats fish from the Pool?'

describe('without an index', () => {
  it('the server lives, is not ready, names the command, and is ready once there is an index', async () => {
    const folder = join(await temporaryFolder(), 'later')
    const server = await serve(folder)
    expect((await server.send('/healthz')).status).toBe(200)
    expect((await server.send('/')).status).toBe(200)
    for (const reply of [
      await server.send('/readyz'),
      await server.send('/api/sources'),
      await server.send('/api/suggestions'),
      await server.send('/api/speakers'),
      await server.post('/api/ask', { question: BOATS }),
    ]) {
      expect(problemIn(reply)).toMatchObject({
        status: 503,
        type: 'urn:onrecord:problem:index-missing',
        remedy: expect.stringContaining('onrecord index') as string,
      })
      expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0)
      expect(reply.text).not.toContain(folder)
    }
    const stream = await server.post('/api/ask', { question: BOATS }, { Accept: 'text/event-stream' })
    if (stream.status === 200) expect(eventsIn(stream.text)).toMatchObject([{ event: 'problem', data: { status: 503 } }])
    else expect(problemIn(stream).status).toBe(503)

    const { report } = await index(await documents({ 'boats.txt': 'Thirty-one boats fish from the Pool.' }), { index: folder })
    await wait(1100)
    expect((await server.send('/readyz')).json()).toEqual({
      status: 'ready',
      generation: report.generation,
      sources: 1,
      languages: {},
      degraded: false,
      feedback: false,
    })
    expect((await server.ask(BOATS)).citations[0]?.quote).toBe('Thirty-one boats fish from the Pool.')
  })
})

describe('with a damaged index', () => {
  const damage = async (folder: string, generation: string) => {
    const file = join(folder, 'generations', generation, 'passages.i32')
    const bytes = await readFile(file)
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1
    await writeFile(file, bytes)
  }

  it('the server answers from the generation before it and says so', async () => {
    const folder = await documents({ 'boats.txt': 'Thirty-one boats fish from the Pool.' })
    const { index: place, report: first } = await index(folder)
    const { report: second } = await index(folder, { index: place })
    await damage(place, second.generation)
    const server = await serve(place)
    expect(await server.ask(BOATS)).toMatchObject({ generation: first.generation, degraded: true })
    expect((await server.send('/readyz')).json()).toMatchObject({ degraded: true })
  })

  it('that was whole when it was opened, the server notices, and goes on from the one before', async () => {
    const { index: place, report: first } = await index(await documents({ 'boats.txt': 'Thirty-one boats fish from the Pool.' }))
    const { report: second } = await index(await documents({ 'boats.txt': 'Thirty boats fish from the Pool.' }), { index: place })
    const server = await serve(place)
    const { sources } = (await server.send('/api/sources')).json<{ sources: { id: string }[] }>()
    await writeFile(join(place, 'generations', second.generation, 'texts.utf8'), 'Fifty-five boats fish from here.')
    const reply = await server.send(`/api/sources/${sources[0]?.id}`)
    expect(problemIn(reply).type).toBe('urn:onrecord:problem:index-damaged')
    expect((await server.source(sources[0]?.id as string)).text).toBe('Thirty-one boats fish from the Pool.')
    expect(await server.ask(BOATS)).toMatchObject({ generation: first.generation, degraded: true })
  })

  it('and no other it is not ready, and tells no path', async () => {
    const { index: place, report } = await index(await documents({ 'boats.txt': 'Thirty-one boats fish from the Pool.' }))
    await damage(place, report.generation)
    const server = await serve(place)
    const reply = await server.send('/readyz')
    expect(problemIn(reply)).toMatchObject({
      status: 503,
      type: 'urn:onrecord:problem:index-damaged',
      remedy: expect.stringContaining('onrecord doctor') as string,
    })
    expect(reply.text).not.toContain(place)
  })
})

describe('many at once', () => {
  it('fifty questions are all answered, each with its own answer', async () => {
    const server = await serveCorpus()
    const questions = [
      BOATS,
      'On which day will the dredging begin?',
      'Which vitamin prevents scurvy?',
      'What do I pay to keep a small boat in the harbour this year?',
    ]
    const alone = await Promise.all(questions.map((question) => server.ask(question)))
    const all = await Promise.all(Array.from({ length: 50 }, (_, i) => server.ask(questions[i % 4] as string)))
    for (const [i, answer] of all.entries()) expect({ ...answer, timings: 0 }).toEqual({ ...(alone[i % 4] as Answer), timings: 0 })
  })

  it('a client that leaves a stream is no failure, and nobody else notices', () => leaving('text/event-stream'))

  // Without a stream the aborted answer reaches the error handler: ten lines "request failed", status 500, level error.
  it('a client that leaves is no failure, and nobody else notices', () => leaving('application/json'))

  async function leaving(accept: string) {
    const server = await serveCorpus()
    const others = Array.from({ length: 20 }, () => server.ask(BOATS))
    for (let i = 0; i < 10; i++) leave(server, accept)
    expect((await Promise.all(others)).every(({ status }) => status === 'answered')).toBe(true)
    await wait(100)
    expect((await server.ask(BOATS)).status).toBe('answered')
    expect(server.logged).toEqual([])
  }

  /** Asks, and hangs up 20 ms later, while others' questions are before its own. */
  function leave({ port }: Served, accept: string) {
    const sent = request({ host: '127.0.0.1', port, path: '/api/ask', method: 'POST', headers: { 'Content-Type': 'application/json', Accept: accept } })
    sent.on('error', () => {})
    sent.end(JSON.stringify({ question: BOATS }))
    setTimeout(() => sent.destroy(), 20)
  }
})

describe('a new generation', () => {
  it('takes over under constant questions, and none of them fails', { timeout: 60_000 }, async () => {
    const folder = join(await temporaryFolder(), 'index')
    const docs = await documents({ 'boats.txt': 'Thirty-one boats fish from the Pool.' })
    const { report: first } = await index(docs, { index: folder })
    const server = await serve(folder)
    const seen = new Set<string>()
    const statuses = new Set<number>()
    let done = false
    const asker = async () => {
      while (!done) {
        const reply = await server.post('/api/ask', { question: BOATS })
        statuses.add(reply.status)
        const answer = reply.json<Answer>()
        seen.add(answer.generation)
        for (const { quote, start, end, source } of answer.citations) {
          const verified = await server.post('/api/verify', { source: source.id, start, end, quote, sha256: source.sha256 })
          expect(verified.json()).toEqual({ verified: true, reason: null })
        }
      }
    }
    const askers = [asker(), asker(), asker()]
    const made: string[] = []
    for (let i = 0; i < 2; i++) {
      made.push((await index(docs, { index: folder })).report.generation)
      await wait(1500)
    }
    done = true
    await Promise.all(askers)
    expect([...statuses]).toEqual([200])
    expect([...seen]).toEqual([first.generation, ...made])
    expect(server.logged).toEqual([])
  })
})
