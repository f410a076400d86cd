import { beforeAll, describe, expect, it } from 'vitest'
import { type AskOptions, ask } from '../../answer/ask.ts'
import { type Rerank, reranking } from '../../answer/rerank.ts'
import type { Reranker } from '../../answer/rerankers/reranker.ts'
import { TransformersReranker } from '../../answer/rerankers/transformers.ts'
import type { Choice } from '../../answer/select.ts'
import { OnRecordError } from '../../index/errors.ts'
import type { Generation } from '../../index/generation.ts'
import { embedder, openedCorpus } from '../fixtures.ts'
import { OverlapReranker, testModel } from '../rerankers.ts'

const QUESTION = 'How many boats fish from the Pool?'

let generation: Generation
beforeAll(async () => {
  generation = await openedCorpus()
})

const never = () => {
  throw new Error('the reranker failed')
}
const asked = async (rerank?: Rerank, question = QUESTION, options: AskOptions = {}) => {
  let choices: Choice[] = []
  const answer = await ask(generation, await embedder(), question, { ...options, rerank, trace: (trace) => (choices = trace.choices) })
  return { ...answer, choices }
}
/** A reranker that gives what a function of the question and each text gives. */
const by = (score: (text: string, i: number) => number): Reranker => ({
  fingerprint: 'test',
  scores: async (_, texts) => texts.map(score),
  close: async () => {},
})
const place = ({ passage, sentence }: Choice) => `${passage}:${sentence}`

describe('with a reranker', () => {
  it('the quotes are in its order, and each is whole as before', async () => {
    const without = await asked()
    const reversed = await asked(
      reranking(
        by((_, i) => i),
        never,
      ),
    )
    expect(reversed.choices.slice(0, 20).map(place)).not.toEqual(without.choices.slice(0, 20).map(place))
    expect(reversed.citations[0]?.quote).not.toBe(without.citations[0]?.quote)
    const same = await asked(
      reranking(
        by((_, i) => -i),
        never,
      ),
    )
    expect(same.citations).toEqual(without.citations)
  })

  it('the sentences are the same, and so are the scores from the first to the last', async () => {
    const without = await asked()
    const { choices } = await asked(
      reranking(
        by((text) => text.length),
        never,
      ),
    )
    expect(choices.map((c) => c.score)).toEqual(without.choices.map((c) => c.score))
    expect(choices.map(place).sort()).toEqual(without.choices.map(place).sort())
    expect(choices.slice(20).map(place)).toEqual(without.choices.slice(20).map(place))
  })

  it('it reads the question and each sentence with those beside it', async () => {
    const read: string[] = []
    const reader: Reranker = {
      ...by(() => 0),
      scores: async (question, texts) => {
        expect(question).toBe(QUESTION)
        read.push(...texts)
        return texts.map(() => 0)
      },
    }
    const { choices } = await asked(reranking(reader, never))
    expect(read).toHaveLength(Math.min(20, choices.length))
    for (const [i, { passage, start, end }] of choices.slice(0, 20).entries()) {
      const text = generation.text(generation.sourceOf(passage))
      const around = generation.passage(passage)
      expect(read[i]).toContain(text.slice(start, end))
      expect(text.slice(around.start, around.end)).toContain(read[i])
    }
  })

  it.each([QUESTION, 'Which vitamin prevents scurvy?', 'What did Marchetti say about the harbour?', 'Who painted the Mona Lisa?'])(
    'whether the record answers is decided as without: %s',
    async (question) => {
      const without = await asked(undefined, question)
      const reversed = await asked(
        reranking(
          by((_, i) => i),
          never,
        ),
        question,
      )
      expect(reversed.status === 'not-on-record').toBe(without.status === 'not-on-record')
    },
  )

  it('that runs, the sentence with the words of the question stays first', async () => {
    const reranker = await TransformersReranker.start({ model: testModel('overlap') })
    expect((await asked(reranking(reranker, never))).citations[0]?.quote).toBe((await asked()).citations[0]?.quote)
    await reranker.close()
  })
})

describe('without its reranker an answer goes', () => {
  const failing: [string, Reranker][] = [
    ['fails', { ...by(() => 0), scores: () => Promise.reject(new OnRecordError('RERANKER_FAILED', 'It failed.', '')) }],
    ['does not end', { ...by(() => 0), scores: () => new Promise(() => {}) }],
    ['gives something that is no number', by(() => Number.NaN)],
    ['gives too few numbers', { ...by(() => 0), scores: async () => [1] }],
  ]
  it.each(failing)('when it %s, and that is told once', async (_, reranker) => {
    const without = await asked()
    const told: unknown[] = []
    const rerank = reranking(reranker, (error) => told.push(error), 50)
    for (let i = 0; i < 2; i++) expect((await asked(rerank)).citations).toEqual(without.citations)
    expect(told).toHaveLength(1)
    expect(told[0]).toBeInstanceOf(Error)
  })

  it('and with it again when it recovers', async () => {
    let calls = 0
    const recovering: Reranker = { ...by(() => 0), scores: async (_, texts) => (calls++ === 0 ? Promise.reject(new Error('once')) : texts.map((_, i) => i)) }
    const rerank = reranking(recovering, () => {}, 1000)
    const [first, second] = [await asked(rerank), await asked(rerank)]
    expect(second.citations).not.toEqual(first.citations)
  })
})

it('a client that leaves takes its question back from the reranker', async () => {
  const stop = new AbortController()
  const slow: Reranker = {
    ...by(() => 0),
    scores: (_, __, signal) => new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
  }
  const answer = asked(reranking(slow, never), QUESTION, { signal: stop.signal })
  setTimeout(() => stop.abort(new Error('the client left')), 200)
  await expect(answer).rejects.toThrow('the client left')
})

it('an index without a sentence to choose is no failure', async () => {
  const rerank = reranking(new OverlapReranker(), never)
  expect((await asked(rerank, QUESTION, { filters: { source: 'none' } })).citations).toEqual([])
})
