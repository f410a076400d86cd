import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { evenly, readSet } from '../../eval/cases.ts'
import { headingSet, headingsOf } from '../../eval/headings.ts'
import { buildIndex, documents, failureOf, temporaryFolder } from '../fixtures.ts'

const SQUAD = {
  data: [
    {
      title: 'The_Pool',
      paragraphs: [
        {
          context: 'Thirty-one boats  fish from the Pool.',
          qas: [
            { id: 'a', question: 'How many boats fish?', answers: [{ text: 'Thirty-one' }, { text: 'Thirty-one boats  fish' }] },
            { id: 'b', question: 'Who owns them?', is_impossible: true, answers: [] },
          ],
        },
      ],
    },
    { title: 'Cutlin Pier', paragraphs: [{ context: 'The pier has a lamp.', qas: [{ id: 'c', question: 'What has it?', answers: [{ text: 'a lamp' }] }] }] },
    { title: 'the pool', paragraphs: [] },
  ],
}

const RECORD = {
  questions: [
    {
      id: 'f1',
      question: 'What did Stoke say?',
      answerable: true,
      gold: [{ doc: 'minutes.md', contains: 'a foot\nin the door' }],
      speakers: [['stoke']],
      said_on: '2025-06-12',
      filters: { before: '2025-07' },
    },
    { id: 'n1', question: 'Who insures the lifeboat?', answerable: false },
  ],
}

async function file(content: unknown): Promise<string> {
  const path = join(await temporaryFolder(), 'set.json')
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

describe("SQuAD's format", () => {
  it('gives a document for each article, and the questions with their paragraph', async () => {
    const set = await readSet(await file(SQUAD))
    expect(set).toMatchObject({ name: 'set.json', form: 'squad', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(set.documents?.[0]).toEqual({ name: 'The_Pool.txt', text: 'The Pool\n\nThirty-one boats  fish from the Pool.\n' })
    expect(set.cases.map(({ id, answerable, kind }) => [id, answerable, kind])).toEqual([
      ['a', true, null],
      ['b', false, 'made unanswerable'],
      ['c', true, null],
    ])
    expect(set.cases[0]?.gold).toEqual([
      { doc: 'The_Pool.txt', within: 'Thirty-one boats fish from the Pool.', accepted: ['Thirty-one', 'Thirty-one boats fish'] },
    ])
  })

  it('gives documents of the same title different names, on any file system', async () => {
    const { documents: found } = await readSet(await file({ data: [SQUAD.data[0], { title: 'the_pool', paragraphs: [] }] }))
    expect(found?.map(({ name }) => name)).toEqual(['The_Pool.txt', 'the_pool-2.txt'])
  })

  it('split leaves every second article out, and its questions without an answer', async () => {
    const set = await readSet(await file(SQUAD), { half: 0 })
    expect(set.documents?.map(({ name }) => name)).toEqual(['The_Pool.txt', 'the_pool-2.txt'])
    expect(set.cases.at(-1)).toMatchObject({ id: 'c', answerable: false, kind: 'about other documents', gold: [] })
  })
})

it('the record form gives what is expected of the words, the speaker and the day', async () => {
  const set = await readSet(await file(RECORD))
  expect(set).toMatchObject({ form: 'record', documents: null })
  expect(set.cases[0]).toMatchObject({
    gold: [{ doc: 'minutes.md', within: null, accepted: ['a foot in the door'] }],
    speakers: [['stoke']],
    saidOn: '2025-06-12',
    filters: { before: '2025-07' },
  })
  expect(set.cases[1]).toMatchObject({ answerable: false, gold: [], speakers: null })
})

it.each([
  ['no JSON', '{', /set\.json is not JSON \(.*Save it as JSON/],
  ['neither form', { items: [] }, /set\.json has neither "data" \(SQuAD's format\) nor "questions"/],
  ['a list', [], /has neither/],
  ['no questions', { questions: [] }, /set\.json holds no questions/],
  ['a field of another kind', { questions: [{ ...RECORD.questions[1], answerable: 'no' }] }, /set\.json is wrong at questions\[0\]\.answerable: .*boolean/],
  [
    'an answerable question without gold',
    { questions: [{ ...RECORD.questions[0], gold: [] }] },
    /wrong at questions\[0\]\.gold: an answerable question needs one/,
  ],
  ['a filter that there is not', { questions: [{ ...RECORD.questions[1], filters: { since: '2025' } }] }, /wrong at questions\[0\]\.filters: .*since/],
  ['two questions of one id', { questions: [RECORD.questions[1], RECORD.questions[1]] }, /two questions with the id "n1"/],
  [
    'a question without an answer',
    { data: [{ title: 'a', paragraphs: [{ context: 'b', qas: [{ id: 'q', question: 'c?' }] }] }] },
    /wrong at data\[0\]\.paragraphs\[0\]\.qas\[0\]\.answers: an answer is needed/,
  ],
])('a set with %s is refused with its file, field and remedy', async (_what, content, says) => {
  expect(await failureOf(readSet(await file(content)))).toMatchObject({ code: 'SET_INVALID', message: expect.stringMatching(says) })
})

it('a set that is not there is refused', async () => {
  expect(await failureOf(readSet('/nowhere/set.json'))).toMatchObject({ code: 'SET_INVALID', message: expect.stringContaining('ENOENT') })
})

it('takes as many as asked for, spread over the whole list', () => {
  expect(evenly([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 3)).toEqual([0, 4, 7])
  expect(evenly([1, 2], 3)).toEqual([1, 2])
})

describe('headings', () => {
  it.each([
    ['Costs and dates\n\nIt costs £95,000.', ['Costs and dates']],
    ['It rained on Monday.\n\nWhat happened in July?\n\nNothing.', ['What happened in July?']],
    ['Costs and dates\nIt costs £95,000.', []],
    ['Costs\n\nIt costs.', []],
    ['It costs £95,000.\n\nThe pier was closed;\n\nit rained.', []],
    ['Source: The Lantern| 2025-09-26 10:00:00|Editor: Ottaway\n\nIt rained.', []],
  ])('in %j are %j', (text, expected) => {
    expect(headingsOf(text).map(({ start, end }) => text.slice(start, end))).toEqual(expected)
  })

  it('that stand over text, and once in the record, become questions', async () => {
    const folder = await documents({
      'a.md':
        '# The trial trench\n\nThe trench was dug in July and has half filled with silt again.\n\n## More to come\n\nThe council meets again in the autumn to vote.\n',
      'b.md':
        '# Who pays for it?\n\nThe harbour office pays for the whole of the trial trench.\n\n## More to come\n\nNo more is known about it at present, the clerk said.\n\n## Nothing below\n',
    })
    const { cases } = await headingSet(await buildIndex(folder))
    expect(cases.map(({ question, kind }) => [question, kind])).toEqual([
      ['The trial trench', 'heading'],
      ['Who pays for it?', 'question'],
    ])
    expect(cases[0]?.gold).toEqual([
      { doc: 'docs/a.md', within: null, accepted: ['The trench was dug in July and has half filled with silt again.', 'The trial trench'] },
    ])
    // The question itself is no answer to it.
    expect(cases[1]?.gold[0]?.accepted).toEqual(['The harbour office pays for the whole of the trial trench.'])
  })
})
