import { closeSync, openSync, readSync } from 'node:fs'

/** The vectors of tokens on disk: the sign of each dimension, a bit each; `rows` holds `dimensions` numbers a token. */
export function signsOf(rows: Float32Array, dimensions: number): Uint8Array {
  const width = bytesOfSigns(dimensions)
  const signs = new Uint8Array((rows.length / dimensions) * width)
  for (let token = 0, i = 0; i < rows.length; token++) {
    for (let bit = 0; bit < dimensions; bit++, i++) {
      const at = token * width + (bit >> 3)
      if ((rows[i] as number) > 0) signs[at] = (signs[at] as number) | (1 << (bit & 7))
    }
  }
  return signs
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

  private constructor(file: number, dimensions: number, firstTokens: Int32Array) {
    this.file = file
    this.dimensions = dimensions
    this.firstTokens = firstTokens
  }

  static open(path: string, dimensions: number, firstTokens: Int32Array): TokenSigns {
    return new TokenSigns(openSync(path, 'r'), dimensions, firstTokens)
  }

  /** For each of `count` sentences from number `from` on, the highest cosine of each token of the question; 0 in a sentence without tokens. */
  highest(question: TokenTables, from: number, count: number): Float32Array[] {
    const width = bytesOfSigns(this.dimensions)
    const first = this.firstTokens[from] as number
    const signs = new Uint8Array(((this.firstTokens[from + count] as number) - first) * width)
    readSync(this.file, signs, 0, signs.length, first * width)
    return Array.from({ length: count }, (_, i) =>
      question.highest(signs.subarray(((this.firstTokens[from + i] as number) - first) * width, ((this.firstTokens[from + i + 1] as number) - first) * width)),
    )
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

/** The tokens of a question, made ready: for each of them and each byte of signs, what the byte adds to their product. */
export class TokenTables {
  private readonly width: number
  private readonly tables: Float32Array[]

  /** `rows` holds `dimensions` numbers a token, of any length. */
  constructor(rows: Float32Array, dimensions: number) {
    this.width = bytesOfSigns(dimensions)
    this.tables = Array.from({ length: rows.length / dimensions }, (_, token) => tableOf(rows.subarray(token * dimensions, (token + 1) * dimensions)))
  }

  /** For each token of the question the highest cosine with one of the tokens whose signs are given; 0 when there is none. */
  highest(signs: Uint8Array): Float32Array {
    const { width } = this
    const highest = new Float32Array(this.tables.length)
    this.tables.forEach((table, token) => {
      let best = signs.length > 0 ? -1 : 0
      for (let at = 0; at < signs.length; at += width) {
        let sum = 0
        let byte = 0
        // Four at a time is a fifth faster, and this is where most of the choice's time goes.
        for (; byte + 3 < width; byte += 4) {
          sum +=
            (table[(byte << 8) | (signs[at + byte] as number)] as number) +
            (table[((byte + 1) << 8) | (signs[at + byte + 1] as number)] as number) +
            (table[((byte + 2) << 8) | (signs[at + byte + 2] as number)] as number) +
            (table[((byte + 3) << 8) | (signs[at + byte + 3] as number)] as number)
        }
        for (; byte < width; byte++) sum += table[(byte << 8) | (signs[at + byte] as number)] as number
        if (sum > best) best = sum
      }
      highest[token] = best
    })
    return highest
  }
}

/** What each value of each byte of signs adds to the cosine with a vector. */
function tableOf(vector: Float32Array): Float32Array {
  const bytes = bytesOfSigns(vector.length)
  const scale = 1 / ((Math.hypot(...vector) || 1) * Math.sqrt(vector.length))
  const table = new Float32Array(bytes * 256)
  const bits = new Float64Array(8)
  for (let byte = 0; byte < bytes; byte++) {
    let none = 0
    for (let bit = 0; bit < 8; bit++) none -= bits[bit] = (vector[byte * 8 + bit] ?? 0) * scale
    table[byte * 256] = none
    // Each value is one with a bit less, and that bit turned.
    for (let value = 1; value < 256; value++) {
      const lowest = 31 - Math.clz32(value & -value)
      table[byte * 256 + value] = (table[byte * 256 + (value & (value - 1))] as number) + 2 * (bits[lowest] as number)
    }
  }
  return table
}

/** Bytes of a token's signs. */
export function bytesOfSigns(dimensions: number): number {
  return Math.ceil(dimensions / 8)
}
