import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { HNSWLib, type HNSWLibArgs } from '@langchain/community/vectorstores/hnswlib'
import type { HierarchicalNSW } from 'hnswlib-node'
import { Kept } from '../kept.ts'
import type { DocumentOf, Neighbour, PassageStore, StoreKind, StoreOptions } from './store.ts'

/** Links a node has, and candidates kept while inserting and searching: recall@10 and times are in docs/retrieval.md. */
const M = 32
const EF_CONSTRUCTION = 300
const EF_SEARCH = 400
const FILE = 'vectors.hnsw'
/** Vectors kept in memory once they were asked for, since hnswlib takes long to give one: 5,000 of 384 dimensions are 8 MB. */
const KEPT = 5000

/**
 * LangChain's HNSWLib, with what it leaves out: `ef` is set after every load (hnswlib starts at 10), documents are made from the
 * generation when asked for and not kept twice, and it writes one file that the generation checks and switches to atomically.
 */
export class HnswStore extends HNSWLib implements PassageStore {
  private readonly kept = new Kept(KEPT, (passage: number) => Float32Array.from(this.index.getPoint(passage)))

  private constructor({ embeddings, dimensions, documentOf }: StoreOptions, index: HierarchicalNSW) {
    // 'ip' is the cosine, since all vectors have length 1.
    super(embeddings, { space: 'ip', numDimensions: dimensions, index, docstore: docstoreOf(documentOf) })
  }

  static async create(options: StoreOptions): Promise<HnswStore> {
    const index = await graph(options.dimensions)
    index.initIndex({ maxElements: 1024, m: M, efConstruction: EF_CONSTRUCTION })
    index.setEf(EF_SEARCH)
    return new HnswStore(options, index)
  }

  static async open(directory: string, options: StoreOptions & { size: number }): Promise<HnswStore> {
    const index = await graph(options.dimensions)
    await index.readIndex(join(directory, FILE))
    index.setEf(EF_SEARCH)
    return new HnswStore(options, index)
  }

  get size(): number {
    return this.index.getCurrentCount()
  }

  async add(vectors: Float32Array[]): Promise<void> {
    const from = this.size
    const capacity = this.index.getMaxElements()
    if (from + vectors.length > capacity) this.index.resizeIndex(Math.max(from + vectors.length, capacity * 2))
    for (const [i, vector] of vectors.entries()) this.index.addPoint(Array.from(vector), from + i)
  }

  nearest(vector: Float32Array, k: number, accept?: (passage: number) => boolean): Neighbour[] {
    const most = Math.min(k, this.size)
    if (most === 0) return []
    if (most > EF_SEARCH) this.index.setEf(most)
    const { neighbors, distances } = this.index.searchKnn(Array.from(vector), most, accept)
    if (most > EF_SEARCH) this.index.setEf(EF_SEARCH)
    return neighbors.map((passage, i) => ({ passage, similarity: 1 - (distances[i] as number) }))
  }

  vectorOf(passage: number): Float32Array {
    return this.kept.of(passage)
  }

  async writeTo(directory: string): Promise<void> {
    await this.index.writeIndex(join(directory, FILE))
  }
}

const PROBE = fileURLToPath(new URL('./hnsw-probe.mjs', import.meta.url))
/** A probe that takes longer has failed, in ms. */
const PROBE_TIME = 120_000

/** hnswlib may end the process that reads a file which it does not like: another one reads it first. */
async function probe(directory: string, { dimensions, size }: { dimensions: number; size: number }): Promise<void> {
  await promisify(execFile)(process.execPath, [PROBE, join(directory, FILE), `${dimensions}`, `${size}`], { timeout: PROBE_TIME }).catch(
    ({ stderr, signal, code }: { stderr?: string; signal?: string; code?: number }) => {
      const why = /^Error: (.*)$/m.exec(stderr ?? '')?.[1] ?? `reading it ended a process with ${signal ?? code}`
      throw new Error(`${FILE}: ${why}`)
    },
  )
}

export const hnsw: StoreKind = { name: 'hnsw', create: HnswStore.create, open: HnswStore.open, probe }

async function graph(dimensions: number): Promise<HierarchicalNSW> {
  const { default: hnswlib } = await import('hnswlib-node')
  return new hnswlib.HierarchicalNSW('ip', dimensions)
}

/** LangChain's docstore over the generation's passages: nothing is kept twice. */
function docstoreOf(documentOf: DocumentOf): NonNullable<HNSWLibArgs['docstore']> {
  return { search: (id: string) => documentOf(Number(id)), add: () => {} } as unknown as NonNullable<HNSWLibArgs['docstore']>
}
