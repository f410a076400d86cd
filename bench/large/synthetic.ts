import { Embeddings } from '@langchain/core/embeddings'
import type { Embedder, PassageText, PassageVectors, QuestionVectors } from '../../index/embedders/embedder.ts'
import { signsOf } from '../../index/signs.mjs'
import { wordsOf } from '../../index/terms.ts'
import { gaussian } from '../seeded.ts'

const DIMENSIONS = 384
/** Centres that the vectors lie around, and how far from them: as those of one subject do. */
const CLUSTERS = 2000
const SPREAD = 0.8
/** Numbers that noise is taken from, at a place that the text's hash says. */
const NOISE = 1 << 20
/** One passage in so many is read by the model too, so that its memory is counted. */
const READ_EVERY = 500

/** Made once a process. */
let numbers: { centres: Float32Array; noise: Float32Array } | undefined

/**
 * Vectors from the hashes of texts, so that 100,000 passages need no hours: texts with the same longest word lie together. Questions are read by
 * the real model, whose time and memory are thereby counted; only its vectors are not used.
 */
export class SyntheticEmbedder extends Embeddings implements Embedder {
  readonly fingerprint: string
  readonly dimensions = DIMENSIONS
  readonly maxTokens: number
  private readonly model: Embedder
  private readonly centres: Float32Array
  private readonly noise: Float32Array
  private passages = 0

  constructor(model: Embedder, fingerprint = 'synthetic') {
    super({})
    this.fingerprint = fingerprint
    this.model = model
    this.maxTokens = model.maxTokens
    numbers ??= { centres: Float32Array.from({ length: CLUSTERS * DIMENSIONS }, gaussian(1)), noise: Float32Array.from({ length: NOISE }, gaussian(2)) }
    this.centres = numbers.centres
    this.noise = numbers.noise
  }

  /** Words and a third more, as the default model makes of English. */
  async tokenCounter(): Promise<(text: string) => number> {
    return (text) => Math.ceil(wordsOf(text).length * 1.33)
  }

  async embedPassage(passage: PassageText, signal?: AbortSignal): Promise<PassageVectors> {
    if (this.passages++ % READ_EVERY === 0) await this.model.embedPassage(passage, signal)
    const { sentences } = passage
    const centre = this.centreOf(sentences.join(' '))
    return {
      passage: this.vectorOf(sentences.join(' '), centre),
      sentences: sentences.map((sentence) => this.vectorOf(sentence, centre)),
      tokens: sentences.map((sentence) => this.tokensOf(sentence)),
    }
  }

  async embedWords(question: string, signal?: AbortSignal): Promise<QuestionVectors> {
    await this.model.embedWords(question, signal)
    return {
      question: this.vectorOf(question, this.centreOf(question)),
      words: wordsOf(question).map(({ text }) => this.noiseOf(text).slice()),
    }
  }

  async embedQuestion(question: string, signal?: AbortSignal): Promise<Float32Array> {
    return (await this.embedWords(question, signal)).question
  }

  override async embedDocuments(texts: string[]): Promise<number[][]> {
    return Promise.all(texts.map(async (text) => Array.from((await this.embedPassage({ sentences: [text] })).passage)))
  }

  override async embedQuery(text: string): Promise<number[]> {
    return Array.from(await this.embedQuestion(text))
  }

  close(): Promise<void> {
    return this.model.close()
  }

  private centreOf(text: string): Float32Array {
    const longest = wordsOf(text).reduce((best, word) => (word.text.length > best.length ? word.text : best), '')
    const at = (hashOf(longest) % CLUSTERS) * DIMENSIONS
    return this.centres.subarray(at, at + DIMENSIONS)
  }

  private vectorOf(text: string, centre: Float32Array): Float32Array {
    const noise = this.noiseOf(text)
    const vector = centre.map((x, i) => x + SPREAD * (noise[i] as number))
    const length = Math.hypot(...vector)
    return vector.map((x) => x / length)
  }

  private tokensOf(sentence: string): Uint8Array {
    const words = wordsOf(sentence).flatMap(({ text }, i) => (i % 3 === 0 ? [text, `##${text}`] : [text]))
    const rows = new Float32Array(words.length * DIMENSIONS)
    for (const [i, word] of words.entries()) rows.set(this.noiseOf(word), i * DIMENSIONS)
    return signsOf(rows, DIMENSIONS)
  }

  private noiseOf(text: string): Float32Array {
    const at = hashOf(text) % (NOISE - DIMENSIONS)
    return this.noise.subarray(at, at + DIMENSIONS)
  }
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
