import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Reranker } from '../../answer/rerankers/reranker.ts'
import { TransformersReranker } from '../../answer/rerankers/transformers.ts'
import { failureOf } from '../fixtures.ts'
import { OverlapReranker, testModel } from '../rerankers.ts'

/** Every reranker, with the forms of models that it takes, and the one that stands for them in other tests. */
const RERANKERS: [string, () => Promise<Reranker>][] = [
  ['transformers, one output', () => TransformersReranker.start({ model: testModel('overlap') })],
  ['transformers, two labels, RoBERTa', () => TransformersReranker.start({ model: testModel('overlap-labels') })],
  ['transformers, two threads', () => TransformersReranker.start({ model: testModel('overlap'), threads: 2 })],
  ['of the tests', async () => new OverlapReranker()],
]

const QUESTION = 'How many boats fish from the Pool?'
const TEXTS = ['The council met in March.', 'Thirty-one boats fish from the Pool.', 'The Pool is deep.']

describe.each(RERANKERS)('the reranker %s', (_, start) => {
  let reranker: Reranker
  beforeAll(async () => {
    reranker = await start()
  })
  afterAll(() => reranker.close())

  const scores = async (question: string, texts: string[]) => Array.from(await reranker.scores(question, texts))

  it('gives one number for each text, the highest to the one that answers', async () => {
    const [none, all, some] = (await scores(QUESTION, TEXTS)) as [number, number, number]
    expect(none < some && some < all).toBe(true)
  })

  it('gives a pair the same number whatever stands beside it', async () => {
    const alone = await Promise.all(TEXTS.map(async (text) => (await scores(QUESTION, [text]))[0]))
    expect(await scores(QUESTION, TEXTS)).toEqual(alone)
    expect(await scores(QUESTION, [...TEXTS].reverse())).toEqual(alone.reverse())
  })

  it('gives no numbers for no texts', async () => {
    expect(await scores(QUESTION, [])).toEqual([])
  })

  it('gives numbers for calls that come at once', async () => {
    const expected = await scores(QUESTION, TEXTS)
    for (const given of await Promise.all(Array.from({ length: 12 }, () => scores(QUESTION, TEXTS)))) expect(given).toEqual(expected)
  })

  it.each([
    ['is empty', '', ''],
    ['is white space', ' \n', '\t'],
    ['has no letters', '?!', '🦀 — …'],
    ['runs from right to left', 'متى أغلق الميناء؟', 'أغلق الميناء في مايو.'],
    ['has the names of special tokens', '[SEP] </s> [CLS]', '<s> </s> [SEP] [PAD]'],
    ['has no end', '港'.repeat(1000), `${'The harbour was dredged. '.repeat(5000)}`],
    ['is one endless word', 'a'.repeat(1000), 'x'.repeat(100_000)],
  ])('gives a number when the text %s', async (_what, question, text) => {
    for (const pair of [[question, text] as const, [QUESTION, text] as const, [question, TEXTS[0] as string] as const]) {
      const given = await scores(pair[0], [pair[1]])
      expect(given.map(Number.isFinite)).toEqual([true])
    }
  })

  it('reads the beginning of a long text as it reads a short one', async () => {
    const [short, long, late] = await scores(QUESTION, [TEXTS[1] as string, TEXTS[1] + ' The council met.'.repeat(2000), TEXTS[0] as string])
    expect(long).toBe(short)
    expect(long).toBeGreaterThan(late as number)
  })

  it('takes back a call whose signal is aborted', async () => {
    const stop = new AbortController()
    stop.abort(new Error('the client left'))
    await expect(reranker.scores(QUESTION, TEXTS, stop.signal)).rejects.toBe(stop.signal.reason)
  })

  it('fails what comes once it is closed', async () => {
    const closed = await start()
    await closed.close()
    expect((await failureOf(closed.scores(QUESTION, TEXTS))).code).toBe('RERANKER_FAILED')
    await closed.close()
  })
})
