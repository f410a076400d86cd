import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { TransformersReranker } from '../../answer/rerankers/transformers.ts'
import { DEFAULT_MODEL } from '../../index/model.ts'
import { failureOf, temporaryFolder } from '../fixtures.ts'
import { testModel } from '../rerankers.ts'

/** A copy of a small model, to be changed. */
async function copyOf(name: string, config: object = {}): Promise<string> {
  const folder = join(await temporaryFolder(), name)
  await cp(testModel(name), folder, { recursive: true })
  const file = join(folder, 'config.json')
  await writeFile(file, JSON.stringify({ ...(JSON.parse(await readFile(file, 'utf8')) as object), ...config }))
  return folder
}

const refusal = (model: string) => failureOf(TransformersReranker.start({ model }))

it.each(['nobody/nothing', '/nowhere/nothing', './nothing'])('a reranker that is not here is refused, and its setting named: %s', async (model) => {
  const error = await refusal(model)
  expect([error.code, error.what, error.remedy]).toEqual(['MODEL_MISSING', expect.stringContaining(model), expect.stringContaining('ONRECORD_RERANKER')])
})

it.each(['tokenizer.json', 'config.json', 'tokenizer_config.json'])('a reranker without its %s is refused', async (file) => {
  const folder = await copyOf('overlap')
  await rm(join(folder, file))
  const error = await refusal(folder)
  expect([error.code, error.what]).toEqual(['MODEL_MISSING', expect.stringContaining(file)])
})

it('a reranker that does not run is refused', async () => {
  const folder = await copyOf('overlap')
  await writeFile(join(folder, 'onnx', 'model.onnx'), 'these are no weights')
  expect((await refusal(folder)).code).toBe('RERANKER_FAILED')
})

it.each([
  ['three labels', testModel('three-labels'), /three-labels in ONRECORD_RERANKER is no reranker: it has 3 outputs/],
  ['an embedding', DEFAULT_MODEL, /bge-small-en-v1\.5 in ONRECORD_RERANKER is no reranker: it is a BertModel/],
])('a model of %s is refused by its name', async (_, model, says) => {
  const error = await refusal(model)
  expect([error.code, error.what]).toEqual(['CONFIG_INVALID', expect.stringMatching(says)])
  expect(error.remedy).toContain('one output or two labels')
})

// The first output of this model is high for a text that fits, the second low.
it.each([
  ['relevant', 'irrelevant', 'high'],
  ['LABEL_1', 'LABEL_0', 'high'],
  ['LABEL_0', 'LABEL_1', 'low'],
  ['no', 'yes', 'low'],
  ['a', 'b', 'low'],
])('of the labels %s and %s the positive one counts', async (first, second, expected) => {
  const reranker = await TransformersReranker.start({ model: await copyOf('overlap-labels', { id2label: { 0: first, 1: second } }) })
  const [fits, not] = (await reranker.scores('Which boats?', ['The boats fish.', 'It rained.'])) as unknown as [number, number]
  expect(fits > not ? 'high' : 'low').toBe(expected)
  await reranker.close()
})

it('a reranker is known by a fingerprint over its files', async () => {
  const folders = await Promise.all([copyOf('overlap'), copyOf('overlap'), copyOf('overlap', { id2label: { 0: 'x' } })])
  const fingerprints = await Promise.all(
    folders.map(async (model) => {
      const reranker = await TransformersReranker.start({ model })
      await reranker.close()
      return reranker.fingerprint.slice(model.length)
    }),
  )
  expect(fingerprints[0]).toBe(fingerprints[1])
  expect(fingerprints[0]).not.toBe(fingerprints[2])
})
