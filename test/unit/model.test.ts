import { cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { TransformersEmbedder } from '../../index/embedders/transformers.ts'
import { checkModel, DEFAULT_MODEL, placeOf, traitsOf } from '../../index/model.ts'
import { packageRoot } from '../../index/package-root.ts'
import { failureOf, temporaryFolder } from '../fixtures.ts'

const WEIGHTS = 'onnx/model_quantized.onnx'

/** A folder below which a copy of the default model lies; its weights are a link unless they are to be changed. */
async function copy(changed = ''): Promise<{ root: string; folder: string }> {
  const root = await temporaryFolder()
  const [from, folder] = [join(packageRoot(), 'models', DEFAULT_MODEL), join(root, DEFAULT_MODEL)]
  await mkdir(join(folder, 'onnx'), { recursive: true })
  for (const file of ['tokenizer.json', 'config.json', 'tokenizer_config.json']) await cp(join(from, file), join(folder, file))
  if (changed === WEIGHTS) await cp(join(from, WEIGHTS), join(folder, WEIGHTS))
  else await symlink(join(from, WEIGHTS), join(folder, WEIGHTS))
  return { root, folder }
}

async function flipBit(file: string): Promise<void> {
  const bytes = await readFile(file)
  const middle = bytes.length >> 1
  bytes[middle] = (bytes[middle] as number) ^ 1
  await writeFile(file, bytes)
}

describe('the default model', () => {
  const place = (root: string) => ({ root, name: DEFAULT_MODEL, dtype: 'q8' as const })

  it('is found whatever the working directory is', () => {
    expect(placeOf(DEFAULT_MODEL)).toEqual(place(join(packageRoot(), 'models')))
  })

  it('is known by a fingerprint over its files', async () => {
    const { root } = await copy()
    const facts = await checkModel(DEFAULT_MODEL, place(root))
    expect(facts).toEqual({ fingerprint: expect.stringMatching(/^Xenova\/bge-small-en-v1\.5@[0-9a-f]{16}$/), maxTokens: 512, dimensions: 384 })
    expect(facts).toEqual(await checkModel(DEFAULT_MODEL, place(join(packageRoot(), 'models'))))
  })

  it.each([WEIGHTS, 'tokenizer.json', 'config.json', 'tokenizer_config.json'])('is refused when one bit of %s is another', async (file) => {
    const { root, folder } = await copy(file)
    await flipBit(join(folder, file))
    const error = await failureOf(checkModel(DEFAULT_MODEL, place(root)))
    expect([error.code, error.what]).toEqual(['MODEL_DAMAGED', expect.stringContaining(file)])
  })

  it.each([WEIGHTS, 'tokenizer.json', 'config.json', 'tokenizer_config.json'])('is refused without %s', async (file) => {
    const { root, folder } = await copy()
    await rm(join(folder, file))
    const error = await failureOf(checkModel(DEFAULT_MODEL, place(root)))
    expect([error.code, error.what]).toEqual(['MODEL_MISSING', expect.stringContaining(file)])
  })
})

describe('a model by the path of its folder', () => {
  it('embeds as the same model by its name does', async () => {
    const { folder } = await copy()
    const [here, there] = await Promise.all([TransformersEmbedder.start(), TransformersEmbedder.start({ model: folder })])
    expect(await there.embedQuestion('Who?')).toEqual(await here.embedQuestion('Who?'))
    expect(there.fingerprint).not.toBe(here.fingerprint)
    await Promise.all([here.close(), there.close()])
  })

  it('is refused when its configuration is no JSON', async () => {
    const { folder } = await copy()
    await writeFile(join(folder, 'config.json'), '{"half":')
    expect((await failureOf(TransformersEmbedder.start({ model: folder }))).code).toBe('MODEL_DAMAGED')
  })

  it('is refused when a file of it is missing', async () => {
    const { folder } = await copy()
    await rm(join(folder, 'tokenizer.json'))
    expect((await failureOf(TransformersEmbedder.start({ model: folder }))).code).toBe('MODEL_MISSING')
  })

  it('is refused when it does not run', async () => {
    const { folder } = await copy()
    await rm(join(folder, WEIGHTS))
    await writeFile(join(folder, WEIGHTS), 'these are no weights')
    expect((await failureOf(TransformersEmbedder.start({ model: folder }))).code).toBe('EMBEDDER_FAILED')
  })

  it('has another fingerprint when a bit of it is another', async () => {
    const [{ folder }, { folder: changed }] = [await copy(), await copy()]
    await flipBit(join(changed, 'tokenizer.json'))
    const facts = await Promise.all([folder, changed].map((root) => checkModel('./same', { root, name: '.', dtype: 'q8' })))
    expect(facts[0]?.fingerprint).not.toBe(facts[1]?.fingerprint)
  })
})

it.each(['nobody/nothing', '/nowhere/nothing', './nothing'])('a model that is not here is refused: %s', async (model) => {
  const error = await failureOf(TransformersEmbedder.start({ model }))
  expect([error.code, error.what]).toEqual(['MODEL_MISSING', expect.stringContaining(model)])
})

it.each([
  ['Xenova/bge-base-en-v1.5', 'cls', /^Represent/, ''],
  ['intfloat/multilingual-e5-small', 'mean', /^query: $/, 'passage: '],
  ['/models/e5-base', 'mean', /^query: $/, 'passage: '],
  ['Xenova/all-MiniLM-L6-v2', 'mean', /^$/, ''],
])('%s is used as it was trained', (model, pooling, query, passage) => {
  expect(traitsOf(model)).toEqual({ pooling, query: expect.stringMatching(query), passage })
})
