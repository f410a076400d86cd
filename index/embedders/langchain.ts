import { Embeddings, type EmbeddingsInterface } from '@langchain/core/embeddings'
import { OnRecordError } from '../errors.ts'
import type { Embedder, PassageText, PassageVectors, QuestionVectors } from './embedder.ts'
import { PassageQueue } from './passage-queue.ts'

export interface LangChainOptions {
  embeddings: EmbeddingsInterface
  /** Tells the model from every other, in an index that is made with it. Default: the class of the embeddings and the `model` they name. */
  name?: string | undefined
  /** Numbers in a vector. Default: those of a question that is embedded to find out. */
  dimensions?: number | undefined
  /** Tokens of a passage, at most, as `countTokens` reckons them. Default: 256. */
  maxTokens?: number | undefined
}

/** Fewer than most models read, since the count of tokens is an estimate. */
const MAX_TOKENS = 256

/**
 * Embeds by any LangChain `Embeddings`: a passage and each of its sentences are a text each. LangChain knows no vectors of tokens, so there are
 * none, and what compares the words of a question with them does without.
 */
export class LangChainEmbedder extends Embeddings implements Embedder {
  readonly fingerprint: string
  readonly dimensions: number
  readonly maxTokens: number
  private readonly embeddings: EmbeddingsInterface
  private readonly queue: PassageQueue
  private closed = false

  private constructor({ embeddings, maxTokens = MAX_TOKENS }: LangChainOptions, name: string, dimensions: number) {
    super({})
    this.fingerprint = `langchain:${name}@${dimensions}`
    this.dimensions = dimensions
    this.maxTokens = maxTokens
    this.embeddings = embeddings
    this.queue = new PassageQueue((texts) => this.vectorsOf(texts))
  }

  /** Throws CONFIG_INVALID when the embeddings have no name, and EMBEDDER_FAILED when they fail. */
  static async start(options: LangChainOptions): Promise<LangChainEmbedder> {
    const name = options.name ?? nameOf(options.embeddings)
    const dimensions = options.dimensions ?? (await called(() => options.embeddings.embedQuery('dimensions'))).length
    if (!(Number.isInteger(dimensions) && dimensions > 0)) throw failed(`its vectors have ${dimensions} numbers`)
    return new LangChainEmbedder(options, name, dimensions)
  }

  async tokenCounter(): Promise<(text: string) => number> {
    return countTokens
  }

  async embedPassage({ sentences }: PassageText, signal?: AbortSignal): Promise<PassageVectors> {
    if (this.closed) throw failed('it is closed')
    const [passage, ...rest] = await this.queue.embed([sentences.join(' '), ...sentences], signal)
    return { passage: passage as Float32Array, sentences: rest, tokens: sentences.map(() => new Uint8Array()) }
  }

  async embedQuestion(question: string, signal?: AbortSignal): Promise<Float32Array> {
    if (this.closed) throw failed('it is closed')
    signal?.throwIfAborted()
    return this.unit(question.trim() === '' ? [] : await called(() => this.embeddings.embedQuery(question)))
  }

  async embedWords(question: string, signal?: AbortSignal): Promise<QuestionVectors> {
    return { question: await this.embedQuestion(question, signal), words: [] }
  }

  override async embedDocuments(texts: string[]): Promise<number[][]> {
    return Promise.all(texts.map(async (text) => Array.from((await this.embedPassage({ sentences: [text] })).passage)))
  }

  override async embedQuery(text: string): Promise<number[]> {
    return Array.from(await this.embedQuestion(text))
  }

  /** The embeddings themselves belong to whoever gave them. */
  async close(): Promise<void> {
    this.closed = true
    await this.queue.close(failed('it is closed'))
  }

  /** Empty texts are not sent: many services refuse them. */
  private async vectorsOf(texts: string[]): Promise<Float32Array[]> {
    const sent = [...new Set(texts.filter((text) => text.trim() !== ''))]
    const vectors = sent.length === 0 ? [] : await called(() => this.embeddings.embedDocuments(sent))
    if (vectors.length !== sent.length) throw failed(`it gave ${vectors.length} vectors for ${sent.length} texts`)
    const byText = new Map(sent.map((text, i) => [text, this.unit(vectors[i] as number[])]))
    return texts.map((text) => byText.get(text) ?? this.unit([]))
  }

  /** A vector of length 1; of one without a direction, which stands for no words, the first axis. */
  private unit(vector: number[]): Float32Array {
    const { dimensions } = this
    const isVector = vector.length === dimensions && vector.every(Number.isFinite)
    if (!isVector && vector.length > 0) throw failed(`it gave a vector of ${vector.length} numbers, some perhaps not finite, instead of ${dimensions}`)
    const length = Math.hypot(...vector)
    return length > 0 ? Float32Array.from(vector, (x) => x / length) : Float32Array.from({ length: dimensions }, (_, i) => (i === 0 ? 1 : 0))
  }
}

/** Letters that a token has in most models' vocabularies, about; characters of scripts without spaces are one each. */
const LETTERS = 7
const PIECES = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Script=Thai}|[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu

/** An estimate, rather too high than too low. */
export function countTokens(text: string): number {
  let count = 0
  for (const [piece] of text.matchAll(PIECES)) count += Math.ceil(piece.length / LETTERS)
  return count
}

function nameOf(embeddings: EmbeddingsInterface): string {
  const { model, modelName } = embeddings as { model?: unknown; modelName?: unknown }
  const named = [model, modelName].find((one) => typeof one === 'string' && one !== '')
  if (named !== undefined) return `${embeddings.constructor.name}:${named}`
  throw new OnRecordError(
    'CONFIG_INVALID',
    'The embeddings do not say which model they are.',
    'Name it, so that an index is never asked with another one: { embeddings, name }.',
  )
}

async function called<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (cause) {
    throw failed(cause instanceof Error ? cause.message : String(cause), cause)
  }
}

function failed(why: string, cause?: unknown): OnRecordError {
  return new OnRecordError('EMBEDDER_FAILED', `The embedding model failed: ${why}.`, 'Check the embeddings that were given.', { cause })
}
