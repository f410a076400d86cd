import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, dirname, isAbsolute, join, resolve } from 'node:path'
import { OnRecordError } from './errors.ts'
import { packageRoot } from './package-root.ts'
import { sha256OfFile } from './sha256.ts'

/** The embedding model that comes with the package. */
export const DEFAULT_MODEL = 'Xenova/bge-small-en-v1.5'

/** The sha256 of the files of the default model, as they are shipped. */
const SHIPPED: Record<string, string> = {
  'onnx/model_quantized.onnx': '0b3f3884a0c3cd5581eb9eadf1e1fe840e47ce37b7368f9298fcfa6e6718b0f0',
  'tokenizer.json': 'd241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66',
  'config.json': '239e1b311f19193fde43f457b1aa320d40343d5308b564dcebcc2eb3f75c467f',
  'tokenizer_config.json': 'b16b8526aed2fc78d2d4a4ee7b65656883319da3f4ac5dfd9100ab9a3b7bc447',
}

/** How a model was trained to be used: what stands before its texts, and what of its output is the vector of a text. */
export interface Traits {
  query: string
  passage: string
  pooling: 'cls' | 'mean'
}

/** The traits of a model by its name; a model of no known family has no prefixes and takes the mean of its tokens. */
export function traitsOf(model: string): Traits {
  if (/bge-(?:small|base|large)-en/i.test(model)) return { query: 'Represent this sentence for searching relevant passages: ', passage: '', pooling: 'cls' }
  if (/(?:^|[/\\-])(?:multilingual-)?e5-/i.test(model)) return { query: 'query: ', passage: 'passage: ', pooling: 'mean' }
  return { query: '', passage: '', pooling: 'mean' }
}

/** A model on this machine. `root` and `name` are how transformers.js finds it. */
export interface ModelPlace {
  root: string
  name: string
  dtype: 'q8' | 'fp32'
}

/** Where downloaded models are kept. */
export function modelCache(): string {
  return join(homedir(), '.cache', 'onrecord', 'models')
}

/**
 * The place of a model: a folder by its path, or an id such as `Xenova/bge-small-en-v1.5` below the package's `models/`
 * (whatever the working directory) or among the downloaded ones. Null when it is not on this machine.
 */
export function placeOf(model: string): ModelPlace | null {
  const isPath = isAbsolute(model) || /^\.{1,2}[\\/]/.test(model)
  const roots = isPath ? [dirname(resolve(model))] : [join(packageRoot(), 'models'), modelCache()]
  const name = isPath ? basename(resolve(model)) : model
  for (const root of roots) {
    if (existsSync(join(root, name, WEIGHTS.q8))) return { root, name, dtype: 'q8' }
    if (existsSync(join(root, name, WEIGHTS.fp32))) return { root, name, dtype: 'fp32' }
  }
  return null
}

const WEIGHTS = { q8: 'onnx/model_quantized.onnx', fp32: 'onnx/model.onnx' }

export interface ModelFacts {
  /** The model's name and a hash over its files: what tells it from every other in an index. */
  fingerprint: string
  /** Tokens that the model reads, special ones included. */
  maxTokens: number
  /** Numbers in a vector; null where its configuration does not say so. */
  dimensions: number | null
}

/**
 * Reads and checks the files of a model. Throws MODEL_MISSING when one is not there, and MODEL_DAMAGED when one
 * cannot be read or a file of the default model is not as it was shipped. `setting` is the one that names the model.
 */
export async function checkModel(model: string, place: ModelPlace, setting?: string): Promise<ModelFacts> {
  const folder = join(place.root, place.name)
  const hash = createHash('sha256')
  for (const file of [WEIGHTS[place.dtype], 'tokenizer.json', 'config.json', 'tokenizer_config.json']) {
    const path = join(folder, file)
    const sum = await sha256OfFile(path).catch(() => {
      throw missingModel(model, path, setting)
    })
    if (model === DEFAULT_MODEL && SHIPPED[file] !== sum) throw damagedModel(path)
    hash.update(`${file} ${sum}\n`)
  }
  const config = await json(join(folder, 'config.json'))
  const tokenizer = await json(join(folder, 'tokenizer_config.json'))
  const limits = [positions(config), tokenizer.model_max_length].filter((n): n is number => typeof n === 'number' && n > 8)
  return { fingerprint: `${model}@${hash.digest('hex').slice(0, 16)}`, maxTokens: Math.min(512, ...limits), dimensions: widthOf(config) }
}

/** What BERT and its like call `hidden_size` is the width of what comes out of them; of others it may be anything. */
function widthOf({ model_type, hidden_size }: Record<string, unknown>): number | null {
  return typeof hidden_size === 'number' && hidden_size > 0 && /^(?:bert|roberta|xlm-roberta|mpnet)$/.test(String(model_type)) ? hidden_size : null
}

/** Tokens that a model has positions for. RoBERTa and its like number them from after their padding token, 1. */
function positions({ model_type, max_position_embeddings: count }: Record<string, unknown>): unknown {
  return typeof count === 'number' && /roberta|camembert/.test(String(model_type)) ? count - 2 : count
}

export function missingModel(model: string, path: string, setting = 'ONRECORD_EMBEDDING_MODEL'): OnRecordError {
  const remedy =
    model === DEFAULT_MODEL
      ? 'It comes with the package: install On Record again, or restore models/ from the repository.'
      : `Put the model there, name another by ${setting}, or allow its download by ONRECORD_MODEL_DOWNLOAD=1.`
  return new OnRecordError('MODEL_MISSING', `The model file ${path} is missing.`, remedy)
}

function damagedModel(path: string, cause?: unknown): OnRecordError {
  return new OnRecordError('MODEL_DAMAGED', `The model file ${path} is damaged.`, 'Restore it: install On Record again, or check it out anew.', { cause })
}

async function json(path: string): Promise<Record<string, unknown>> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>
  } catch (cause) {
    throw damagedModel(path, cause)
  }
}
