import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { OnRecordError } from '../../index/errors.ts'
import { checkModel, type ModelPlace, missingModel, modelCache, placeOf } from '../../index/model.ts'
import { WorkerPool } from '../../index/worker-pool.ts'
import type { Reranker } from './reranker.ts'

export interface TransformersRerankerOptions {
  /** An id below the package's models/, or the path of a folder. */
  model: string
  /** Threads, each with a model of its own. Default: 1. */
  threads?: number
  /** May a model that is not on this machine be downloaded from its hub? Default: no. */
  download?: boolean
}

/** The setting that names the model. */
const SETTING = 'ONRECORD_RERANKER'

/** What is answered by one job: the outputs for each text, one after another. */
type Pool = WorkerPool<Float32Array, { outputs: number }>

/** A BERT-like cross-encoder (text classification, one output or two labels) through transformers.js, on this machine and off the calling thread. */
export class TransformersReranker implements Reranker {
  readonly fingerprint: string
  private readonly pool: Pool
  private readonly score: (outputs: Float32Array) => Float32Array

  private constructor(fingerprint: string, pool: Pool, score: (outputs: Float32Array) => Float32Array) {
    this.fingerprint = fingerprint
    this.pool = pool
    this.score = score
  }

  /** Checks the model's files and starts its threads. Throws MODEL_MISSING, MODEL_DAMAGED, RERANKER_FAILED, or CONFIG_INVALID for a model that is no reranker. */
  static async start({ model, threads = 1, download = false }: TransformersRerankerOptions): Promise<TransformersReranker> {
    const local = placeOf(model)
    if (!local && !download) throw missingModel(model, model, SETTING)
    const place: ModelPlace = local ?? { root: modelCache(), name: model, dtype: 'q8' }
    // A model that is here is checked before any native code reads it; one that is fetched, after.
    const before = local ? await checkReranker(model, local) : null
    const data = { ...place, download: !local, maxTokens: before?.maxTokens ?? 512 }
    const failed = (cause: unknown) => rerankerFailed(model, cause)
    const pool: Pool = await WorkerPool.start({ url: new URL('./transformers.worker.mjs', import.meta.url), data, size: threads, failed })
    try {
      const { fingerprint, labels } = before ?? (await checkReranker(model, place))
      return new TransformersReranker(fingerprint, pool, scoreOf(model, pool.facts?.outputs ?? 0, labels))
    } catch (error) {
      await pool.close()
      throw error
    }
  }

  async scores(question: string, texts: string[], signal?: AbortSignal): Promise<Float32Array> {
    return texts.length === 0 ? new Float32Array() : this.score(await this.pool.run({ question, texts }, false, signal))
  }

  close(): Promise<void> {
    return this.pool.close()
  }
}

/** What is known of a reranker by its files alone. Throws MODEL_MISSING, MODEL_DAMAGED, or CONFIG_INVALID when it is no text classification. */
export async function checkReranker(model: string, place: ModelPlace): Promise<{ fingerprint: string; maxTokens: number; labels: Record<string, string> }> {
  const facts = await checkModel(model, place, SETTING)
  const config = JSON.parse(await readFile(join(place.root, place.name, 'config.json'), 'utf8')) as Record<string, unknown>
  const architectures = Array.isArray(config.architectures) ? config.architectures.map(String) : []
  if (architectures.length > 0 && !architectures.some((name) => name.endsWith('ForSequenceClassification')))
    throw unsuitable(model, `it is a ${architectures.join(', ').slice(0, 100)}`)
  return { ...facts, labels: (config.id2label ?? {}) as Record<string, string> }
}

/** Names of the label that a fitting pair gets, in models with two. */
const POSITIVE = /^(?:label_1|relevant|yes|true|entailment|1)$/i

/** How a model's outputs become one number a text: the only output, or the log odds of the positive one of two labels. */
function scoreOf(model: string, outputs: number, labels: Record<string, string>): (all: Float32Array) => Float32Array {
  if (outputs === 1) return (all) => all
  if (outputs !== 2) throw unsuitable(model, `it has ${outputs} outputs`)
  const positive = POSITIVE.test(String(labels[0])) && !POSITIVE.test(String(labels[1])) ? 0 : 1
  return (all) => Float32Array.from({ length: all.length / 2 }, (_, i) => Number(all[2 * i + positive]) - Number(all[2 * i + 1 - positive]))
}

function unsuitable(model: string, why: string): OnRecordError {
  return new OnRecordError(
    'CONFIG_INVALID',
    `The model ${model} in ${SETTING} is no reranker: ${why}.`,
    'Name a text-classification model with one output or two labels, such as a cross-encoder, or leave the setting empty.',
  )
}

function rerankerFailed(model: string, cause: unknown): OnRecordError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new OnRecordError('RERANKER_FAILED', `The reranker ${model} failed: ${why}.`, `Run \`onrecord doctor\` to check it, or leave ${SETTING} empty.`, {
    cause,
  })
}
