import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { build } from '../index/build.ts'
import { OnRecordError } from '../index/errors.ts'
import type { Progress } from '../index/pipeline.ts'
import type { VectorStoreIn } from '../index/stores/langchain.ts'
import { type StoreName, storeOf } from '../index/stores/registry.ts'
import type { Skipped } from '../index/types.ts'
import { type DocumentsIn, givenOf } from './documents-in.ts'
import { embedderOf, type ModelOptions } from './model.ts'
import { outside } from './outside.ts'

/** What is indexed, into what, and how. */
export interface BuildIndexOptions extends ModelOptions {
  /** Folders of documents, in any of the formats that are read. */
  folders?: string[]
  /** Documents of LangChain, or what loads them. They are held in memory until the index is made. */
  documents?: DocumentsIn
  /** The folder of the index. One that is there is replaced at the end, in one step; what is the same is not embedded again. */
  index: string
  /** How passage vectors are searched: `hnsw`, or `flat`, which compares with all of them. Default: `hnsw`, and `flat` where hnswlib-node is missing. */
  store?: StoreName
  /**
   * Any `VectorStore` of LangChain, in which passage vectors are searched instead. Every build adds all passages to it anew, and deletes those of
   * generations that are gone, where the store can. The record is to be opened with it.
   */
  vectorStore?: VectorStoreIn
  /** Is called now and then with what is done. */
  onProgress?: (progress: Progress) => void
  /** Stops the build; the index is then as it was. */
  signal?: AbortSignal
}

/** What was made. */
export interface IndexReport {
  /** The name of the new generation of the index. */
  generation: string
  /** Documents that are in it. */
  sources: number
  passages: number
  /** Passages that were embedded; the others were known from the generation before. */
  embedded: number
  /** Documents in each language that could be told, by its BCP 47 tag. */
  languages: Record<string, number>
  /** What was not indexed, and why. */
  skipped: Skipped[]
  /** How long it took. */
  seconds: number
}

/**
 * Makes an index of folders of documents, of LangChain documents, or of both. The index holds these and nothing else.
 *
 * Throws `OnRecordError`: FOLDER_MISSING, NOTHING_INDEXED, INDEX_LOCKED while another build runs, INDEX_UNWRITABLE, EMBEDDER_FAILED,
 * VECTOR_STORE_FAILED, MODEL_MISSING, MODEL_DAMAGED, INTERRUPTED when the signal stops it, and USAGE when a document has no text. The index is then as it was.
 *
 * @example
 * ```ts
 * await buildIndex({ folders: ['minutes'], index: '.onrecord' })
 * ```
 */
export async function buildIndex(options: BuildIndexOptions): Promise<IndexReport> {
  const { folders = [], documents = [], index, store, vectorStore, signal, onProgress, ...model } = options
  if (store && vectorStore) throw new OnRecordError('USAGE', 'There is both a store and a vectorStore.', 'Leave one of them out.')
  const began = performance.now()
  const given = await givenOf(documents)
  const embedder = await embedderOf({ threads: availableParallelism(), ...model })
  try {
    const kind = vectorStore ? await outside(vectorStore) : (await storeOf(store ?? 'hnsw')).kind
    const report = await build({ folders, given, index: resolve(index), embedder, store: kind, ...(signal && { signal }), ...(onProgress && { onProgress }) })
    const { generation, sources, passages, embedded, languages, skipped } = report
    return { generation, sources, passages, embedded, languages, skipped, seconds: Math.round((performance.now() - began) / 10) / 100 }
  } finally {
    await embedder.close()
  }
}
