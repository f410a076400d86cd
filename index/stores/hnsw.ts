import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { HNSWLib, type HNSWLibArgs } from '@langchain/community/vectorstores/hnswlib'
import type { HierarchicalNSW } from 'hnswlib-node'
import { numbersIn } from '../durable.ts'
import { Kept } from '../kept.ts'
import { HnswFile } from './hnsw-file.ts'
import type { DocumentOf, Neighbour, PassageStore, StoreKind, StoreOptions, Successor } from './store.ts'

/** Links a node has, and candidates kept while inserting and searching: recall@10 and times are in docs/retrieval.md. */
const M = 32
const EF_CONSTRUCTION = 200
const EF_SEARCH = 400
const FILE = 'vectors.hnsw'
/** The passage of each point of the graph, as int32. */
const POINTS = 'points.i32'
const NONE = -1
/** Vectors kept in memory once they were asked for: 5,000 of 384 dimensions are 8 MB. */
const KEPT = 5000

/** Points that are no passage any more, at most, for each that is: the graph of a successor is made anew beyond it. */
const STALE = 0.25

/**
 * LangChain's HNSWLib, with what it leaves out: `ef` is set after every load (hnswlib starts at 10), documents are made from the
 * generation when asked for and not kept twice, it writes files that the generation checks and switches to atomically, and a point of the
 * graph can become another passage, or none, so that the graph of one generation grows into that of the next.
 */
export class HnswStore extends HNSWLib implements PassageStore {
  private readonly kept = new Kept(KEPT, (passage: number) => this.read(this.pointOf(passage)))
  /** The passage of each point; NONE when it is none any more. */
  private readonly passages: number[]
  private live: number
  private points: Int32Array | null = null
  /** What the graph was read from; null for one that is not on the disk as it is. */
  private file: HnswFile | null

  private constructor({ embeddings, dimensions, documentOf }: StoreOptions, index: HierarchicalNSW, passages: number[], file: HnswFile | null = null) {
    // 'ip' is the cosine, since all vectors have length 1.
    super(embeddings, { space: 'ip', numDimensions: dimensions, index, docstore: docstoreOf((point) => documentOf(passages[point] as number)) })
    this.passages = passages
    this.file = file
    this.live = passages.reduce((count, passage) => count + (passage === NONE ? 0 : 1), 0)
  }

  static async create(options: StoreOptions): Promise<HnswStore> {
    const index = await graph(options.dimensions)
    index.initIndex({ maxElements: 1024, m: M, efConstruction: EF_CONSTRUCTION })
    index.setEf(EF_SEARCH)
    return new HnswStore(options, index, [])
  }

  static async open(directory: string, options: StoreOptions & { size: number }): Promise<HnswStore> {
    const index = await graph(options.dimensions)
    await index.readIndex(join(directory, FILE))
    index.setEf(EF_SEARCH)
    const passages = Array.from(await numbersIn(join(directory, POINTS)))
    const file = HnswFile.open(join(directory, FILE), { points: passages.length, dimensions: options.dimensions })
    return new HnswStore(options, index, passages, file)
  }

  static async succeed(before: PassageStore, options: StoreOptions & { kept: number }): Promise<Successor> {
    const store = before as HnswStore
    if (store.passages.length - options.kept > STALE * options.kept) {
      const anew = await HnswStore.create(options)
      return Object.assign(anew, { keep: (passage: number) => anew.add([store.vectorOf(passage)]) })
    }
    const next = new HnswStore(
      options,
      store.index,
      store.passages.map(() => NONE),
    )
    const keep = async (passage: number) => {
      next.passages[store.pointOf(passage)] = next.live++
    }
    const writeTo = next.writeTo.bind(next)
    return Object.assign(next, {
      keep,
      writeTo: (directory: string) => {
        for (const [point, passage] of next.passages.entries()) if (passage === NONE && (store.passages[point] ?? NONE) !== NONE) next.index.markDelete(point)
        return writeTo(directory)
      },
    })
  }

  get size(): number {
    return this.live
  }

  async add(vectors: Float32Array[]): Promise<void> {
    const from = this.passages.length
    const capacity = this.index.getMaxElements()
    if (from + vectors.length > capacity) this.index.resizeIndex(Math.max(from + vectors.length, capacity * 2))
    for (const [i, vector] of vectors.entries()) {
      this.index.addPoint(Array.from(vector), from + i)
      this.passages.push(this.live++)
    }
    this.points = null
  }

  nearest(vector: Float32Array, k: number, accept?: (passage: number) => boolean): Neighbour[] {
    const most = Math.min(k, this.size)
    if (most === 0) return []
    if (most > EF_SEARCH) this.index.setEf(most)
    const accepts = accept && ((point: number) => accept(this.passages[point] as number))
    const { neighbors, distances } = this.index.searchKnn(Array.from(vector), most, accepts)
    if (most > EF_SEARCH) this.index.setEf(EF_SEARCH)
    return neighbors.map((point, i) => ({ passage: this.passages[point] as number, similarity: 1 - (distances[i] as number) }))
  }

  vectorOf(passage: number): Float32Array {
    return this.kept.of(passage)
  }

  async writeTo(directory: string): Promise<void> {
    await this.index.writeIndex(join(directory, FILE))
    await writeFile(join(directory, POINTS), new Uint8Array(Int32Array.from(this.passages).buffer))
  }

  close(): void {
    this.file?.close()
    this.file = null
  }

  /** Points that were added since the graph was read are not in its file. */
  private read(point: number): Float32Array {
    return this.file?.vectorOf(point) ?? Float32Array.from(this.index.getPoint(point))
  }

  private pointOf(passage: number): number {
    if (!this.points) {
      this.points = new Int32Array(this.live)
      for (const [point, of] of this.passages.entries()) if (of !== NONE) this.points[of] = point
    }
    return this.points[passage] as number
  }
}

const PROBE = fileURLToPath(new URL('./hnsw-probe.mjs', import.meta.url))
/** A probe that takes longer has failed, in ms. */
const PROBE_TIME = 120_000

/** hnswlib may end the process that reads a file which it does not like: another one reads it first. */
async function probe(directory: string, { dimensions, size }: { dimensions: number; size: number }): Promise<void> {
  await promisify(execFile)(process.execPath, [PROBE, join(directory, FILE), join(directory, POINTS), `${dimensions}`, `${size}`], {
    timeout: PROBE_TIME,
  }).catch(({ stderr, signal, code }: { stderr?: string; signal?: string; code?: number }) => {
    const why = /^Error: (.*)$/m.exec(stderr ?? '')?.[1] ?? `reading it ended a process with ${signal ?? code}`
    throw new Error(`${FILE}: ${why}`)
  })
}

export const hnsw = { name: 'hnsw', create: HnswStore.create, open: HnswStore.open, succeed: HnswStore.succeed, probe } satisfies StoreKind

async function graph(dimensions: number): Promise<HierarchicalNSW> {
  const { default: hnswlib } = await import('hnswlib-node')
  return new hnswlib.HierarchicalNSW('ip', dimensions)
}

/** LangChain's docstore over the passages of the graph's points: nothing is kept twice. */
function docstoreOf(documentOf: DocumentOf): NonNullable<HNSWLibArgs['docstore']> {
  return { search: (id: string) => documentOf(Number(id)), add: () => {} } as unknown as NonNullable<HNSWLibArgs['docstore']>
}
