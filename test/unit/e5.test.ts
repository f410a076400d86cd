import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ask } from '../../answer/ask.ts'
import { TransformersEmbedder } from '../../index/embedders/transformers.ts'
import { documents, index, openedIndex } from '../fixtures.ts'
import { testModel } from '../rerankers.ts'

// The vector of a token of this model is a function of its number alone (test/models/build.py), so what was read can be told.
const MODEL = testModel('multilingual-e5-tiny')
const START = 0
const END = 2

let embedder: TransformersEmbedder
let vocabulary: Record<string, number>
beforeAll(async () => {
  embedder = await TransformersEmbedder.start({ model: MODEL })
  vocabulary = (JSON.parse(await readFile(join(MODEL, 'tokenizer.json'), 'utf8')) as { model: { vocab: Record<string, number> } }).model.vocab
})
afterAll(() => embedder.close())

/** The mean over some tokens, of length 1. */
function meanOf(tokens: (string | number)[]): number[] {
  const numbers = tokens.map((token) => (typeof token === 'number' ? token : (vocabulary[token] as number)))
  const sums = Array.from({ length: 16 }, (_, i) => numbers.reduce((sum, n) => sum + Math.cos(n * 0.37 * 1.1 ** i), 0))
  const length = Math.hypot(...sums)
  return sums.map((x) => x / length)
}

function expectNear(vector: Float32Array | undefined, expected: number[]): void {
  expect(vector?.length).toBe(expected.length)
  for (const [i, x] of expected.entries()) expect(vector?.[i]).toBeCloseTo(x, 2)
}

it('a question is the mean of its tokens after "query: "', async () => {
  expectNear(await embedder.embedQuestion('harbour bar'), meanOf([START, 'query', ':', 'harbour', 'bar', END]))
})

it('a passage is the mean of its tokens after "passage: ", a sentence that of its own', async () => {
  const { passage, sentences } = await embedder.embedPassage({ sentences: ['the bar', 'the pool'] })
  expectNear(passage, meanOf([START, 'passage', ':', 'the', 'bar', 'the', 'pool', END]))
  expectNear(sentences[0], meanOf(['the', 'bar']))
  expectNear(sentences[1], meanOf(['the', 'pool']))
})

// 514 positions, of which two are never used; two special tokens; two of the prefix.
it('as many tokens are read as the model has positions for, beside its own and the prefix', async () => {
  expect([embedder.dimensions, embedder.maxTokens]).toEqual([16, 508])
  const most = { sentences: ['harbour '.repeat(508).trim(), 'bar'] }
  const { passage, sentences } = await embedder.embedPassage(most)
  expectNear(passage, meanOf([START, 'passage', ':', ...Array.from({ length: 508 }, () => 'harbour'), END]))
  // Nothing of the second sentence was read.
  expect(sentences[1]).toEqual(passage)
  await embedder.embedQuestion('harbour '.repeat(1000))
})

it('an index is made and asked with such a model', async () => {
  const folder = await documents({ 'a.txt': `${'The bar shut the harbour. '.repeat(400)}\n\nThirty-one boats fish from the Pool.` })
  const { index: place, report } = await index(folder, { embedder })
  expect(report.skipped).toEqual([])
  const { generation } = await openedIndex(place, embedder)
  const { citations } = await ask(generation, embedder, 'How many boats fish from the Pool?')
  expect(citations[0]?.quote).toBe('Thirty-one boats fish from the Pool.')
})
