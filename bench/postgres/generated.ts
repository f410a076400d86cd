import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Embedder } from '../../index/embedders/embedder.ts'
import { passagesOf } from '../../index/passages.ts'
import type { NewSource } from '../../index/postgres/rows.ts'
import { sentencesOf } from '../../index/sentences.ts'
import { sha256OfText } from '../../index/sha256.ts'
import { bytesOfSigns } from '../../index/signs.mjs'
import type { StoredVectors } from '../../index/stored-vectors.ts'
import { quantise } from '../../index/vectors.ts'
import { documentNumber } from '../large/documents.ts'
import { gaussian, uniform } from '../seeded.ts'

/** The length of what is added to a sentence's vector, as in test/unit/recall.test.ts. */
const NOISE = 0.3
/** Noise is taken from so many numbers, at a place of its own each time. */
const NUMBERS = 1 << 22
/** Tokens for each word, as the default model makes of English. */
const TOKENS = 1.33

/** What generated sources are made with: the vectors of the sentences of the sample documents, and noise. */
export class Generated {
  private readonly words: string[]
  private readonly sentences: Float32Array[]
  private readonly noise: Float32Array
  private readonly dimensions: number

  private constructor(words: string[], sentences: Float32Array[], dimensions: number) {
    this.words = words
    this.sentences = sentences
    this.dimensions = dimensions
    this.noise = Float32Array.from({ length: NUMBERS }, gaussian(1))
  }

  /** `words` are frequent ones, the most frequent first; `sentences` are of texts that the vectors lie around. */
  static async of(words: string[], sentences: string[], model: Embedder): Promise<Generated> {
    const vectors = await Promise.all(sentences.map(async (sentence) => (await model.embedPassage({ sentences: [sentence] })).passage))
    return new Generated(words, vectors, model.dimensions)
  }

  /** The nth source, always the same. */
  source(n: number): Pick<NewSource, 'source' | 'text' | 'passages' | 'vectors'> {
    const { path, text: written } = documentNumber(n, this.words)
    const text = written.slice(written.indexOf('---\n\n', 4) + 5)
    const fact = (name: string) => new RegExp(`^${name}: "?(.*?)"?$`, 'm').exec(written)?.[1] ?? ''
    const published = fact('date')
    const passages = passagesOf(text, { countTokens: (words) => Math.ceil(words.split(' ').length * TOKENS), maxTokens: 512 })
    const statements = Array.from(text.matchAll(/“([^”]*),” said ([\p{L} ]+), ([^.]+)\./gu), (match) => ({
      start: match.index,
      end: match.index + (match[1] as string).length + 3,
      mention: match[2] as string,
      speaker: match[2] as string,
      role: match[3] as string,
      speech: 'direct' as const,
      cue: 'said',
      saidOn: published,
      saidOnText: null,
    }))
    const random = uniform(n + 1)
    return {
      text,
      passages,
      vectors: passages.map(({ sentences }) =>
        this.vectors(
          sentences.map(({ start, end }) => text.slice(start, end)),
          random,
        ),
      ),
      source: {
        id: sha256OfText(path).slice(0, 16),
        path,
        title: fact('title'),
        outlet: fact('outlet'),
        author: fact('author'),
        published,
        publishedFrom: 'metadata',
        url: null,
        mediaType: 'text/markdown',
        sha256: sha256OfText(text),
        language: 'en',
        signature: null,
        statements,
        original: { file: path, bytes: written.length, sha256: sha256OfText(written) },
        origin: { loader: 'generated', facts: {}, detected: 'en' },
      },
    }
  }

  private vectors(sentences: string[], random: () => number): StoredVectors {
    const around = () => this.near(this.sentences[Math.floor(random() * this.sentences.length)] as Float32Array, random)
    const tokens = sentences.map((sentence) => Math.ceil(sentence.split(' ').length * TOKENS))
    const bytes = tokens.reduce((sum, count) => sum + count, 0) * bytesOfSigns(this.dimensions)
    const at = Math.floor(random() * (this.noise.byteLength - bytes))
    return {
      passage: around(),
      sentences: Buffer.concat(sentences.map(() => Buffer.from(quantise(around()).buffer))),
      signs: new Uint8Array(this.noise.buffer, at, bytes),
      tokens,
    }
  }

  private near(vector: Float32Array, random: () => number): Float32Array {
    const at = Math.floor(random() * (NUMBERS - this.dimensions))
    const noise = this.noise.subarray(at, at + this.dimensions)
    const scale = NOISE / Math.hypot(...noise)
    const moved = vector.map((x, i) => x + scale * (noise[i] as number))
    const length = Math.hypot(...moved)
    return moved.map((x) => x / length)
  }
}

/** The sentences of a folder of documents. */
export async function sentencesIn(folder: string): Promise<string[]> {
  const sentences: string[] = []
  for (const name of (await readdir(folder, { recursive: true })).filter((name) => /\.(?:txt|md)$/.test(name)).sort()) {
    const text = await readFile(join(folder, name), 'utf8')
    for (const { start, end } of sentencesOf(text)) sentences.push(text.slice(start, end))
  }
  return sentences.filter((sentence) => sentence.length > 20)
}
