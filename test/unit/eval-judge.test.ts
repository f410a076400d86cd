import { beforeAll, describe, expect, it } from 'vitest'
import type { Citation } from '../../answer/cite.ts'
import { type Asked, askAll } from '../../eval/ask-all.ts'
import { judge } from '../../eval/judge.ts'
import { measure } from '../../eval/measure.ts'
import { rightPassagesIn } from '../../eval/right-passages.ts'
import type { Case, QuestionSet } from '../../eval/types.ts'
import type { Generation } from '../../index/generation.ts'
import { buildIndex, documents, embedder, failureOf } from '../fixtures.ts'

const DOCS = {
  'minutes.md':
    '---\ndate: 2025-03-11\noutlet: Town Council\n---\n# Minutes\n\nAgnes Thirkell, harbour engineer, said that the trial trench would cost £95,000.\n\nThe mayor, Lorcan Pyle, opened the meeting at seven.',
  'report.txt': 'Pier reopens\n\nThe pier reopened on Nov. 26 after a storm had broken it.\n\nThe ferry sails at dawn.',
}

const COST: Case = {
  id: 'cost',
  question: 'How much does the trial trench cost?',
  kind: 'fact',
  history: [],
  filters: undefined,
  answerable: true,
  gold: [{ doc: 'minutes.md', within: null, accepted: ['would cost £95,000'] }],
  all: false,
  only: null,
  speakers: [['thirkell']],
  speech: 'indirect',
  saidOn: '2025-03-11',
  missing: [],
  figures: [],
}
const UNASKED = { speakers: null, speech: null, saidOn: null }
const ABSENT: Case = { ...COST, ...UNASKED, id: 'absent', question: 'Which vitamin prevents scurvy?', answerable: false, gold: [] }

let generation: Generation
beforeAll(async () => {
  generation = await buildIndex(await documents(DOCS))
})

async function asked(...cases: Case[]): Promise<Asked[]> {
  const all: Asked[] = []
  for await (const one of askAll(generation, await embedder(), cases)) all.push(one)
  return all
}

async function judged(one: Partial<Case>, change: (asked: Asked) => Asked = (a) => a) {
  const [first] = await asked({ ...COST, ...one })
  return judge(generation, change(first as Asked), await rightPassagesIn(generation))
}

it('gives for every question its case, its answer, and what that was decided on', async () => {
  const all = await asked(COST, ABSENT)
  expect(all.map((a) => [a.case.id, a.answer.status])).toEqual([
    ['cost', 'answered'],
    ['absent', 'not-on-record'],
  ])
  for (const { trace, answer, ms, embedMs } of all) {
    expect(trace.decision.status).toBe(answer.status)
    expect(trace.retrieved.candidates.length).toBeGreaterThan(0)
    expect([ms > 0, embedMs > 0]).toEqual([true, true])
  }
})

it('asks a question after the turns before it', async () => {
  const [one] = await asked({ ...COST, question: 'Who said that?', history: ['How much does the trial trench cost?'] })
  expect(one?.answer.question).toBe('How much does the trial trench cost?')
})

describe('an answer', () => {
  it('is right when its first quote holds the words, and the speaker, the form and the day are', async () => {
    expect(await judged({})).toMatchObject({
      quotes: [{ right: true, inPlace: true, path: 'docs/minutes.md' }],
      rightAmongFirst: true,
      wantedRanks: [1],
      rightRanks: [1],
      rightPassages: 1,
      speaker: true,
      speech: true,
      day: true,
      missingNamed: null,
      figuresReported: null,
    })
  })

  it('is wrong about the speaker, the form and the day when others are expected', async () => {
    expect(await judged({ speakers: [['pyle']], speech: 'direct', saidOn: '2025-03-12' })).toMatchObject({ speaker: false, speech: false, day: false })
  })

  it('is wrong when the words stand in another document, or in another paragraph', async () => {
    for (const gold of [
      { doc: 'report.txt', within: null, accepted: ['would cost £95,000'] },
      { doc: 'minutes.md', within: 'The mayor, Lorcan Pyle, opened the meeting at seven.', accepted: ['£95,000'] },
    ])
      expect((await judged({ gold: [gold] })).quotes[0]?.right).toBe(false)
  })

  it('is not what is wanted when a document is quoted that may not be', async () => {
    expect((await judged({ only: ['report.txt'] })).rightAmongFirst).toBe(false)
  })

  it('with all of several wanted needs each of them', async () => {
    const pier = { doc: 'report.txt', within: null, accepted: ['reopened on Nov. 26'] }
    expect(await judged({ gold: [...COST.gold, pier], all: true })).toMatchObject({ rightAmongFirst: false, wantedRanks: [1, expect.any(Number)] })
    expect(await judged({ gold: [...COST.gold, pier] })).toMatchObject({ rightAmongFirst: true })
  })

  it('does not count with a quote of several sentences and more than 400 characters', async () => {
    const longer = (words: string) => (one: Asked) => {
      const [first, ...rest] = one.answer.citations as [Citation, ...Citation[]]
      return { ...one, answer: { ...one.answer, citations: [{ ...first, quote: words + first.quote }, ...rest] } }
    }
    expect((await judged({}, longer('It rained. '.repeat(20)))).quotes[0]?.right).toBe(true)
    expect((await judged({}, longer('It rained. '.repeat(40)))).quotes[0]?.right).toBe(false)
    expect((await judged({}, longer('very, '.repeat(80)))).quotes[0]?.right).toBe(true)
  })

  it('is checked word for word, and a changed quote must not verify', async () => {
    const { citations, verbatim, verifications, verified } = await judged({})
    expect([verbatim, verified, verifications]).toEqual([citations, 2 * citations, 2 * citations])
    const forged = await judged({}, (one) => ({
      ...one,
      answer: { ...one.answer, citations: one.answer.citations.map((c) => ({ ...c, quote: c.quote.replace('95,000', '96,000') })) },
    }))
    expect(forged.verbatim).toBe(forged.citations - 1)
    expect(forged.verified).toBe(forged.verifications - 1)
  })

  it('names the missing words, or does not', async () => {
    const question = 'How much, says Captain Penhale, does the trial trench cost?'
    expect((await judged({ question, missing: ['Penhale'] })).missingNamed).toBe(true)
    expect((await judged({ question, missing: ['Tolgarth'] })).missingNamed).toBe(false)
  })
})

const SET: QuestionSet = { name: 'questions.json', sha256: null, form: 'record', cases: [COST, ABSENT], documents: null }

it('a run has the figures of its questions', async () => {
  const run = await measure(generation, await embedder(), SET, { version: '0' })
  expect(run).toMatchObject({ complete: true, notes: [], set: { questions: 2 }, index: { documents: 2 } })
  const value = (name: string) => run.figures.find((f) => f.name === name)
  expect(value('quote@1')).toMatchObject({ value: 1, of: 1 })
  expect(value('refused')).toMatchObject({ value: 1, of: 1 })
  expect(value('area under the curve')).toMatchObject({ value: 1, of: 2 })
  expect(value('verbatim')?.value).toBe(1)
  expect(value('missing words named')).toBeUndefined()
})

it('a run that is interrupted has what was measured until then', async () => {
  const stop = new AbortController()
  const run = await measure(generation, await embedder(), SET, { version: '0', signal: stop.signal, onProgress: () => stop.abort() })
  expect([run.complete, run.questions.map((q) => q.id)]).toEqual([false, ['cost']])
})

it('a run says which answers the index does not hold, and refuses a set about something else', async () => {
  const elsewhere: Case = { ...COST, id: 'elsewhere', gold: [{ doc: 'minutes.md', within: null, accepted: ['not one bucket'] }] }
  const { notes } = await measure(generation, await embedder(), { ...SET, cases: [COST, elsewhere] }, { version: '0' })
  expect(notes).toEqual(['The index does not hold what 1 of 2 questions expect: elsewhere. They count as missed.'])
  expect(await failureOf(measure(generation, await embedder(), { ...SET, cases: [elsewhere, ABSENT] }, { version: '0' }))).toMatchObject({
    code: 'SET_INVALID',
    message: expect.stringContaining('--folder DIR'),
  })
})
