import { beforeAll, describe, expect, it } from 'vitest'
import { type AskOptions, ask } from '../../answer/ask.ts'
import { suggest } from '../../answer/suggest.ts'
import { verify } from '../../answer/verify.ts'
import type { Embedder } from '../../index/embedders/embedder.ts'
import type { Generation } from '../../index/generation.ts'
import { flat } from '../../index/stores/flat.ts'
import { Answer } from '../../server/contract.ts'
import { buildIndex, documents, embedder, openedCorpus } from '../fixtures.ts'

const DOCS = {
  'minutes.md': `---\ndate: 2025-03-11\noutlet: Town Council\n---\n# Minutes\n\nAgnes Thirkell, harbour engineer, said that the trial trench would cost £95,000.\n\nThe mayor, Lorcan Pyle, opened the meeting at seven.`,
  'report.txt':
    'Pier reopens\n\nSource: The Lantern| 2025-09-26 10:00:00|Editor: Ottaway\n\nThe pier reopened on Nov. 26 after a storm had broken it.\n\nThe ferry sails at dawn.',
  'copy.txt': 'The ferry sails at dawn.',
}

let model: Embedder
let generation: Generation

beforeAll(async () => {
  model = await embedder()
  generation = await buildIndex(await documents(DOCS))
})

const asked = (question: string, options?: AskOptions) => ask(generation, model, question, options)

it.each([
  ['How much does the trial trench cost?', '£95,000', 'docs/minutes.md'],
  ['When did the pier reopen?', 'Nov. 26', 'docs/report.txt'],
  ['What is the name of the harbour engineer?', 'Agnes Thirkell', 'docs/minutes.md'],
  ['when was the peir reopened', 'Nov. 26', 'docs/report.txt'],
])('answers "%s" in the words of the document', async (question, words, path) => {
  const { status, citations, missing, question: understood } = await asked(question)
  expect([status, missing, understood]).toEqual(['answered', [], question])
  expect(citations[0]?.quote).toContain(words)
  expect(citations[0]?.source.path).toBe(path)
})

it('says what is not on record, names the words that stand nowhere, and cites what comes nearest', async () => {
  const { status, missing, citations } = await asked('Which vitamin prevents scurvy?')
  expect([status, missing]).toEqual(['not-on-record', ['vitamin', 'prevents', 'scurvy']])
  expect(citations.length).toBeLessThanOrEqual(3)
})

it('answers in part when a name of the question stands in no cited passage', async () => {
  expect(await asked('How much, says Captain Penhale, does the trial trench cost?')).toMatchObject({ status: 'partial', missing: ['Captain', 'Penhale'] })
})

it('proves every citation, best first, and keeps to the contract', async () => {
  const answer = await asked('What does the trial trench cost?', { limit: 20 })
  for (const { source, start, end, quote } of answer.citations) expect((await verify(generation, { source: source.id, start, end, quote })).verified).toBe(true)
  expect(answer.citations.map((c) => c.score)).toEqual(answer.citations.map((c) => c.score).sort((a, b) => b - a))
  expect(Answer.safeParse(answer).error).toBeUndefined()
  expect(answer).toMatchObject({ generation: generation.id, degraded: false, timings: { embed: expect.any(Number), cite: expect.any(Number) } })
})

it('cites as many as are asked for, and the same words once', async () => {
  expect((await asked('When does the ferry sail?', { limit: 1 })).citations).toHaveLength(1)
  const { citations } = await asked('When does the ferry sail?')
  const [ferry, ...more] = citations.filter((c) => c.quote === 'The ferry sails at dawn.')
  expect(more).toEqual([])
  expect(ferry?.alsoIn).toHaveLength(1)
})

it.each<[AskOptions['filters'], RegExp]>([
  [{ after: '2025-06' }, /report/],
  [{ before: '2025-06' }, /minutes/],
  [{ outlet: 'council' }, /minutes/],
  [{ source: 'copy' }, /copy/],
])('cites only what passes the filter %j', async (filters, path) => {
  const { citations } = await asked('What happened at the harbour and the pier?', { filters })
  expect(citations.length).toBeGreaterThan(0)
  for (const citation of citations) expect(citation.source.path).toMatch(path)
})

it('has nothing on record when no document passes the filter', async () => {
  expect(await asked('When did the pier reopen?', { filters: { after: '2030' } })).toMatchObject({ status: 'not-on-record', citations: [] })
})

it.each(['?', '  ', '🦀', '港口', 'a'.repeat(1000), '"(*)" \\ OR 1=1', 'constructor __proto__ toString'])('takes %j for a question', async (question) => {
  expect(Answer.safeParse(await asked(question)).error).toBeUndefined()
})

it('gives the same answer to the same question', async () => {
  const [a, b] = [await asked('When did the pier reopen?'), await asked('When did the pier reopen?')]
  expect({ ...a, timings: {} }).toEqual({ ...b, timings: {} })
})

it('gives the same answer from the exact store', async () => {
  const exact = await buildIndex(await documents(DOCS), { store: flat })
  const [a, b] = [await asked('When did the pier reopen?'), await ask(exact, model, 'When did the pier reopen?')]
  expect({ ...b, timings: {}, generation: '' }).toEqual({ ...a, timings: {}, generation: '' })
})

it('makes links as it is told', async () => {
  const { citations } = await asked('When did the pier reopen?', { linkTo: (source, { start, end }) => `x:${source}:${start}-${end}` })
  for (const { link, source, start, end } of citations) expect(link).toBe(`x:${source.id}:${start}-${end}`)
})

it('stops when its signal is aborted', async () => {
  const stop = AbortSignal.abort(new Error('gone'))
  await expect(asked('When did the pier reopen?', { signal: stop })).rejects.toThrow('gone')
})

describe('the suggestions', () => {
  it('are questions that the sample documents answer, each about somebody else', async () => {
    const corpus = await openedCorpus()
    const questions = await suggest(corpus, model)
    expect(questions.length).toBeGreaterThan(1)
    for (const question of questions) expect((await ask(corpus, model, question)).status).toBe('answered')
    const surnames = questions.map((question) => /(\S+) say about/.exec(question)?.[1])
    expect(new Set(surnames).size).toBe(questions.length)
  })

  it('are none when the documents name nobody', async () => {
    expect(await suggest(await buildIndex(await documents({ 'a.txt': 'It rained. The pier was wet.' })), model)).toEqual([])
  })
})
