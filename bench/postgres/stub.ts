import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Embedder, PassageText, PassageVectors } from '../../index/embedders/embedder.ts'
import { bytesOfSigns } from '../../index/signs.mjs'
import { SyntheticEmbedder } from '../large/synthetic.ts'
import { gaussian } from '../seeded.ts'

/** Embeds nothing: it only has the limits of a model. */
const NO_MODEL = { maxTokens: 510, close: async () => {} } as unknown as Embedder
/** Numbers that vectors are taken from, at a place that the text's hash says; their bytes are the tokens' signs. */
const NOISE = Float32Array.from({ length: 1 << 16 }, gaussian(3))
const BYTES = new Uint8Array(NOISE.buffer)

/** Vectors made of the texts alone, in no time. Each may take a time, as on a device that is asked for one after the other, and none of the processor's. */
export class StubEmbedder extends SyntheticEmbedder {
  /** Passages that were asked for. */
  count = 0
  private readonly milliseconds: number
  private last: Promise<unknown> = Promise.resolve()

  constructor(milliseconds = 0) {
    super(NO_MODEL, 'stub')
    this.milliseconds = milliseconds
  }

  override embedPassage({ sentences }: PassageText): Promise<PassageVectors> {
    this.count++
    const made = this.last
      .then(() => (this.milliseconds > 0 ? wait(this.milliseconds) : undefined))
      .then(() => ({
        passage: vectorOf(sentences.join(' '), this.dimensions),
        sentences: sentences.map((sentence) => vectorOf(sentence, this.dimensions)),
        tokens: sentences.map((sentence) => tokensOf(sentence, this.dimensions)),
      }))
    this.last = made
    return made
  }
}

function vectorOf(text: string, dimensions: number): Float32Array {
  const at = placeOf(text) % (NOISE.length - dimensions)
  const vector = NOISE.slice(at, at + dimensions)
  const length = Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0))
  return vector.map((x) => x / length)
}

/** A token for every four letters. */
function tokensOf(sentence: string, dimensions: number): Uint8Array {
  const bytes = Math.ceil(sentence.length / 4) * bytesOfSigns(dimensions)
  const at = placeOf(sentence) % (BYTES.length - bytes)
  return BYTES.slice(at, at + bytes)
}

function placeOf(text: string): number {
  return createHash('sha1').update(text).digest().readUInt32LE()
}
