import { beforeAll, describe, expect, it } from 'vitest'
import { type Sides, sidesOf } from '../../answer/sides.ts'
import { timesIn } from '../../answer/times.ts'
import type { Generation } from '../../index/generation.ts'
import { buildIndex, documents } from '../fixtures.ts'

const MARCH = `---\ndate: 2024-03-12\noutlet: Sund Town Council\n---\n# Minutes\n\nOdile Marchetti, the harbour engineer, said the ferry would cost £95,000.\n\nCouncillor Bruno Ferrand said that he would not vote for a new ferry.\n`
const MAY =
  "PRESS RELEASE\nSund Fishermen's Association\nFor immediate use\n\nFerry is too dear, say fishermen\n\nSUND, May 3, 2024 -- The Fishermen's Association today said that the ferry was too dear.\n\n“It will cost £140,000,” said Hesper Tolgarth, chair of the association.\n"
const VOTE =
  'Source: The Sund Lantern | 2024-09-20 07:40:00 | Editor: Pell\n\nFerry wins final vote\n\nSUND, Sept 19 (Lantern) -- The council voted for the ferry on Thursday.\n\nCouncillor Bruno Ferrand said that he had changed his mind. A study by the Estrey River Board came in May. A statement by the Board said that the ferry was safe.\n'

let generation: Generation
beforeAll(async () => {
  generation = await buildIndex(await documents({ 'march.md': MARCH, 'may.txt': MAY, 'vote.txt': VOTE }))
})

/** The sides of a question in short: how they are told apart, what they are asked about, and who and when. */
function short(sides: Sides | null) {
  if (!sides) return null
  const when = ({ after, before }: Sides['bounds'][number]) => (after || before ? ` ${after ?? ''}..${before ?? ''}` : '')
  return [sides.by, sides.search, ...sides.bounds.map((bounds) => `${bounds.speaker ?? '-'}${when(bounds)}`)]
}

const [ENGINEER, FISHERMEN] = ['the harbour engineer', "the Fishermen's Association"]

describe('the sides of a question are two speakers', () => {
  it.each([
    [`Do ${ENGINEER} and ${FISHERMEN} agree on what the ferry would cost?`, 'what the ferry would cost?'],
    [`What did ${ENGINEER} and ${FISHERMEN} say about the ferry?`, 'the ferry?'],
    [`How much would the ferry cost, according to ${ENGINEER} and to ${FISHERMEN}?`, 'How much would the ferry cost?'],
    [`Is there a dispute between ${ENGINEER} and ${FISHERMEN} over the price of the ferry?`, 'the price of the ferry?'],
    [`Where do ${ENGINEER} and ${FISHERMEN} differ on the ferry?`, 'the ferry?'],
    [`What cost did ${ENGINEER} give, and what cost did ${FISHERMEN} give?`, 'What cost'],
  ])('in "%s"', async (question, topic) => {
    expect(short(await sidesOf(question, generation))).toEqual(['speaker', topic, ENGINEER, FISHERMEN])
  })

  it('each with its own time', async () => {
    const question = `What cost did ${ENGINEER} give in March, and what cost did ${FISHERMEN} give in May?`
    expect(short(await sidesOf(question, generation))?.slice(2)).toEqual([`${ENGINEER} 2024-03-01..2024-04-01`, `${FISHERMEN} 2024-05-01..2024-06-01`])
  })

  it('or share the time that follows both', async () => {
    expect(short(await sidesOf(`What did ${ENGINEER} and ${FISHERMEN} say about the ferry in May?`, generation))?.slice(2)).toEqual([
      `${ENGINEER} 2024-05-01..2024-06-01`,
      `${FISHERMEN} 2024-05-01..2024-06-01`,
    ])
  })

  it('also when one of them is no speaker of the record', async () => {
    expect(short(await sidesOf('What did Odile Marchetti and Edwin Sarle say about the ferry?', generation))?.slice(2)).toEqual([
      'Odile Marchetti',
      'Edwin Sarle',
    ])
  })

  it('also when the text has the name of one in full only elsewhere', async () => {
    expect(short(await sidesOf('Do Odile Marchetti and the River Board agree about the ferry?', generation))?.slice(2)).toEqual([
      'Odile Marchetti',
      'the River Board',
    ])
  })
})

describe('the sides of a question are', () => {
  it.each([
    [
      'two times of one speaker',
      'What did Bruno Ferrand say in March, and what in September?',
      ['time', '', 'Bruno Ferrand 2024-03-01..2024-04-01', 'Bruno Ferrand 2024-09-01..2024-10-01'],
    ],
    ['the days of one who may have changed', 'Did Councillor Ferrand change his mind about the ferry?', ['day', 'the ferry?', 'Councillor Ferrand']],
    [
      'his days between two times',
      'Did Councillor Ferrand change his mind about the ferry between March and the final vote?',
      ['day', 'the ferry?', 'Councillor Ferrand 2024-03-01..2024-09-20'],
    ],
    ['the days on which a figure was another', 'How has the cost of the ferry changed?', ['day', 'the cost of the ferry?', '-']],
    ['all who speak of a thing', 'Who disagrees about the ferry?', ['anyone', 'the ferry?', '-']],
  ])('%s', async (_, question, expected) => {
    expect(short(await sidesOf(question, generation))).toEqual(expected)
  })
})

it.each([
  'What did Odile Marchetti say about the ferry?',
  'What did Odile Marchetti say about Bruno Ferrand and Hesper Tolgarth?',
  'What did Odile Marchetti say about the ferry between March and May?',
  'How much do the ferry and the pier cost?',
  'Did the price of bread rise?',
  'Who won the vote in March and who lost it?',
])('a question with one side has none: %s', async (question) => {
  expect(await sidesOf(question, generation)).toBeNull()
})

describe('an event is the day that the record tells it on', () => {
  it.each([
    ['before the final vote', null, '2024-09-19'],
    ['since the vote', '2024-09-19', null],
    ['after the vote', '2024-09-20', null],
    ['between March and the vote', '2024-03-01', '2024-09-20'],
  ])('%s', async (words, after, before) => {
    expect(await timesIn(`What was said ${words}?`, generation)).toMatchObject([{ after, before }])
  })

  it('and no time when the record does not tell of it', async () => {
    expect(await timesIn('What was said before the earthquake?', generation)).toEqual([])
    expect(await timesIn('What was said after the election?', generation)).toEqual([])
  })
})

it.each([
  '',
  '?',
  'and and and',
  'between and the',
  'Do and agree?',
  ', and ',
  'did '.repeat(240),
  ' '.repeat(999),
  'A and B '.repeat(120),
  '\u0001 versus \u0001',
])('a question that is none is read: %j', async (question) => {
  await expect(sidesOf(question, generation)).resolves.not.toThrow()
})
