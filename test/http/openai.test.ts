import OpenAI, { APIError, AuthenticationError } from 'openai'
import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions'
import { beforeAll, describe, expect, it } from 'vitest'
import { FolderHome } from '../../index/home.ts'
import { Admission } from '../../server/admission.ts'
import { Answer } from '../../server/contract.ts'
import { LiveRecord } from '../../server/record.ts'
import { chatServer, modelAt } from '../chat-server.ts'
import { corpusIndex, documents, embedder, index, temporaryFolder } from '../fixtures.ts'
import { type Served, serve, serveCorpus, serveRecord } from '../served.ts'

const KEY = 'a-key-of-the-tests-123'
const BOATS = 'How many boats fish from the Pool?'
const NOT_THERE = 'Who won the chess world championship in 1972?'

const clientOf = ({ address }: Served, apiKey = 'any') => new OpenAI({ apiKey, baseURL: `${address}/v1`, maxRetries: 0 })

/** Asks as a front end does; the whole answer is beside what the protocol has. */
async function asked(client: OpenAI, messages: ChatCompletionMessageParam[] | string) {
  const said: ChatCompletionMessageParam[] = typeof messages === 'string' ? [{ role: 'user', content: messages }] : messages
  const completion = await client.chat.completions.create({ model: 'onrecord', messages: said })
  return { completion, content: completion.choices[0]?.message.content ?? '', answer: Answer.parse((completion as { onrecord?: unknown }).onrecord) }
}

async function refusal(call: Promise<unknown>): Promise<APIError> {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof APIError)) throw new Error('it was not refused')
  return error
}

let server: Served
let client: OpenAI
beforeAll(async () => {
  server = await serveCorpus({ LOG_LEVEL: 'info' })
  client = clientOf(server)
})

describe('a completion', () => {
  it('has the quotes, numbered, and then whose they are, with links', async () => {
    const { completion, content, answer } = await asked(client, BOATS)
    expect(completion).toMatchObject({ object: 'chat.completion', model: 'onrecord', usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 } })
    expect(completion.id).toMatch(/^chatcmpl-/)
    expect(completion.choices).toMatchObject([{ index: 0, finish_reason: 'stop', message: { role: 'assistant' } }])
    const [quotes = '', sources = ''] = content.split('\n\nSources:\n')
    answer.citations.forEach(({ quote, source, link }, i) => {
      expect(quotes.slice(quotes.indexOf(quote) + quote.length)).toMatch(new RegExp(`^”? \\[${i + 1}\\]`))
      expect(quotes).toContain(quote)
      const line = sources.split('\n')[i] ?? ''
      for (const part of [`[${i + 1}] `, source.title, source.published, link]) expect(line).toContain(part)
      expect(link).toMatch(new RegExp(`^${server.address}/source/`))
    })
  })

  it('holds the same answer as the interface for pages gives', async () => {
    const { timings: _, ...answer } = (await asked(client, BOATS)).answer
    expect(await server.ask(BOATS)).toMatchObject(answer)
  })

  it('says what is not on record', async () => {
    const { content, answer } = await asked(client, NOT_THERE)
    expect([answer.status, content]).toEqual(['not-on-record', expect.stringMatching(/^Not on record\./)])
  })

  it('is of the last message of the user, understood by those before it; what others say is not read', async () => {
    const { answer } = await asked(client, [
      { role: 'system', content: NOT_THERE },
      { role: 'user', content: BOATS },
      { role: 'assistant', content: NOT_THERE },
      { role: 'user', content: [{ type: 'text', text: 'Who said that?' }] },
      { role: 'assistant', content: 'Let me think: ' },
    ])
    expect([answer.question, answer.status]).toEqual([BOATS, 'answered'])
  })

  it('is given however long the conversation before was', async () => {
    const turn = (i: number): ChatCompletionMessageParam[] => [
      { role: 'user', content: i % 3 === 0 ? `${i} ${'long '.repeat(300)}` : `What about berth ${i}?` },
      { role: 'assistant', content: '“A quote of some length.” '.repeat(80) },
    ]
    const { answer } = await asked(client, [...Array.from({ length: 100 }, (_, i) => turn(i)).flat(), { role: 'user', content: BOATS }])
    expect(answer.question).toBe(BOATS)
  })

  it('is given although the request holds what is not known here', async () => {
    const more = { temperature: 0.2, max_tokens: 5, tools: [], user: 'ann', metadata: { a: 'b' }, unheard_of: true, stream: null, stream_options: null }
    const reply = await server.post('/v1/chat/completions', { model: 'gpt-4', messages: [{ role: 'user', name: 'ann', content: BOATS }], ...more })
    expect(reply.json()).toMatchObject({ object: 'chat.completion', model: 'onrecord', onrecord: { status: 'answered' } })
  })

  it('has the figures that differ', async () => {
    const { content, answer } = await asked(client, 'How many boats work from the Pool, according to the Society and the harbour office?')
    for (const { sides } of answer.disagreements) for (const { label } of sides) expect(content).toContain(label)
    expect(answer.disagreements).not.toEqual([])
  })
})

describe('a stream', () => {
  const streamed = async (messages: string, include_usage?: boolean) => {
    const stream = await client.chat.completions.create({
      model: 'onrecord',
      messages: [{ role: 'user', content: messages }],
      stream: true,
      ...(include_usage === undefined ? {} : { stream_options: { include_usage } }),
    })
    const chunks: (OpenAI.ChatCompletionChunk & { onrecord?: Answer })[] = []
    for await (const chunk of stream) chunks.push(chunk)
    return chunks
  }
  const contentOf = (chunks: OpenAI.ChatCompletionChunk[]) => chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')

  it.each([BOATS, NOT_THERE])('is the same message in parts: %s', async (question) => {
    const chunks = await streamed(question)
    expect(contentOf(chunks)).toBe((await asked(client, question)).content)
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1)
    expect(chunks.map(({ object }) => object)).toEqual(chunks.map(() => 'chat.completion.chunk'))
    expect(chunks[0]?.choices[0]?.delta.role).toBe('assistant')
    expect(chunks.map(({ choices }) => choices[0]?.finish_reason)).toEqual([...chunks.slice(1).map(() => null), 'stop'])
    expect(chunks.map(({ onrecord }) => onrecord?.question)).toEqual([...chunks.slice(1).map(() => undefined), question])
  })

  it('ends with the usage where that is asked for, and the answer with it', async () => {
    const chunks = await streamed(BOATS, true)
    expect(chunks.slice(0, -1).map(({ usage }) => usage)).toEqual(chunks.slice(1).map(() => null))
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 0 }, onrecord: { question: BOATS } })
    expect(chunks.at(-2)?.onrecord).toBeUndefined()
  })

  it('is Server-Sent Events that end with [DONE]', async () => {
    const reply = await server.post('/v1/chat/completions', { messages: [{ role: 'user', content: BOATS }], stream: true })
    expect(reply.headers).toMatchObject({ 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' })
    const events = reply.text.split('\n\n')
    expect(events.slice(-2)).toEqual(['data: [DONE]', ''])
    for (const event of events.slice(0, -2)) expect(JSON.parse(event.slice('data: '.length))).toMatchObject({ object: 'chat.completion.chunk' })
  })
})

describe('the models', () => {
  it('are one, since its index was made', async () => {
    const [only, ...others] = (await client.models.list()).data
    expect([only, others]).toEqual([{ id: 'onrecord', object: 'model', created: expect.any(Number) as number, owned_by: 'onrecord' }, []])
    expect(Math.abs(Date.now() / 1000 - (only?.created ?? 0))).toBeLessThan(86_400)
    expect(await client.models.retrieve('onrecord')).toEqual(only)
    expect((await refusal(client.models.retrieve('gpt-4'))).status).toBe(404)
  })
})

describe("what fails is told as OpenAI's clients read it", () => {
  const post = (messages: unknown, more: object = {}) => server.post('/v1/chat/completions', { messages, ...more })

  it.each<[string, unknown, object, string]>([
    ['no messages', undefined, {}, 'messages'],
    ['messages that are none', 'boats', {}, 'messages'],
    ['no message of the user', [{ role: 'system', content: BOATS }], {}, 'messages'],
    ['an empty question', [{ role: 'user', content: ' \n' }], {}, 'messages'],
    ['a question too long', [{ role: 'user', content: 'b'.repeat(1001) }], {}, 'messages'],
    ['a picture', [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'x' } }] }], {}, 'messages'],
    ['content that is a number', [{ role: 'user', content: 7 }], {}, 'messages.0.content'],
    ['more messages than anybody has', Array(1001).fill({ role: 'user', content: 'x' }), {}, 'messages'],
    ['a stream in words', [{ role: 'user', content: BOATS }], { stream: 'yes' }, 'stream'],
  ])('%s', async (_what, messages, more, param) => {
    const reply = await post(messages, more)
    expect([reply.status, reply.headers['content-type']]).toEqual([400, 'application/json; charset=utf-8'])
    expect(reply.json()).toEqual({ error: { message: expect.any(String) as string, type: 'invalid_request_error', param, code: 'invalid-request' } })
  })

  it('a body that is no JSON, or too large, or a path or method that there is not', async () => {
    const errors = await Promise.all([
      server.send('/v1/chat/completions', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{' }),
      post([
        { role: 'user', content: BOATS },
        { role: 'assistant', content: 'b'.repeat(600_000) },
      ]),
      server.post('/v1/embeddings', { input: 'x' }),
      server.send('/v1/chat/completions'),
      server.send('/v1/models?key=x'),
    ])
    expect(errors.map(({ status }) => status)).toEqual([400, 413, 404, 405, 400])
    expect(errors.map((reply) => reply.json<{ error: { code: string } }>().error.code)).toEqual([
      'not-json',
      'body-too-large',
      'not-found',
      'method-not-allowed',
      'invalid-request',
    ])
    expect(errors[1]?.text).toContain('512 KiB')
  })

  it('a key that is missing or wrong, where there are keys; without keys any is ignored', async () => {
    const keyed = await serveCorpus({ API_KEYS: [KEY] })
    const refused = await refusal(asked(clientOf(keyed, 'another-key-0123456789'), BOATS))
    expect(refused).toBeInstanceOf(AuthenticationError)
    expect(refused).toMatchObject({ status: 401, code: 'key-needed', type: 'authentication_error' })
    expect((await refusal(clientOf(keyed).models.list().then())).status).toBe(401)
    expect((await asked(clientOf(keyed, KEY), BOATS)).answer.status).toBe('answered')
  })

  it('a page of another origin, another host, and too many requests', async () => {
    const evil = await server.post('/v1/chat/completions', { messages: [{ role: 'user', content: BOATS }] }, { Origin: 'https://evil.example' })
    expect([evil.status, evil.json()]).toEqual([403, { error: expect.objectContaining({ code: 'origin-not-allowed' }) as object }])
    const other = await server.send('/v1/models', { headers: { Host: 'evil.example' } })
    expect([other.status, other.json()]).toEqual([421, { error: expect.objectContaining({ code: 'unknown-host' }) as object }])
    const limited = clientOf(await serveCorpus({ RATE_LIMIT: 1 }))
    await asked(limited, BOATS)
    expect(await refusal(asked(limited, BOATS))).toMatchObject({ status: 429, type: 'rate_limit_error', code: 'too-many-requests' })
  })

  it('no index, a queue that is too long, and a failure, whose text stays here, in a stream too', async () => {
    expect(await refusal(asked(clientOf(await serve(await temporaryFolder())), BOATS))).toMatchObject({ status: 503, code: 'index-missing' })
    const slow = await serveRecord(server.record, {}, { admission: new Admission({ atOnce: 1, queue: 1, deadline: 0.0001 }) })
    const late = await refusal(asked(clientOf(slow), BOATS))
    expect([late.status, late.code, Number(late.headers?.get('retry-after'))]).toEqual([503, 'too-slow', expect.any(Number)])
    class Failing extends LiveRecord {
      override use(): Promise<never> {
        return Promise.reject(new Error('the disk of db.internal is gone'))
      }
    }
    const failing = await serveRecord(new Failing(new FolderHome(await temporaryFolder()), await embedder()))
    const stream = async () => clientOf(failing).chat.completions.create({ model: 'onrecord', messages: [{ role: 'user', content: BOATS }], stream: true })
    for (const call of [() => asked(clientOf(failing), BOATS), stream]) {
      const error = await refusal(call())
      expect([error.status, error.type, error.message.includes('db.internal')]).toEqual([500, 'server_error', false])
    }
    expect(failing.logged.join('')).toContain('db.internal')
  })
})

it('no picture, link under other words or tag of a document is one in a front end that shows messages as Markdown, and the answer has its words as they are', async () => {
  const hostile = [
    'The ferry sails at noon ![map](https://evil.example/map.png) every day.',
    'The ferry of the night <img src=https://evil.example/x.png> sails \\<b>late\\\\<i> at ten.',
    'The ferry timetable is [here](https://evil.example/) since May.',
    'The ferry fare is in the tariff.\n\n[1]: https://evil.example/fare',
  ]
  const files = Object.fromEntries(hostile.map((text, i) => [`ferry-${i}.txt`, text]))
  const at = clientOf(await serve((await index(await documents(files))).index))
  const seen: string[] = []
  for (const question of [
    'When does the ferry sail at noon?',
    'When does the ferry of the night sail?',
    'Since when is the ferry timetable here?',
    'Where is the ferry fare?',
  ]) {
    const { content, answer } = await asked(at, question)
    seen.push(...answer.citations.map(({ quote }) => quote))
    const shown = content.replace(/\\\\/g, '').replace(/\\[!-/:-@[-`{-~]/g, '')
    expect(shown).not.toMatch(/!\[|\]\(|^\[\d\]:|<[a-z/!?]/m)
  }
  expect(seen.join('\n')).toContain('![map](https://evil.example/map.png)')
  expect(seen.join('\n')).toContain('<img src=')
  expect(seen.join('\n')).toContain('[here](https://evil.example/)')
})

it("answers a page of a listed origin by OpenAI's library, whose own headers a browser asks about first", async () => {
  const page = 'https://news.example.org'
  const listed = await serveCorpus({ ORIGINS: [page] })
  const asking: string[] = []
  /** As a browser fetches for a page of another origin. */
  const browser: typeof fetch = async (url, init) => {
    const path = new URL(String(url)).pathname
    const names = [...new Headers(init?.headers).keys()].filter((name) => name !== 'accept')
    asking.push(...names)
    const preflight = { Origin: page, 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': names.join() }
    const { status, headers } = await listed.send(path, { method: 'OPTIONS', headers: preflight })
    const allowed = String(headers['access-control-allow-headers']).toLowerCase().split(', ')
    const refused = names.filter((name) => !allowed.includes(name))
    if (status !== 204 || refused.length > 0) throw new TypeError(`the browser does not send ${refused.join()}`)
    return fetch(url, { ...init, headers: { ...Object.fromEntries(new Headers(init?.headers)), Origin: page } })
  }
  const client = new OpenAI({ apiKey: 'any', baseURL: `${listed.address}/v1`, maxRetries: 0, dangerouslyAllowBrowser: true, fetch: browser })
  expect((await asked(client, BOATS)).answer.status).toBe('answered')
  expect(asking).toContain('x-stainless-lang')
})

it('has the quotes only, also where a language model writes for pages, and asks it nothing', async () => {
  const chat = await chatServer()
  const withModel = clientOf(await serve(await corpusIndex(), {}, { chatModel: await modelAt(chat) }))
  const { content, answer } = await asked(withModel, BOATS)
  expect([answer.status, answer.prose]).toEqual(['answered', undefined])
  expect(content).toMatch(/^[“"]/)
  expect(chat.requests).toEqual([])
})

it('is counted and logged as any other answer, and not what was asked', async () => {
  server.logged.length = 0
  await asked(client, BOATS)
  await expect
    .poll(() => server.logged.map((line) => JSON.parse(line) as object))
    .toMatchObject([{ route: '/v1/chat/completions', status: 200, question: BOATS.length, citations: expect.any(Number) as number }])
  expect(server.logged.join('')).not.toContain('boats')
})
