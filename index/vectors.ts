import { type FileHandle, open } from 'node:fs/promises'

/** A sentence's vector on disk: one signed byte a dimension, the largest brought to 127. Only its direction is kept. */
export function quantise(vector: Float32Array): Int8Array {
  let largest = 0
  for (const x of vector) largest = Math.max(largest, Math.abs(x))
  const scale = largest / 127 || 1
  return Int8Array.from(vector, (x) => Math.round(x / scale))
}

/** The sentences' vectors in a file, read where they are needed. */
export class SentenceVectors {
  private readonly file: FileHandle
  private readonly dimensions: number

  private constructor(file: FileHandle, dimensions: number) {
    this.file = file
    this.dimensions = dimensions
  }

  static async open(path: string, dimensions: number): Promise<SentenceVectors> {
    return new SentenceVectors(await open(path, 'r'), dimensions)
  }

  /** The cosine of a vector of length 1 with each of `count` sentences from number `from` on. */
  async similarities(vector: Float32Array, from: number, count: number): Promise<number[]> {
    const bytes = new Int8Array(count * this.dimensions)
    await this.file.read(bytes, 0, bytes.length, from * this.dimensions)
    return Array.from({ length: count }, (_, i) => {
      let dot = 0
      let square = 0
      for (let d = 0; d < this.dimensions; d++) {
        const x = bytes[i * this.dimensions + d] as number
        dot += x * (vector[d] as number)
        square += x * x
      }
      return square > 0 ? dot / Math.sqrt(square) : 0
    })
  }

  async close(): Promise<void> {
    await this.file.close()
  }
}
