import { closeSync, openSync, readSync } from 'node:fs'
import { bytesOfSigns } from './signs.mjs'

/** Sentences that follow each other, by the number of the first. */
export interface SentenceRun {
  from: number
  count: number
}

/**
 * Late interaction (ColBERT; Khattab and Zaharia 2020) between the tokens of a question and the signs of those of sentences: for each token of
 * the question the highest cosine with a token of the sentence. 48 bytes a token with 384 dimensions, read from the file where they are needed.
 */
export class TokenSigns {
  private readonly file: number
  private readonly dimensions: number
  /** The number of each sentence's first token, and of all tokens. */
  private readonly firstTokens: Int32Array
  /** What was read last, so that a question makes no garbage of it. */
  private words = new Uint32Array(0)

  private constructor(file: number, dimensions: number, firstTokens: Int32Array) {
    this.file = file
    this.dimensions = dimensions
    this.firstTokens = firstTokens
  }

  static open(path: string, dimensions: number, firstTokens: Int32Array): TokenSigns {
    return new TokenSigns(openSync(path, 'r'), dimensions, firstTokens)
  }

  /** Does the model that made the index give no vectors of tokens? */
  get isEmpty(): boolean {
    return (this.firstTokens.at(-1) ?? 0) === 0
  }

  /** For each sentence of each run, the highest cosine of each token of a question, whose vectors are `rows`; 0 in a sentence without tokens. */
  highest(rows: Float32Array, runs: SentenceRun[]): Float32Array[][] {
    const numbers = runs.map(({ from, count }) => this.firstTokens.subarray(from, from + count + 1))
    const tokens = numbers.map((run) => (run.at(-1) as number) - (run[0] as number))
    const width = wordsOf(this.dimensions)
    const needed = tokens.reduce((sum, count) => sum + count, 0) * width
    if (this.words.length < needed) this.words = new Uint32Array(needed)
    const bytes = new Uint8Array(this.words.buffer)
    let read = 0
    const ends = numbers.map((run, i) => {
      readSync(this.file, bytes, read * width * 4, (tokens[i] as number) * width * 4, (run[0] as number) * width * 4)
      const before = read - (run[0] as number)
      read += tokens[i] as number
      return Array.from(run.subarray(1), (end) => end + before)
    })
    const found = highestOf(rows, this.dimensions, this.words, ends.flat())
    return ends.map(({ length }) => found.splice(0, length))
  }

  /** The signs of `count` sentences' tokens from sentence number `from` on, as they are stored, and how many tokens each has. */
  read(from: number, count: number): { signs: Uint8Array; tokens: number[] } {
    const width = bytesOfSigns(this.dimensions)
    const numbers = this.firstTokens.subarray(from, from + count + 1)
    const first = numbers[0] as number
    const signs = new Uint8Array(((numbers[count] as number) - first) * width)
    readSync(this.file, signs, 0, signs.length, first * width)
    return { signs, tokens: Array.from({ length: count }, (_, i) => (numbers[i + 1] as number) - (numbers[i] as number)) }
  }

  close(): void {
    closeSync(this.file)
  }
}

/**
 * For each sentence the highest cosine of each row with one of its tokens; 0 where it has none. `signs` holds those of all sentences' tokens one
 * after the other, and `ends` the number of the token that each sentence ends before.
 */
export function highestOf(rows: Float32Array, dimensions: number, signs: Uint32Array, ends: number[]): Float32Array[] {
  const count = rows.length / dimensions
  const width = wordsOf(dimensions)
  const highest = ends.map(() => new Float32Array(count))
  // One table at a time, which fits the processor's fastest cache.
  const table = new Float32Array(width * 4 * 256)
  for (let row = 0; row < count; row++) {
    fill(table, rows.subarray(row * dimensions, (row + 1) * dimensions))
    let at = 0
    for (let sentence = 0; sentence < ends.length; sentence++) {
      const end = (ends[sentence] as number) * width
      let best = at < end ? -1 : 0
      for (; at < end; at += width) {
        let sum = 0
        for (let word = 0; word < width; word++) {
          const bits = signs[at + word] as number
          const values = word << 10
          sum +=
            (table[values | (bits & 255)] as number) +
            (table[values | 256 | ((bits >>> 8) & 255)] as number) +
            ((table[values | 512 | ((bits >>> 16) & 255)] as number) + (table[values | 768 | (bits >>> 24)] as number))
        }
        if (sum > best) best = sum
      }
      const of = highest[sentence] as Float32Array
      of[row] = best
    }
  }
  return highest
}

/** For each byte of signs, what each of its 256 values adds to the cosine with a vector. */
function fill(table: Float32Array, vector: Float32Array): void {
  const scale = 1 / ((Math.hypot(...vector) || 1) * Math.sqrt(vector.length))
  for (let byte = 0; byte * 256 < table.length; byte++) {
    const first = byte * 256
    let none = 0
    for (let bit = 0; bit < 8; bit++) none -= (vector[byte * 8 + bit] ?? 0) * scale
    table[first] = none
    for (let bit = 0; bit < 8; bit++) {
      const turned = 2 * (vector[byte * 8 + bit] ?? 0) * scale
      const known = 1 << bit
      for (let value = 0; value < known; value++) table[first + known + value] = (table[first + value] as number) + turned
    }
  }
}

function wordsOf(dimensions: number): number {
  return bytesOfSigns(dimensions) / 4
}
