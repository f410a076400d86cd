import type { DocumentInterface } from '@langchain/core/documents'
import type { EmbeddingsInterface } from '@langchain/core/embeddings'
import type { VectorStoreInterface } from '@langchain/core/vectorstores'
import type { Fetched } from '../reader.ts'

export interface Neighbour {
  /** The number of the passage in its generation, from 0. */
  passage: number
  /** Cosine, from -1 to 1. */
  similarity: number
}

/** The passage of a number as a LangChain document. */
export type DocumentOf = (passage: number) => DocumentInterface

/**
 * The passages' vectors, searched by cosine. It is a LangChain `VectorStore` as well. Passages are numbered in the order in
 * which they are added; vectors have length 1.
 */
export interface VectorSearch extends VectorStoreInterface {
  readonly size: number
  add(vectors: Float32Array[]): Promise<void>
  /** The k nearest passages that are accepted, nearest first; fewer when there are fewer. */
  nearest(vector: Float32Array, k: number, accept?: (passage: number) => boolean): Fetched<Neighbour[]>
  vectorOf(passage: number): Fetched<Float32Array>
}

/** A store in the files of a generation, of which searching alone may take place elsewhere. */
export interface PassageStore extends VectorSearch {
  vectorOf(passage: number): Float32Array
  /** Writes the store's files into an existing folder. */
  writeTo(directory: string): Promise<void>
  /** Lets go of the files it reads from. */
  close(): void
}

/** A store that begins with passages of another one. */
export interface Successor extends PassageStore {
  /** Takes over a passage of the one before under the next number; each at most once. */
  keep(passage: number): Promise<void>
}

/** A kind of store; its name is the value in the configuration. */
export interface StoreKind {
  name: string
  create(options: StoreOptions): Promise<PassageStore>
  /** Reads what writeTo wrote; the caller has checked the files. */
  open(directory: string, options: StoreOptions & { size: number; generation: string }): Promise<PassageStore>
  /**
   * A store that goes on from an opened one, of which so many passages are to be kept. The one before is not to be used in any other way
   * afterwards. What is found may differ from a new store's as the approximation allows.
   */
  succeed(before: PassageStore, options: StoreOptions & { kept: number }): Promise<Successor>
  /** Opens and asks what writeTo wrote in a process of its own. Throws what is wrong with it. */
  probe(directory: string, options: { dimensions: number; size: number }): Promise<void>
  /** What is kept outside of the files, where anything is. */
  outside?: Outside
}

/** What a kind of store keeps outside of the files of a generation. */
export interface Outside {
  /** Puts it there, of a store that was opened, before its generation becomes the current one. Throws VECTOR_STORE_FAILED, or the signal's reason. */
  publish(store: PassageStore, signal: AbortSignal | undefined): Promise<void>
  /** Removes what was put there of the generation in a folder; it may have been none of it. Throws where it cannot be. */
  withdraw(directory: string): Promise<void>
}

export interface StoreOptions {
  embeddings: EmbeddingsInterface
  dimensions: number
  documentOf: DocumentOf
}
