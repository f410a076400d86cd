import { closeSync, openSync, readSync } from 'node:fs'

/** A sentence's vector on disk: one signed byte a dimension, the largest brought to 127. Only its direction is kept. */
export function quantise(vector: Float32Array): Int8Array {
  let largest = 0
  for (const x of vector) largest = Math.max(largest, Math.abs(x))
  const scale = largest / 127 || 1
  const bytes = new Int8Array(vector.length)
  for (let i = 0; i < bytes.length; i++) bytes[i] = Math.round((vector[i] as number) / scale)
  return bytes
}

/** The cosine of a vector of length 1 with each of `count` sentences, whose vectors stand one after the other. */
export function similarities(vector: Float32Array, bytes: Int8Array, count: number): number[] {
  const dimensions = vector.length
  return Array.from({ length: count }, (_, i) => {
    let dot = 0
    let square = 0
    for (let d = 0; d < dimensions; d++) {
      const x = bytes[i * dimensions + d] as number
      dot += x * (vector[d] as number)
      square += x * x
    }
    return square > 0 ? dot / Math.sqrt(square) : 0
  })
}

/** A sentence's vector with length 1. */
export function unit(bytes: Int8Array): Float32Array {
  const length = Math.sqrt(bytes.reduce((sum, x) => sum + x * x, 0))
  return Float32Array.from(bytes, (x) => x / (length || 1))
}

/** The sentences' vectors in a file, read where they are needed. */
export class SentenceVectors {
  private readonly file: number
  private readonly dimensions: number
  /** What was read last, so that a question makes no garbage of it. */
  private bytes = new Int8Array(0)

  private constructor(file: number, dimensions: number) {
    this.file = file
    this.dimensions = dimensions
  }

  static open(path: string, dimensions: number): SentenceVectors {
    return new SentenceVectors(openSync(path, 'r'), dimensions)
  }

  /** The cosine of a vector of length 1 with each of `count` sentences from number `from` on. */
  similarities(vector: Float32Array, from: number, count: number): number[] {
    const needed = count * this.dimensions
    if (this.bytes.length < needed) this.bytes = new Int8Array(needed)
    const { bytes } = this
    readSync(this.file, bytes, 0, needed, from * this.dimensions)
    return similarities(vector, bytes, count)
  }

  /** The vectors of `count` sentences from number `from` on, as they are stored. */
  read(from: number, count: number): Uint8Array {
    const bytes = new Uint8Array(count * this.dimensions)
    readSync(this.file, bytes, 0, bytes.length, from * this.dimensions)
    return bytes
  }

  /** The cosine of two sentences, by their numbers. */
  between(one: number, other: number): number {
    const bytes = new Int8Array(this.dimensions)
    readSync(this.file, bytes, 0, bytes.length, one * this.dimensions)
    return this.similarities(unit(bytes), other, 1)[0] as number
  }

  close(): void {
    closeSync(this.file)
  }
}
