import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { Answer, Citation, MAX_HISTORY } from '../../server/contract.ts'
import { CORPUS } from '../fixtures.ts'
import { eventsIn, problemIn, type Served, serveCorpus } from '../served.ts'

const BOATS = 'How many boats fish from the Pool?'
const STREAM = { Accept: 'text/event-stream' }

let server: Served
beforeAll(async () => {
  server = await serveCorpus()
})

describe('an answer', () => {
  const questions = [
    BOATS,
    'How many tides were lost to the bar in 2024?',
    'What do I pay to keep a small boat in the harbour this year?',
    'When did the suction dredger dig the trial trench?',
  ]

  it.each(questions)('has the shape of the contract and quotes character for character: %s', async (question) => {
    const answer = Answer.parse(await server.ask(question))
    expect(answer.question).toBe(question)
    expect(answer.status).toBe('answered')
    expect(answer.citations.length).toBeGreaterThan(0)
    for (const { quote, start, end, passage, source, link, line } of answer.citations) {
      const { text } = await server.source(source.id)
      expect(text.slice(start, end)).toBe(quote)
      expect(text.slice(passage.start, passage.end)).toBe(passage.text)
      expect(passage.start <= start && end <= passage.end).toBe(true)
      expect(createHash('sha256').update(text).digest('hex')).toBe(source.sha256)
      expect(text.slice(0, start).split('\n').length).toBe(line)
      expect(link).toBe(`${server.address}/source/${source.id}?start=${start}&end=${end}`)
    }
  })

  it('quotes a plain text file byte for byte', async () => {
    const { citations } = await server.ask('In September, how did Hesper Dunnock answer when she was asked whether she still refused every bucket?')
    const cited = citations.find(({ source }) => source.path.endsWith('.txt')) as Citation
    const file = await readFile(join(dirname(CORPUS), cited.source.path), 'utf8')
    expect(file.slice(cited.start, cited.end)).toBe(cited.quote)
  })

  it('quotes no span twice and ranks the best first', async () => {
    const { citations } = await server.ask(BOATS, { limit: 20 })
    const spans = citations.map(({ source, start, end }) => `${source.id} ${start} ${end}`)
    expect(new Set(spans).size).toBe(spans.length)
    for (const [i, { score }] of citations.slice(1).entries()) expect(score).toBeLessThanOrEqual((citations[i] as Citation).score)
  })

  it('has as many citations as are asked for at most', async () => {
    expect((await server.ask(BOATS, { limit: 1 })).citations).toHaveLength(1)
    expect((await server.ask(BOATS)).citations.length).toBeLessThanOrEqual(5)
  })

  it('refuses what the documents do not say, with the nearest passages and the unknown words', async () => {
    const answer = await server.ask('Which vitamin prevents scurvy?')
    expect(answer.status).toBe('not-on-record')
    expect(answer.missing).toEqual(expect.arrayContaining(['vitamin', 'scurvy']))
    expect(answer.citations.length).toBeLessThanOrEqual(3)
  })

  it('names the words of the question that no cited passage holds', async () => {
    const answer = await server.ask('What did Captain Penhale say about the trial trench?')
    expect(answer.status).toBe('partial')
    expect(answer.missing).toContain('Penhale')
  })
})

/** When a citation was said, or else published. */
const days = ({ statements, source }: Citation) => (statements.length > 0 ? statements.map((s) => s.saidOn ?? '') : [source.published ?? ''])

describe('filters', () => {
  it.each([
    ['outlet', { outlet: 'Estrey Coast Radio' }, (c: Citation) => c.source.outlet === 'Estrey Coast Radio'],
    ['the first day, which is included', { after: '2025-10-06' }, (c: Citation) => days(c).some((day) => day >= '2025-10-06')],
    ['the last day, which is not included', { before: '2025-05-09' }, (c: Citation) => days(c).some((day) => day < '2025-05-09')],
  ])('keep the citations to %s', async (_what, filters, passes) => {
    const { citations } = await server.ask(BOATS, { filters })
    expect(citations.length).toBeGreaterThan(0)
    expect(citations.filter((citation) => !passes(citation))).toEqual([])
  })

  it('that nothing passes make it not on record', async () => {
    expect(await server.ask(BOATS, { filters: { source: 'no-such-source' } })).toMatchObject({ status: 'not-on-record', citations: [] })
  })
})

describe('a stream', () => {
  it('brings each citation, then the whole answer, which is the one that JSON brings', async () => {
    const reply = await server.post('/api/ask', { question: BOATS }, STREAM)
    expect(reply.headers['content-type']).toBe('text/event-stream; charset=utf-8')
    expect(reply.headers['cache-control']).toBe('no-store')
    const events = eventsIn(reply.text)
    const answer = Answer.parse(events.pop()?.data)
    expect(events.map(({ event }) => event)).toEqual(answer.citations.map(() => 'citation'))
    expect(events.map(({ data }) => Citation.parse((data as { citation: unknown }).citation))).toEqual(answer.citations)
    expect({ ...answer, timings: {} }).toEqual({ ...(await server.ask(BOATS)), timings: {} })
  })

  it('is only for who asks for it: whoever takes anything gets JSON', async () => {
    for (const accept of ['*/*', 'application/json', 'application/json, text/event-stream;q=0.5']) {
      expect((await server.post('/api/ask', { question: BOATS }, { Accept: accept })).headers['content-type']).toMatch(/^application\/json/)
    }
  })

  it('is not begun for a request that is wrong', async () => {
    expect(problemIn(await server.post('/api/ask', { question: '' }, STREAM)).status).toBe(400)
  })
})

describe('any question', () => {
  it.each([
    ['in German', 'Wie viele Boote fischen in dem Hafenbecken?'],
    ['in Chinese', '港口里有多少条船？'],
    ['in Arabic', 'كم عدد القوارب في الميناء؟'],
    ['of punctuation', '?!... --- "" ()'],
    ['of emoji', '🚢🌊🦀'],
    ['of one letter', 'a'],
    ['of function words', 'what is it that they were?'],
    ['with half a surrogate pair', 'boats \ud83d in the Pool'],
    ['with control characters', 'boats\u0000 in\u0007 the Pool'],
    ['with a zero-width space alone', '\u200b'],
    ['that looks like a pattern', '(a+)+$ [boats] \\ $1 %s'],
    ['of 1,000 code points, each two code units', '🦀'.repeat(1000)],
    ['of one long word', 'x'.repeat(1000)],
    ['named like a property', 'constructor __proto__ toString'],
  ])('%s is answered or refused in the ordinary way', async (_what, question) => {
    const reply = await server.post('/api/ask', { question })
    expect(reply.status).toBe(200)
    const answer = Answer.parse(reply.json())
    for (const { quote, start, end, source } of answer.citations) expect((await server.source(source.id)).text.slice(start, end)).toBe(quote)
  })

  it.each(['?!... --- "" ()', '🚢🌊🦀', '港口里有多少条船？', '\u200b'])(
    'without a word that the documents could hold is not on record: %j',
    async (question) => {
      expect((await server.ask(question)).status).toBe('not-on-record')
    },
  )
})

describe('a conversation', () => {
  it(`may come with up to ${MAX_HISTORY} earlier turns`, async () => {
    const { citations } = await server.ask(BOATS)
    const turn = { question: BOATS, citations: citations.map(({ source, start, end }) => ({ source: source.id, start, end })) }
    const history = Array.from({ length: MAX_HISTORY }, () => turn)
    expect((await server.post('/api/ask', { question: BOATS, history })).status).toBe(200)
    expect(problemIn(await server.post('/api/ask', { question: BOATS, history: [...history, turn] })).field).toBe('history')
  })
})
