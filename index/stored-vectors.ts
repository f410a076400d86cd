import { createHash } from 'node:crypto'
import type { PassageVectors } from './embedders/embedder.ts'
import { bytesOfSigns } from './signs.mjs'
import { quantise } from './vectors.ts'

/** The vectors of a passage as an index stores them. */
export interface StoredVectors {
  /** Of length 1. */
  passage: Float32Array
  /** Those of its sentences one after the other: a signed byte a dimension. */
  sentences: Uint8Array
  /** The signs of its sentences' tokens one after the other: a bit a dimension. */
  signs: Uint8Array
  /** Tokens of each sentence. */
  tokens: number[]
}

export function stored({ passage, sentences, tokens }: PassageVectors): StoredVectors {
  const width = bytesOfSigns(passage.length)
  return {
    passage,
    sentences: Buffer.concat(sentences.map((vector) => Buffer.from(quantise(vector).buffer))),
    signs: Buffer.concat(tokens),
    tokens: tokens.map((signs) => signs.length / width),
  }
}

/** Bytes of a passage's key. */
export const KEY_BYTES = 16

/** What the vectors of a passage depend on, besides the model: the same for the same sentences. */
export function keyOf(sentences: string[]): Buffer {
  const hash = createHash('sha256')
  for (const sentence of sentences) hash.update(`${sentence.length}:`).update(sentence, 'utf8')
  return hash.digest().subarray(0, KEY_BYTES)
}
