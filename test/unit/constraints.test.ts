import { beforeAll, describe, expect, it } from 'vitest'
import { constraintsOf, passagesAskedFor } from '../../answer/constraints.ts'
import type { Generation } from '../../index/generation.ts'
import { isInTime } from '../../index/people.ts'
import type { Passages } from '../../index/searching.ts'
import type { Source } from '../../index/types.ts'
import { isSpeaker } from '../../index/voices.ts'
import { buildIndex, documents } from '../fixtures.ts'

const LONG = 'The pier stands in the bay, and the tide goes by below it, and gulls sit on the posts in rain and in wind. '.repeat(12)
const MARCH = `---\npublished: 2024-03-14\noutlet: River Board\n---\n\n${LONG}\n\nOdile Marchetti, the harbour master, said the ferry was old.\n\n${LONG}\n`
const JULY = `---\npublished: 2023-07-02\n---\n\nA spokesperson for the Sund Embassy said the ferry was new.\n\n${LONG}\n\nOdile Marchetti said the pier was safe.\n`

let generation: Generation
beforeAll(async () => {
  generation = await buildIndex(await documents({ 'march.md': MARCH, 'july.md': JULY, 'quiet.txt': LONG }))
})

/** The constraints of a question that are not empty. */
async function bound(question: string) {
  const { search: _, ...rest } = await constraintsOf(question, generation)
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null))
}

describe('the speaker', () => {
  it.each([
    ['What did Odile Marchetti say about the ferry?', 'Odile Marchetti'],
    ['What did the spokesperson say?', 'the spokesperson'],
    ['What has the River Board ever said about it?', 'the River Board'],
    ['According to Odile Marchetti, how old is the ferry?', 'Odile Marchetti'],
    ['How old is the ferry, according to the Sund Embassy?', 'the Sund Embassy'],
  ])('of "%s" is %s', async (question, speaker) => {
    expect(await bound(question)).toEqual({ speaker })
  })

  it.each(['What is it that the mayor has said of the pier?', 'What was the first thing the mayor said?'])('of "%s" is the mayor', async (question) => {
    expect((await bound(question)).speaker).toBe('the mayor')
  })

  it.each(['What did she say about the ferry?', 'What did anyone say?', 'How old is the ferry?', 'Who said the ferry was old?'])(
    'of "%s" is nobody',
    async (question) => {
      expect(await bound(question)).toEqual({})
    },
  )
})

describe('the time', () => {
  it.each([
    ['before 2024', { before: '2024-01-01' }],
    ['by March 2024', { before: '2024-04-01' }],
    ['after July 2, 2023', { after: '2023-07-03' }],
    ['in 2023', { after: '2023-01-01', before: '2024-01-01' }],
    ['on 14 March 2024', { after: '2024-03-14', before: '2024-03-15' }],
    ['on 2024-02-29', { after: '2024-02-29', before: '2024-03-01' }],
    ['in July', { after: '2023-07-01', before: '2023-08-01' }],
    ['in May', { after: '2024-05-01', before: '2024-06-01' }],
  ])('of "What did Odile Marchetti say %s?" is read', async (time, range) => {
    expect(await bound(`What did Odile Marchetti say ${time}?`)).toEqual({ speaker: 'Odile Marchetti', ...range })
  })

  it('is no month that the year does not have', async () => {
    expect(await bound('What did the mayor say in 2024-13?')).toEqual({ speaker: 'the mayor' })
  })

  it('is left out of the words to search for', async () => {
    expect((await constraintsOf('What did the mayor say about the ferry in March 2024?', generation)).search).toBe('What did the mayor say about the ferry?')
  })

  it.each([
    ['two times at once', 'What did the mayor say in 2023 about the flood of 2017 and after 2019?'],
    ['a year that a thing has', 'What did the mayor say about the flood of 2017?'],
  ])('is not bound by %s', async (_, question) => {
    expect(await bound(question)).toEqual({ speaker: 'the mayor' })
    expect((await constraintsOf(question, generation)).search).toBe(question)
  })

  it.each(['How high was the flood of 2017?', 'Which pier was built in 1907?', 'Who won in March?'])(
    'is not bound in "%s", where nobody says anything',
    async (question) => {
      expect(await bound(question)).toEqual({})
    },
  )
})

it.each([
  ['What did the mayor last say?', 'last'],
  ['What did the mayor first say?', 'first'],
  ['What did the mayor say last week?', undefined],
  ['What is the first name of the mayor?', undefined],
  ['What did the mayor say?', undefined],
])('orders "%s" as %s', async (question, order) => {
  expect((await bound(question)).order).toBe(order)
})

describe('a speaker that is asked for', () => {
  const source = { outlet: 'River Board' } as Source
  it.each([
    ['Odile Marchetti', 'Odile Marchetti', null, true],
    ['Marchetti', 'Odile Marchetti', null, true],
    ['Councillor Marchetti', 'Odile Marchetti', 'harbour master', true],
    ['the harbour master', 'Odile Marchetti', 'harbour master', true],
    ['the mayor', 'Odile Marchetti', 'harbour master', false],
    ['Bruno Marchetti', 'Odile Marchetti', null, false],
    ['the Sund Embassy', 'spokesperson for the Sund Embassy', null, true],
    ['the River Board', 'Odile Marchetti', null, true],
  ])('as "%s" is %s (%s): %s', (asked, speaker, role, expected) => {
    expect(isSpeaker(asked, { speaker, role }, source)).toBe(expected)
  })
})

it.each([
  ['2024-03-13', '2024-03-14', null, false],
  ['2024-03-14', null, '2024-03-14', false],
  ['2024-03', '2024-03-01', '2024-04-01', true],
  ['2023', '2024-01-01', null, false],
  [null, '2024-01-01', null, false],
])('has %s within %s and before %s: %s', (day, after, before, expected) => {
  expect(isInTime(day, { after, before })).toBe(expected)
})

describe('the passages asked for', () => {
  /** The words of the ferry and the pier in each of them, a line each. */
  async function asked(question: string) {
    const passages = await passagesAskedFor(generation, await constraintsOf(question, generation))
    if (passages === null) return null
    return [...(passages as Passages).numbers]
      .map(
        (p) =>
          generation
            .text(generation.sourceOf(p))
            .slice(generation.passage(p).start, generation.passage(p).end)
            .match(/the \w+ was \w+/)?.[0],
      )
      .sort()
  }

  it.each([
    ['What did Odile Marchetti say?', ['the ferry was old', 'the pier was safe']],
    ['What did Odile Marchetti say before 2024?', ['the pier was safe']],
    ['What did Odile Marchetti say in March?', ['the ferry was old']],
    ['What did the embassy say?', ['the ferry was new']],
    ['What did the River Board say?', ['the ferry was old']],
    ['What did the mayor say?', []],
  ])('by "%s" are %j', async (question, words) => {
    expect(await asked(question)).toEqual(words)
  })

  it('are all when nobody and no time is asked for', async () => {
    expect(await asked('How old is the ferry?')).toBeNull()
  })
})
