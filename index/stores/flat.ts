import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DocumentInterface } from '@langchain/core/documents'
import { NumberedStore } from './numbered.ts'
import type { Neighbour, PassageStore, StoreKind, StoreOptions, Successor } from './store.ts'

const FILE = 'vectors.f32'

/** The exact store: compares a question with every passage. It needs no native code, and it is what the recall of the others is measured against. */
export class FlatStore extends NumberedStore<DocumentInterface> implements PassageStore {
  private vectors: Float32Array
  private count: number
  private readonly dimensions: number

  private constructor({ embeddings, dimensions, documentOf }: StoreOptions, vectors: Float32Array) {
    super(embeddings, documentOf)
    this.dimensions = dimensions
    this.vectors = vectors
    this.count = vectors.length / dimensions
  }

  static async create(options: StoreOptions): Promise<FlatStore> {
    return new FlatStore(options, new Float32Array(0))
  }

  static async succeed(before: PassageStore, options: StoreOptions): Promise<Successor> {
    const store = await FlatStore.create(options)
    return Object.assign(store, { keep: (passage: number) => store.add([before.vectorOf(passage)]) })
  }

  static async open(directory: string, options: StoreOptions): Promise<FlatStore> {
    const bytes = await readFile(join(directory, FILE))
    return new FlatStore(options, new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)))
  }

  get size(): number {
    return this.count
  }

  _vectorstoreType(): string {
    return 'flat'
  }

  async add(vectors: Float32Array[]): Promise<void> {
    const needed = (this.count + vectors.length) * this.dimensions
    if (needed > this.vectors.length) {
      const larger = new Float32Array(Math.max(needed, this.vectors.length * 2))
      larger.set(this.vectors.subarray(0, this.count * this.dimensions))
      this.vectors = larger
    }
    for (const vector of vectors) this.vectors.set(vector, this.count++ * this.dimensions)
  }

  nearest(vector: Float32Array, k: number, accept?: (passage: number) => boolean): Neighbour[] {
    const found: Neighbour[] = []
    for (let passage = 0; passage < this.count; passage++) {
      if (!accept || accept(passage)) found.push({ passage, similarity: this.similarity(vector, passage) })
    }
    return found.sort((a, b) => b.similarity - a.similarity || a.passage - b.passage).slice(0, k)
  }

  vectorOf(passage: number): Float32Array {
    return this.vectors.slice(passage * this.dimensions, (passage + 1) * this.dimensions)
  }

  async writeTo(directory: string): Promise<void> {
    await writeFile(join(directory, FILE), new Uint8Array(this.vectors.buffer, 0, this.count * this.dimensions * 4))
  }

  /** All is in memory. */
  close(): void {}

  private similarity(vector: Float32Array, passage: number): number {
    const from = passage * this.dimensions
    let sum = 0
    for (let i = 0; i < this.dimensions; i++) sum += (vector[i] as number) * (this.vectors[from + i] as number)
    return sum
  }
}

/** Nothing here can end a process: its length is all there is to it. */
async function probe(directory: string, { dimensions, size }: { dimensions: number; size: number }): Promise<void> {
  const { size: bytes } = await stat(join(directory, FILE))
  if (bytes !== dimensions * size * 4) throw new Error(`${FILE} has ${bytes} bytes, not ${dimensions * size * 4}`)
}

export const flat = { name: 'flat', create: FlatStore.create, open: FlatStore.open, succeed: FlatStore.succeed, probe } satisfies StoreKind
