import { beforeAll, describe, expect, it } from 'vitest'
import { type AskOptions, ask } from '../../answer/ask.ts'
import { verify } from '../../answer/verify.ts'
import type { Embedder } from '../../index/embedders/embedder.ts'
import type { Generation } from '../../index/generation.ts'
import { Answer } from '../../server/contract.ts'
import { buildIndex, documents, embedder } from '../fixtures.ts'

const MARCH =
  '---\ndate: 2025-03-11\noutlet: Haldersea Town Council\n---\n# Minutes\n\nSunil Ferrand, harbour engineer, said that the deep cut would cost £3.4 million. He said that the trial trench would be 60 metres long.\n\nCouncillor Barnaby Stoke said: "I will not vote for a hole in the sea."\n'
const MAY =
  'PRESS RELEASE\nInshore Society\nFor immediate use\n\nCut is too dear\n\nHALDERSEA, May 9, 2025 -- The cut has been priced again.\n\n“The deep cut will cost £5.2 million,” said Amos Treddle, secretary of the Inshore Society. “There are 31 boats in the Pool,” he said.\n'
const OCTOBER =
  'Source: The Lantern | 2025-10-15 08:00:00 | Editor: Ottaway\n\nCouncil votes for the deep cut\n\nHALDERSEA, Oct. 14 (Lantern) -- The council voted for the deep cut on Tuesday.\n\nSunil Ferrand, the harbour engineer, told it that the deep cut would now cost £3.9 million. "I was on a calm day," he said.\n\n"I said in March that I would not vote for a hole. Tonight I can," Councillor Barnaby Stoke said.\n'

let model: Embedder
let generation: Generation
beforeAll(async () => {
  model = await embedder()
  generation = await buildIndex(await documents({ 'march.md': MARCH, 'may.txt': MAY, 'october.txt': OCTOBER }))
})

async function asked(question: string, options?: AskOptions, of = generation) {
  const answer = await ask(of, model, question, options)
  expect(Answer.safeParse(answer).error).toBeUndefined()
  for (const { source, start, end, quote } of answer.citations) expect((await verify(of, { source: source.id, start, end, quote })).verified).toBe(true)
  for (const { sides } of answer.disagreements) {
    expect(sides.length).toBeGreaterThan(1)
    for (const { value, citations } of sides) {
      expect(citations.length).toBeGreaterThan(0)
      for (const n of citations) expect(answer.citations[n]).toBeDefined()
      if (value !== null) expect(citations.some((n) => answer.citations[n]?.quote.includes(value))).toBe(true)
    }
  }
  return answer
}

const marked = ({ disagreements }: Answer) => disagreements.map(({ sides }) => sides.map(({ label, value }) => `${label}: ${value}`))

describe('figures that differ', () => {
  it('are marked between the speakers whom a question names, each with who gave it and when', async () => {
    const answer = await asked('What will the deep cut cost, according to Amos Treddle and to the harbour engineer?')
    expect(marked(answer)).toEqual([
      ['Amos Treddle (9 May 2025): £5.2 million', 'Sunil Ferrand (11 March 2025): £3.4 million', 'Sunil Ferrand (14 October 2025): £3.9 million'],
    ])
    expect([answer.status, answer.disagreements[0]?.about]).toEqual(['answered', 'What will the deep cut cost'])
  })

  it('are marked in the order of time when several answer a question for a number', async () => {
    const [sides] = marked(await asked('How much would the deep cut cost?'))
    expect(sides).toEqual([
      'Sunil Ferrand (11 March 2025): £3.4 million',
      'Amos Treddle (9 May 2025): £5.2 million',
      'Sunil Ferrand (14 October 2025): £3.9 million',
    ])
  })

  it('are marked as the change of one speaker', async () => {
    const [sides] = marked(await asked("How has the harbour engineer's price for the deep cut changed?"))
    expect(sides).toEqual(['Sunil Ferrand (11 March 2025): £3.4 million', 'Sunil Ferrand (14 October 2025): £3.9 million'])
  })

  it.each([
    'How many boats are in the Pool?',
    'How long would the trial trench be?',
    'Who said that the deep cut would cost £5.2 million?',
    'When did the council vote?',
  ])('are not marked where there is one figure, or none is asked for: %s', async (question) => {
    expect((await asked(question)).disagreements).toEqual([])
  })
})

describe('what somebody said before and now', () => {
  it('stands side by side in the order of time, without a figure', async () => {
    const { citations, disagreements } = await asked('Did Councillor Stoke change his mind between March and the vote?')
    expect(disagreements[0]?.sides.map(({ label, value }) => [label, value])).toEqual([
      ['Barnaby Stoke (11 March 2025)', null],
      ['Barnaby Stoke (14 October 2025)', null],
    ])
    expect(citations[0]?.quote).toContain('I will not vote for a hole in the sea.')
    expect(citations[1]?.quote).toContain('Tonight I can')
  })

  it('is bound by an event of the record', async () => {
    const since = await asked('What has the harbour engineer said since the vote about the deep cut?')
    expect(since.citations[0]?.quote).toContain('£3.9 million')
    const before = await asked('What did the harbour engineer say before the vote about the deep cut?')
    expect(before.citations[0]?.quote).toContain('£3.4 million')
  })

  it.each([
    ['latest', '£3.9 million'],
    ['first', '£3.4 million'],
  ])('goes by its day when the %s figure is asked for', async (order, figure) => {
    expect((await asked(`What is the ${order} price that the harbour engineer has put on the deep cut?`)).citations[0]?.quote).toContain(figure)
  })
})

describe('a side that the record does not know', () => {
  it('is missing, and the other answers', async () => {
    const { status, missing, citations } = await asked('What did Amos Treddle and Miriam Sandoe say about the deep cut?')
    expect([status, missing]).toEqual(['partial', ['Miriam', 'Sandoe']])
    expect(citations[0]?.quote).toContain('£5.2 million')
  })

  it('leaves nothing when nobody speaks of what is asked', async () => {
    const { status, disagreements } = await asked('Do Amos Treddle and Barnaby Stoke agree about the price of saffron in Persia?')
    expect([status, disagreements]).toEqual(['not-on-record', []])
  })
})

it('goes on from "who disagrees?" and "does somebody agree?"', async () => {
  const history = [{ question: 'What does the harbour engineer say the deep cut will cost?' }]
  const anyone = await asked('Who disagrees?', { history })
  expect(anyone.question).toBe('Who disagrees about what the deep cut will cost?')
  expect(marked(anyone)[0]).toContain('Amos Treddle (9 May 2025): £5.2 million')
  const one = await asked('Does Amos Treddle agree?', { history })
  expect(one.question).toBe('Do the harbour engineer and Amos Treddle agree about what the deep cut will cost?')
  expect(marked(one)[0]).toContain('Amos Treddle (9 May 2025): £5.2 million')
})

it.each([1, 2, 3, 20])('keeps to a limit of %i citations', async (limit) => {
  const { citations } = await asked('What will the deep cut cost, according to Amos Treddle and to the harbour engineer?', { limit })
  expect(citations.length).toBeLessThanOrEqual(limit)
})

it('keeps to the filters', async () => {
  const { citations } = await asked('Do Amos Treddle and Sunil Ferrand agree on the price of the deep cut?', { filters: { before: '2025-06' } })
  expect(citations.length).toBeGreaterThan(1)
  for (const { source } of citations) expect(source.path).not.toContain('october')
})

describe('documents that give little are asked about their sides', () => {
  it.each<[string, Record<string, string>]>([
    ['no days', { 'a.txt': 'Odile Marchetti said the pier cost £4,000.\n', 'b.txt': 'Bruno Sarle said the pier cost £6,000.\n' }],
    ['no speakers', { 'a.md': '---\ndate: 2025-03-11\n---\nThe pier cost £4,000.\n', 'b.md': '---\ndate: 2025-05-11\n---\nThe pier cost £6,000.\n' }],
    ['one sentence', { 'a.txt': 'Pier.' }],
    ['marks', { 'a.txt': '£ £ £ 1 to 2 “”\n\n: ?\n\nQ: \nA: \nQ: ?' }],
  ])('with %s', async (_, files) => {
    const little = await buildIndex(await documents(files))
    for (const question of [
      'How much did the pier cost?',
      'Do Odile Marchetti and Bruno Sarle agree on what the pier cost?',
      'How has the price of the pier changed?',
      'Did Odile Marchetti change her mind between March and the vote?',
      'Who disagrees about the pier?',
      'What did the first and the last say?',
    ])
      await asked(question, {}, little)
  })
})
