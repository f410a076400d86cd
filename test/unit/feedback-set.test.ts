import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { readSet } from '../../eval/cases.ts'
import { feedbackSet, reviewNotes, writtenSet } from '../../eval/feedback-set.ts'
import type { Generation } from '../../index/generation.ts'
import { buildIndex, documents, failureOf, temporaryFolder } from '../fixtures.ts'

const TEXT = 'Thirty-one boats\nfish from the Pool. Nobody counts the gulls.\n'

let generation: Generation
let source: { id: string; sha256: string }
beforeAll(async () => {
  generation = await buildIndex(await documents({ 'pool.txt': TEXT }))
  source = generation.sources[0] as { id: string; sha256: string }
})

const said = (question: string, helpful: boolean, more: object = {}) => ({
  time: '2026-01-02T09:00:00.000Z',
  question,
  helpful,
  citations: [{ source: source.id, start: 0, end: 36, sha256: source.sha256 }],
  generation: 'another',
  ...more,
})

async function setOf(lines: (object | string)[]) {
  const file = join(await temporaryFolder(), 'feedback.jsonl')
  await writeFile(file, lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''))
  return feedbackSet(generation, file)
}

describe('a set made of feedback', () => {
  it('has what a helpful answer cited as what is right', async () => {
    const { set, review } = await setOf([said('How many boats?', true)])
    expect(set.cases).toMatchObject([
      {
        id: 'feedback-1',
        question: 'How many boats?',
        kind: 'feedback',
        answerable: true,
        gold: [{ doc: 'docs/pool.txt', accepted: ['Thirty-one boats fish from the Pool.'] }],
      },
    ])
    expect(review).toEqual([])
  })

  it('has a helpful refusal as a question without an answer', async () => {
    expect((await setOf([said('Who counts the gulls?', true, { citations: [] })])).set.cases).toMatchObject([{ answerable: false, gold: [] }])
  })

  it('leaves to a person what anybody found unhelpful, with their reasons', async () => {
    const { set, review } = await setOf([said('How many boats?', true), said('how many  boats?', false, { reason: 'incomplete' }), said('Why?', false)])
    expect(set.cases).toEqual([])
    expect(review).toEqual([
      { question: 'How many boats?', why: ['incomplete'], quotes: [{ doc: 'docs/pool.txt', quote: 'Thirty-one boats fish from the Pool.' }] },
      { question: 'Why?', why: ['not helpful'], quotes: [{ doc: 'docs/pool.txt', quote: 'Thirty-one boats fish from the Pool.' }] },
    ])
  })

  it('asks a question once, with all that was cited for it', async () => {
    const other = { citations: [{ source: source.id, start: 37, end: 61, sha256: source.sha256 }] }
    const { set } = await setOf([said('How many boats?', true), said('How many boats?', true), said('how many boats?', true, other)])
    expect(set.cases.map(({ gold }) => gold.map(({ accepted }) => accepted[0]))).toEqual([['Thirty-one boats fish from the Pool.', 'Nobody counts the gulls.']])
  })

  it('takes no words from a text that has changed, or may have', async () => {
    const span = { source: source.id, start: 0, end: 36 }
    const changed = await setOf([
      said('A?', true, { citations: [{ ...span, sha256: '0'.repeat(64) }] }),
      said('B?', true, { citations: [span] }),
      said('C?', true, { citations: [{ ...span, source: 'gone' }] }),
      said('D?', true, { citations: [span], generation: generation.id }),
    ])
    expect(changed.set.cases.map(({ question }) => question)).toEqual(['D?'])
    expect(changed.review.map(({ why }) => why)).toEqual(Array(3).fill(['what was cited has changed since']))
  })

  it('leaves to a person a question that was both answered and refused to readers’ liking', async () => {
    const { set, review } = await setOf([said('How many boats?', true), said('How many boats?', true, { citations: [] })])
    expect([set.cases, review.map(({ why }) => why)]).toEqual([[], [['an answer and a refusal were both found helpful']]])
  })

  it('counts the lines that are none, such as half of one', async () => {
    const made = await setOf(['{"question":"Ho', said('How many boats?', true), '[]', '{"helpful":true}'])
    expect([made.set.cases.length, made.unreadable]).toEqual([1, 3])
    expect(reviewNotes(made)).toEqual(['3 lines of the feedback cannot be read.'])
  })

  it('is read again as it was written', async () => {
    const made = await setOf([said('How many boats?', true), said('Who counts the gulls?', true, { citations: [] }), said('Why?', false)])
    const file = join(await temporaryFolder(), 'set.json')
    await writeFile(file, writtenSet(made))
    expect((await readSet(file)).cases).toEqual(made.set.cases)
  })

  it('of a file that is not there is an error that names it', async () => {
    expect(await failureOf(feedbackSet(generation, '/nowhere/feedback.jsonl'))).toMatchObject({
      code: 'SET_INVALID',
      what: expect.stringContaining('/nowhere'),
    })
  })
})
