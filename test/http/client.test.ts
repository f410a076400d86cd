import { beforeAll, describe, expect, it } from 'vitest'
import { type AskEvent, BrokenAnswerError, type ClientOptions, createClient, ProblemError, RateLimitError } from '../../client/sdk/client.ts'
import { Answer, Ready, SourcesPage, SourceWithText } from '../../server/contract.ts'
import { temporaryFolder } from '../fixtures.ts'
import { type Served, serve, serveCorpus } from '../served.ts'

const QUESTION = 'How many boats fish from the Pool?'

let server: Served
beforeAll(async () => {
  server = await serveCorpus()
})

const clientOf = (options: Partial<ClientOptions> = {}) => createClient({ url: server.address, ...options })

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const item of items) found.push(item)
  return found
}

/** What a call throws. */
const thrownBy = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: unknown) => error,
  )

/** A fetch whose every reply is this stream of parts. */
const replying = (parts: (string | Uint8Array)[], end: (controller: ReadableStreamDefaultController<Uint8Array>) => void = (c) => c.close()) =>
  (async () => {
    const left = parts.map((part) => (typeof part === 'string' ? new TextEncoder().encode(part) : part))
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const next = left.shift()
        if (next) controller.enqueue(next)
        else end(controller)
      },
    })
    return new Response(body, { headers: { 'Content-Type': 'text/event-stream; charset=utf-8' } })
  }) satisfies typeof fetch

describe('the typed client', () => {
  it('asks, and gets the answer of the contract', async () => {
    const answer = Answer.parse(await clientOf().ask(QUESTION))
    expect([answer.status, answer.question]).toEqual(['answered', QUESTION])
    expect((await clientOf().ask({ question: QUESTION, limit: 1 })).citations).toHaveLength(1)
  })

  it('streams the citations, and the answer that holds them last', async () => {
    const events = await all(clientOf().askStream(QUESTION))
    const last = events.at(-1)
    expect(last?.event).toBe('answer')
    const answer = Answer.parse(last?.event === 'answer' && last.answer)
    expect(events.slice(0, -1)).toEqual(answer.citations.map((citation) => ({ event: 'citation', citation })))
  })

  it('lists sources by pages and all of them, gives one, and verifies a quote of it', async () => {
    const client = clientOf()
    const page = SourcesPage.parse(await client.sources({ limit: 4 }))
    const next = await client.sources({ limit: 4, cursor: page.next ?? '' })
    const every = await all(client.allSources())
    expect([...page.sources, ...next.sources]).toEqual(every.slice(0, 8))
    expect(every).toHaveLength(14)
    const source = SourceWithText.parse(await client.source(every[0]?.id ?? ''))
    const claim = { source: source.id, start: 0, end: 10, sha256: source.sha256 }
    expect(await client.verify({ ...claim, quote: source.text.slice(0, 10) })).toEqual({ verified: true, reason: null })
    expect(await client.verify({ ...claim, quote: 'other word' })).toMatchObject({ verified: false, reason: expect.any(String) })
  })

  it('knows who speaks, what can be asked, and whether the server is ready', async () => {
    const client = clientOf()
    expect((await client.speakers())[0]).toMatchObject({ name: expect.any(String), statements: expect.any(Number) })
    expect((await client.suggestions()).length).toBeGreaterThan(0)
    expect(Ready.parse(await client.ready()).sources).toBe(14)
  })

  it('finds a server below a sub-path, with and without a slash at its end', async () => {
    const asked: string[] = []
    const fetch = async (input: string | URL | Request) => {
      asked.push(String(input))
      return Response.json({ questions: [] })
    }
    for (const url of ['https://town.example/record', 'https://town.example/record/', new URL('https://town.example/record')])
      await createClient({ url, fetch }).suggestions()
    expect(new Set(asked)).toEqual(new Set(['https://town.example/record/api/suggestions']))
    expect(() => createClient({ url: 'nowhere' })).toThrow(TypeError)
  })

  it('shows its key', async () => {
    const keyed = await serveCorpus({ API_KEYS: ['a-key-that-is-long-enough'] })
    const refused = await thrownBy(createClient({ url: keyed.address }).ask(QUESTION))
    expect(refused).toBeInstanceOf(ProblemError)
    expect(refused).toMatchObject({ status: 401, type: 'urn:onrecord:problem:key-needed', remedy: expect.stringContaining('Bearer'), retryAfter: null })
    expect((await createClient({ url: keyed.address, key: 'a-key-that-is-long-enough' }).ask(QUESTION)).status).toBe('answered')
  })
})

describe('what goes wrong, told by the typed client', () => {
  it('a request that the contract does not allow, with its field', async () => {
    expect(await thrownBy(clientOf().ask({ question: '' }))).toMatchObject({ name: 'ProblemError', status: 400, field: 'question', problem: { status: 400 } })
    expect(await thrownBy(clientOf().source('none'))).toMatchObject({ status: 404, type: 'urn:onrecord:problem:no-such-source' })
  })

  it('no index yet, with when to come back', async () => {
    const empty = await serve(await temporaryFolder())
    const failure = await thrownBy(all(createClient({ url: empty.address }).askStream(QUESTION)))
    expect(failure).toMatchObject({ type: 'urn:onrecord:problem:index-missing', remedy: expect.stringContaining('onrecord index') })
    expect(await thrownBy(createClient({ url: empty.address }).ask(QUESTION))).toMatchObject({ status: 503, retryAfter: 5 })
  })

  it('too many questions, as an error of its own', async () => {
    const limited = await serveCorpus({ RATE_LIMIT: 1 })
    const client = createClient({ url: limited.address })
    const failures = (await Promise.all([1, 2, 3].map(() => thrownBy(client.ask(QUESTION))))).filter((one) => one !== null)
    expect(failures.length).toBeGreaterThan(0)
    for (const failure of failures) {
      expect(failure).toBeInstanceOf(RateLimitError)
      expect((failure as RateLimitError).retryAfter).toBeGreaterThanOrEqual(1)
    }
  })

  it('a proxy that answers in the place of the server', async () => {
    const fetch = async () => new Response('<h1>Bad gateway</h1>', { status: 502, statusText: 'Bad Gateway', headers: { 'Retry-After': '30' } })
    expect(await thrownBy(clientOf({ fetch }).ask(QUESTION))).toMatchObject({ status: 502, type: 'about:blank', title: '502 Bad Gateway', retryAfter: 30 })
    const page = async () => new Response('<h1>Log in</h1>')
    expect(await thrownBy(clientOf({ fetch: page }).ask(QUESTION))).toBeInstanceOf(BrokenAnswerError)
  })

  it('nobody at the address, as fetch tells it', async () => {
    expect(await thrownBy(createClient({ url: 'http://127.0.0.1:9' }).ask(QUESTION))).toBeInstanceOf(TypeError)
  })

  it('a signal that was aborted, by its reason, before and while a stream arrives', async () => {
    const stop = new AbortController()
    const reason = new Error('enough')
    const seen: AskEvent[] = []
    const failure = await thrownBy(
      (async () => {
        for await (const event of clientOf().askStream(QUESTION, { signal: stop.signal })) {
          seen.push(event)
          stop.abort(reason)
        }
      })(),
    )
    // What had arrived already may be read to its end.
    expect([reason, null]).toContain(failure)
    expect(seen.length).toBeGreaterThan(0)
    expect(await thrownBy(clientOf().ask(QUESTION, { signal: stop.signal }))).toBe(reason)
  })
})

describe('a stream that the typed client reads', () => {
  const CITATION = { quote: 'Käse – “🦀”' }
  const ANSWER = { status: 'answered', citations: [CITATION] }
  const STREAM = `event: citation\ndata: ${JSON.stringify({ citation: CITATION })}\n\nevent: quotes\ndata: ${JSON.stringify(ANSWER)}\n\nevent: prose\r\ndata: {"sentence":{"text":"One.","citations":[0]}}\r\n\r\n: comment\n\nevent: later\ndata: {}\n\nevent: answer\ndata: ${JSON.stringify(ANSWER)}\n\n`
  const EVENTS = [
    { event: 'citation', citation: CITATION },
    { event: 'quotes', answer: ANSWER },
    { event: 'prose', sentence: { text: 'One.', citations: [0] } },
    { event: 'answer', answer: ANSWER },
  ]
  const bytes = new TextEncoder().encode(STREAM)

  it('may arrive whole, or byte by byte', async () => {
    expect(await all(clientOf({ fetch: replying([bytes]) }).askStream('?'))).toEqual(EVENTS)
    expect(await all(clientOf({ fetch: replying(Array.from(bytes, (byte) => Uint8Array.of(byte))) }).askStream('?'))).toEqual(EVENTS)
  })

  it('is broken when it ends before the answer, fails, or holds no JSON, and what had come before was given', async () => {
    const cut = STREAM.slice(0, STREAM.indexOf('event: answer'))
    const fail = (controller: ReadableStreamDefaultController) => controller.error(new Error('reset'))
    for (const fetch of [replying([cut]), replying([cut], fail), replying([cut, 'event: answer\ndata: {"a\n\n'])]) {
      const seen: AskEvent[] = []
      const failure = await thrownBy(
        (async () => {
          for await (const event of clientOf({ fetch }).askStream('?')) seen.push(event)
        })(),
      )
      expect(failure).toBeInstanceOf(BrokenAnswerError)
      expect(seen).toEqual(EVENTS.slice(0, 3))
    }
  })

  it('ends with the problem that it tells of', async () => {
    const problem = { type: 'urn:onrecord:problem:internal', title: 'Something failed here', status: 500, detail: 'Why.' }
    const fetch = replying([`event: problem\ndata: ${JSON.stringify(problem)}\n\n`])
    expect(await thrownBy(all(clientOf({ fetch }).askStream('?')))).toMatchObject({ ...problem, name: 'ProblemError' })
  })

  it('is left when its reader leaves', async () => {
    let left = false
    const source = {
      pull: (controller: ReadableStreamDefaultController) => controller.enqueue(bytes.slice(0, 70)),
      cancel: () => {
        left = true
      },
    }
    const fetch = async () => new Response(new ReadableStream(source), { headers: { 'Content-Type': 'text/event-stream' } })
    for await (const _ of clientOf({ fetch }).askStream('?')) break
    expect(left).toBe(true)
  })

  it('may be an answer in one piece', async () => {
    expect(await all(clientOf({ fetch: async () => Response.json(ANSWER) }).askStream('?'))).toEqual([{ event: 'answer', answer: ANSWER }])
  })
})
