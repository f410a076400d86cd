import { beforeAll, describe, expect, it } from 'vitest'
import { completed, type Turn } from '../../answer/followup.ts'
import type { Generation } from '../../index/generation.ts'
import { buildIndex, documents } from '../fixtures.ts'

const TEXT = 'Odile Marchetti, the harbour master, said the ferry was too old to repair.\n'

let generation: Generation
beforeAll(async () => {
  generation = await buildIndex(await documents({ 'ferry.txt': TEXT }))
})

function understood(earlier: string[], question: string) {
  return completed(
    question,
    earlier.map((asked) => ({ question: asked })),
    generation,
  )
}

const FERRY = 'What did Odile Marchetti say about the ferry?'

describe('a question that leans on the one before', () => {
  it.each([
    ['asks who said it', 'Who said that?', FERRY],
    ['asks when', 'When did she say it?', FERRY],
    ['asks why', 'And why?', FERRY],
    ['asks of another time', 'And in March?', 'What did Odile Marchetti say about the ferry in March?'],
    ['asks of the time before', 'But before 2024?', 'What did Odile Marchetti say about the ferry before 2024?'],
    ['asks of the person', 'What had he said in March?', 'What had Odile Marchetti said in March about ferry?'],
    ['asks of what is the person’s', 'What was her reason?', "What was Odile Marchetti's reason about ferry?"],
    ['asks of another speaker', 'What about the council?', 'What did the council say about the ferry?'],
    ['asks so in two words', 'And the council?', 'What did the council say about the ferry?'],
    ['asks of the other side', 'And the other side?', 'What about the ferry?'],
  ])('%s', async (_, question, expected) => {
    expect(await understood([FERRY], question)).toBe(expected)
  })

  it('replaces the time of the one before', async () => {
    expect(await understood(['What did the mayor say in July?'], 'And in March 2024?')).toBe('What did the mayor say in March 2024?')
  })

  // "And" takes a whole question for a subject, and of 2023 only "20" is taken for the day.
  it.each([
    ['keeps the question after "and"', FERRY, 'And what had he said in March?', 'What had Odile Marchetti said in March about ferry?'],
    ['replaces a month with its year', 'What did the mayor say in July 2023?', 'And in March 2024?', 'What did the mayor say in March 2024?'],
    ['puts a name for a pronoun alone', `${FERRY.slice(0, -1)} and the pier?`, 'What about her?', `${FERRY.slice(0, -1)} and the pier?`],
  ])('%s', async (_, before, question, expected) => {
    expect(await understood([before], question)).toBe(expected)
  })

  it('adds the subject where the one before has no speaker', async () => {
    expect(await understood(['How old is the ferry?'], 'What about the pier?')).toBe('How old is the ferry: the pier?')
  })

  it('goes on from the one before as it was understood', async () => {
    const chain = [FERRY, 'What about the council?', 'And in March?']
    expect(await understood(chain, 'And in July?')).toBe('What did the council say about the ferry in July?')
    expect(await understood([...chain, 'And in July?'], 'What about the mayor?')).toBe('What did the mayor say about the ferry in July?')
  })

  it('means the person whom the answer quoted when no question names one', async () => {
    const source = generation.sources[0]
    const history: Turn[] = [{ question: 'Is the ferry safe?', citations: [{ source: source?.id ?? '', start: 40, end: 60 }] }]
    expect(await completed('What else did she call it?', history, generation)).toMatch(/Odile Marchetti/)
  })

  it('passes over citations of sources that are gone', async () => {
    const history: Turn[] = [{ question: 'Is the ferry safe?', citations: [{ source: 'gone', start: 0, end: 9 }] }]
    expect(await completed('What did she call it?', history, generation)).toMatch(/ferry/)
  })
})

describe('a question that stands by itself', () => {
  it.each([
    'How many sailors work at the pier?',
    'What did the council say about the pier in March?',
    'Who is the harbour master of Sund?',
    'Did the council say that its new pier would cost the town four million crowns?',
  ])('is left as it is: %s', async (question) => {
    expect(await understood([FERRY], question)).toBe(question)
  })

  it.each(['And did the council approve the new pier last year?', 'In what year did the ferry sink?'])('is no part of the one before: %s', async (question) => {
    expect(await understood([FERRY], question)).not.toMatch(/say about/)
  })

  it.each(['Who said that?', 'And in March?', 'What about the council?', ''])('is any first question, such as "%s"', async (question) => {
    expect(await understood([], question)).toBe(question)
  })
})

it('is quick after ten turns', async () => {
  const turns = Array.from({ length: 10 }, (_, i) =>
    i === 0 ? FERRY : (['And in March?', 'What about the council?', 'And what had she said of it?'][i % 3] ?? ''),
  )
  const started = performance.now()
  expect(await understood(turns, 'And the other side?')).toMatch(/ferry/)
  // A millisecond or two; the bound only catches work that grows with the turns.
  expect(performance.now() - started).toBeLessThan(500)
})

it('is quick with long words that look like nothing else', () => {
  const long = `what about ${'the old and '.repeat(400)}`
  const started = performance.now()
  understood([`What did ${'he and '.repeat(400)}?`, long], `and ${long}?`)
  expect(performance.now() - started).toBeLessThan(500)
})
