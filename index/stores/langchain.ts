import { createHash } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import { join } from 'node:path'
import { Document, type DocumentInterface } from '@langchain/core/documents'
import { DISK } from '../disk.ts'
import { readIfThere } from '../durable.ts'
import { OnRecordError } from '../errors.ts'
import { inTime } from '../in-time.ts'
import { MANIFEST } from '../manifest.ts'
import { nearestOf } from '../nearest.ts'
import { FlatStore, flat } from './flat.ts'
import { NumberedStore } from './numbered.ts'
import { OUTSIDE } from './registry.ts'
import type { Neighbour, PassageStore, StoreKind, StoreOptions } from './store.ts'

/** What a `VectorStore` of LangChain is needed for. Options are `{ ids }`, which not every store declares. */
export interface VectorStoreIn {
  addVectors(vectors: number[][], documents: DocumentInterface[], options?: object): Promise<unknown>
  similaritySearchVectorWithScore(query: number[], k: number): Promise<[DocumentInterface, number][]>
  delete(options?: object): Promise<unknown>
}

/** Rows that are asked for first, for each that is wanted: those of the generation before may stand beside these. */
const FIRST = 2
/** How many times more are asked for when too few were accepted, and how many at most. */
const MORE = 4
const MOST = 4000
/** Passages to a call. */
const ADDED = 100
const DELETED = 500
/** A call to delete that takes longer is given up, in ms. */
const PATIENCE = 10_000

/**
 * The passages of a generation in a `VectorStore` of LangChain that was given. The generation keeps the vectors as well, and what the store gives
 * is believed only as far as it names a passage of this generation: cosines are computed here, and where it gives too few, here they are searched.
 */
export class LangChainStore extends NumberedStore<DocumentInterface> implements PassageStore {
  private readonly outside: VectorStoreIn
  private readonly generation: string
  private readonly vectors: FlatStore
  private readonly closing = new AbortController()

  constructor(outside: VectorStoreIn, vectors: FlatStore, { embeddings, documentOf, generation }: StoreOptions & { generation: string }) {
    super(embeddings, documentOf)
    this.outside = outside
    this.vectors = vectors
    this.generation = generation
    // Every question that waits listens to it.
    setMaxListeners(0, this.closing.signal)
  }

  get size(): number {
    return this.vectors.size
  }

  _vectorstoreType(): string {
    return OUTSIDE
  }

  async add(vectors: Float32Array[]): Promise<void> {
    const from = this.size
    await this.vectors.add(vectors)
    await this.handOver(from)
  }

  /** Adds the passages from a number on to the store that was given. Throws VECTOR_STORE_FAILED, or the signal's reason. */
  async handOver(from: number, signal?: AbortSignal): Promise<void> {
    for (let first = from; first < this.size; first += ADDED) {
      const passages = Array.from({ length: Math.min(ADDED, this.size - first) }, (_, i) => first + i)
      const vectors = passages.map((passage) => Array.from(this.vectorOf(passage)))
      const rows = passages.map((passage) => this.rowOf(passage))
      await inTime(
        this.called(() => this.outside.addVectors(vectors, rows, { ids: rows.map(({ id }) => id as string) })),
        signal,
      )
    }
  }

  async nearest(vector: Float32Array, k: number, accept?: (passage: number) => boolean): Promise<Neighbour[]> {
    for (let asked = FIRST * k; k < this.size && 0 < asked && asked <= MOST; asked *= MORE) {
      const rows = await this.rowsNear(vector, asked)
      const passages = rows.flat().filter((passage) => !accept || accept(passage))
      if (passages.length >= k) return nearestOf(this, passages, vector, k)
      if (rows.length < asked) break
    }
    return this.vectors.nearest(vector, k, accept)
  }

  vectorOf(passage: number): Float32Array {
    return this.vectors.vectorOf(passage)
  }

  writeTo(directory: string): Promise<void> {
    return this.vectors.writeTo(directory)
  }

  /** Nobody waits any more for what the store was asked. */
  close(): void {
    this.closing.abort(new Error('the index was closed'))
  }

  /** What the store is told of a passage: metadata of one level, which any of them takes, and text without the character that some refuse. */
  private rowOf(passage: number): Document {
    const { pageContent, metadata } = this.documentOf(passage)
    const { source, path, start, end } = metadata
    const about = { generation: this.generation, passage, source, path: plain(String(path)), start, end }
    return new Document({ id: idOf(this.generation, passage), pageContent: plain(pageContent), metadata: about })
  }

  /** For each row that the store gives its passage, or nothing when it is not of this generation or was given before. */
  private async rowsNear(vector: Float32Array, asked: number): Promise<number[][]> {
    const given = new Set<number>()
    const passageIn = ([{ metadata }]: [DocumentInterface, number]) => {
      const passage = Number(metadata.passage)
      if (metadata.generation !== this.generation || !(Number.isInteger(passage) && passage >= 0 && passage < this.size) || given.has(passage)) return []
      given.add(passage)
      return [passage]
    }
    const rows = this.called(async () => (await this.outside.similaritySearchVectorWithScore(Array.from(vector), asked)).map(passageIn))
    return inTime(rows, this.closing.signal)
  }

  private async called<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call()
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause)
      const remedy = 'Check the vectorStore that was given: that it runs, and takes vectors of the length that the embedding model gives.'
      throw new OnRecordError('VECTOR_STORE_FAILED', `The vector store failed: ${why.replace(/\.$/, '')}.`, remedy, { cause })
    }
  }
}

/** The kind of store that searches in a `VectorStore` of LangChain. */
export function langchain(outside: VectorStoreIn): StoreKind {
  return {
    ...flat,
    name: OUTSIDE,
    open: async (directory, options) => new LangChainStore(outside, await FlatStore.open(directory, options), options),
    outside: {
      publish: (store, signal) => (store as LangChainStore).handOver(0, signal),
      withdraw: (directory) => withdraw(outside, directory),
    },
  }
}

/** Removes what was handed over for the generation in a folder, of any version. Throws where the store cannot delete. */
async function withdraw(outside: VectorStoreIn, directory: string): Promise<void> {
  const manifest = await readIfThere(join(directory, MANIFEST), DISK)
  const { store, generation, passages } = JSON.parse(manifest ?? '{}') as Record<string, unknown>
  if (store !== OUTSIDE) return
  const ids = Array.from({ length: Number(passages) }, (_, passage) => idOf(String(generation), passage))
  for (let from = 0; from < ids.length; from += DELETED)
    await inTime(
      outside.delete({ ids: ids.slice(from, from + DELETED) }).then(() => {}),
      AbortSignal.timeout(PATIENCE),
    )
}

/** A UUID, which is the only kind of id that some stores take, of the form for hashes. */
function idOf(generation: string, passage: number): string {
  const hash = createHash('sha256').update(`${generation}-${passage}`).digest('hex')
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-5${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`
}

function plain(text: string): string {
  return text.replaceAll('\0', '')
}
