/**
 * On Record as a library: `buildIndex` makes an index of documents, `openRecord` asks it.
 * @module onrecord
 */
import { resolve } from 'node:path'
import { calibrationFor } from '../answer/calibration.ts'
import type { LinkTo } from '../answer/cite.ts'
import { openIndex } from '../index/current.ts'
import type { VectorStoreIn } from '../index/stores/langchain.ts'
import { embedderOf, type ModelOptions } from './model.ts'
import { OnRecord } from './on-record.ts'
import { outside } from './outside.ts'

export type { Answer } from '../answer/answer.ts'
export type { Citation, LinkTo, Place } from '../answer/cite.ts'
export type { Status } from '../answer/decide.ts'
export type { Disagreement } from '../answer/disagree.ts'
export type { Turn } from '../answer/followup.ts'
export type { Claim, Verification } from '../answer/verify.ts'
export { type ErrorCode, OnRecordError } from '../index/errors.ts'
export type { Filters } from '../index/filter.ts'
export type { Progress } from '../index/pipeline.ts'
export type { VectorStoreIn } from '../index/stores/langchain.ts'
export type { DateOrigin, Skipped, Source, Span, Statement } from '../index/types.ts'
export { type BuildIndexOptions, buildIndex, type IndexReport } from './build-index.ts'
export type { DocumentIn, DocumentsIn } from './documents-in.ts'
export type { PassageMetadata } from './documents-out.ts'
export type { EmbeddingsOptions, ModelOptions } from './model.ts'
export type { AskOptions, OnRecord, SearchOptions, SourceWithText } from './on-record.ts'
export type { RecordRetriever } from './retriever.ts'

/** Which index is opened, and how it is asked. */
export interface OpenOptions extends ModelOptions {
  /** The folder of the index, as `buildIndex` or `onrecord index` made it. */
  index: string
  /** The `VectorStore` that the index was made with, where it was made with one. */
  vectorStore?: VectorStoreIn
  /** Makes the `link` of a citation. Default: `/source/ID?start=START&end=END`, the address below a server of On Record. */
  linkTo?: LinkTo
  /** The least probability of being answered by the record, between 0 and 1, with which a question counts as answered. Default: the calibration's. */
  threshold?: number
}

/**
 * Opens an index for asking, with the model that made it. What is opened does not change when the index is made anew: open it again then.
 *
 * Throws `OnRecordError`: INDEX_MISSING when there is none, INDEX_DAMAGED when no generation of it is whole, INDEX_OTHER_MODEL and
 * INDEX_OTHER_VERSION when it was made otherwise, MODEL_MISSING, MODEL_DAMAGED or EMBEDDER_FAILED when the model cannot be used.
 *
 * @example
 * ```ts
 * await using record = await openRecord({ index: '.onrecord' })
 * const { status, citations } = await record.ask('When was the harbour dredged?')
 * ```
 */
export async function openRecord(options: OpenOptions): Promise<OnRecord> {
  const { index, vectorStore, linkTo, threshold, ...model } = options
  const place = resolve(index)
  const embedder = await embedderOf(model)
  try {
    const calibration = await calibrationFor(place, embedder.fingerprint, threshold)
    return new OnRecord(await openIndex(place, embedder, { outside: vectorStore && (await outside(vectorStore)) }), embedder, { calibration, linkTo })
  } catch (error) {
    await embedder.close()
    throw error
  }
}
