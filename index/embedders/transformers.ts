import { Embeddings } from '@langchain/core/embeddings'
import { OnRecordError } from '../errors.ts'
import { checkModel, DEFAULT_MODEL, type ModelPlace, missingModel, modelCache, placeOf, traitsOf } from '../model.ts'
import { bytesOfSigns } from '../signs.mjs'
import { wordsOf } from '../terms.ts'
import { WorkerPool } from '../worker-pool.ts'
import type { Embedder, PassageText, PassageVectors, QuestionVectors } from './embedder.ts'

export interface TransformersOptions {
  /** An id below the package's models/, or the path of a folder. Default: the model that comes with the package. */
  model?: string
  /** Threads, each with a model of its own (about 100 MB). Default: 1. */
  threads?: number
  /** May a model that is not on this machine be downloaded from its hub? Default: no. */
  download?: boolean
}

/** Vectors one after the other, and the numbers that each has; of a passage the signs of its sentences' tokens too, and how many each has. */
interface Packed {
  numbers: Float32Array
  lengths: number[]
  signs?: Uint8Array
  counts?: number[]
}

/** Sentences whose tokens are kept from their counting until they are embedded, at most: more than stand between the two. */
const COUNTED = 10_000

/** Numbers in a vector, and tokens that stand before every passage. */
type Pool = WorkerPool<Packed, { dimensions: number; prefixTokens: number }>

/**
 * Embeds by a BERT-like ONNX model through transformers.js, on this machine and off the calling thread. One forward pass a passage:
 * the passage's vector is the model's pooled output, a sentence's vector the mean of its tokens in the context of the passage.
 */
export class TransformersEmbedder extends Embeddings implements Embedder {
  readonly fingerprint: string
  readonly maxTokens: number
  private readonly place: ModelPlace
  private readonly pool: Pool
  private counter: Promise<(text: string) => number> | undefined
  /** The tokens of sentences that were counted, so that no thread has to find them again. */
  private readonly counted = new Map<string, Int32Array>()

  private constructor(place: ModelPlace, pool: Pool, fingerprint: string, maxTokens: number) {
    super({})
    this.place = place
    this.pool = pool
    this.fingerprint = fingerprint
    this.maxTokens = maxTokens
  }

  /** Checks the model's files and starts its threads. Throws MODEL_MISSING, MODEL_DAMAGED or EMBEDDER_FAILED. */
  static async start({ model = DEFAULT_MODEL, threads = 1, download = false }: TransformersOptions = {}): Promise<TransformersEmbedder> {
    const local = placeOf(model)
    if (!local && !download) throw missingModel(model, model)
    const place: ModelPlace = local ?? { root: modelCache(), name: model, dtype: 'q8' }
    // A model that is here is checked before any native code reads it; one that is fetched, after.
    const before = local ? await checkModel(model, local) : null
    const traits = traitsOf(model)
    const data = {
      ...place,
      download: !local,
      pooling: traits.pooling,
      queryPrefix: traits.query,
      passagePrefix: traits.passage,
      maxTokens: (before?.maxTokens ?? 512) - 2,
    }
    const pool: Pool = await WorkerPool.start({ url: new URL('./transformers.worker.mjs', import.meta.url), data, size: threads, failed })
    const facts = before ?? (await checkModel(model, place))
    return new TransformersEmbedder(place, pool, facts.fingerprint, facts.maxTokens - 2 - (pool.facts?.prefixTokens ?? 0))
  }

  get dimensions(): number {
    return this.pool.facts?.dimensions ?? 0
  }

  tokenCounter(): Promise<(text: string) => number> {
    this.counter ??= this.loadCounter()
    return this.counter
  }

  private async loadCounter(): Promise<(text: string) => number> {
    const { AutoTokenizer, env } = await import('@xenova/transformers')
    env.localModelPath = this.place.root
    env.allowRemoteModels = false
    const tokenizer = await AutoTokenizer.from_pretrained(this.place.name)
    return (text) => {
      const tokens = Int32Array.from(tokenizer.encode(text, { add_special_tokens: false }))
      if (this.counted.size >= COUNTED) this.counted.clear()
      this.counted.set(text, tokens)
      return tokens.length
    }
  }

  async embedPassage({ sentences }: PassageText, signal?: AbortSignal): Promise<PassageVectors> {
    const known = sentences.map((sentence) => this.counted.get(sentence) ?? sentence)
    for (const sentence of sentences) this.counted.delete(sentence)
    const { numbers, lengths, signs = new Uint8Array(), counts = [] } = await this.pool.run({ sentences: known }, false, signal)
    const [passage, ...rest] = unpacked(numbers, lengths)
    const width = bytesOfSigns(this.dimensions)
    const tokens = unpacked(
      signs,
      counts.map((count) => count * width),
    )
    // A store that keeps the passage's vector does not keep all the others with it.
    return { passage: (passage as Float32Array).slice(), sentences: rest, tokens }
  }

  async embedQuestion(question: string, signal?: AbortSignal): Promise<Float32Array> {
    return (await this.embedWords(question, signal)).question
  }

  async embedWords(question: string, signal?: AbortSignal): Promise<QuestionVectors> {
    const segments = segmentsOf(question)
    const { numbers, lengths } = await this.pool.run({ question: segments.map((s) => s.text) }, true, signal)
    const [vector, ...rest] = unpacked(numbers, lengths)
    return { question: vector as Float32Array, words: rest.filter((_, i) => segments[i]?.isWord) }
  }

  /** LangChain's call for documents: the vector of each text as one passage. */
  override embedDocuments(texts: string[]): Promise<number[][]> {
    return Promise.all(texts.map(async (text) => Array.from((await this.embedPassage({ sentences: [text] })).passage)))
  }

  /** LangChain's call for a question. */
  override async embedQuery(text: string): Promise<number[]> {
    return Array.from(await this.embedQuestion(text))
  }

  close(): Promise<void> {
    return this.pool.close()
  }
}

/** What a thread laid one after the other, each so long. */
function unpacked<Numbers extends Float32Array | Uint8Array>(numbers: Numbers, lengths: number[]): Numbers[] {
  let at = 0
  return lengths.map((length) => {
    at += length
    return numbers.subarray(at - length, at) as Numbers
  })
}

/** A text as its words, each with the space before it, and what stands between them. */
function segmentsOf(text: string): { text: string; isWord: boolean }[] {
  const segments: { text: string; isWord: boolean }[] = []
  let at = 0
  for (const word of wordsOf(text)) {
    const gap = text.slice(at, word.start)
    const marks = gap.trimEnd()
    segments.push({ text: marks, isWord: false }, { text: gap.slice(marks.length) + word.text, isWord: true })
    at = word.start + word.text.length
  }
  return [...segments, { text: text.slice(at), isWord: false }]
}

function failed(cause: unknown): OnRecordError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new OnRecordError('EMBEDDER_FAILED', `The embedding model failed: ${why}.`, 'Run `onrecord doctor` to check the model.', { cause })
}
