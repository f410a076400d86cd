import type { DocumentInterface } from '@langchain/core/documents'
import type { EmbeddingsInterface } from '@langchain/core/embeddings'
import { VectorStore } from '@langchain/core/vectorstores'
import type { Fetched } from '../reader.ts'
import type { Neighbour, VectorSearch } from './store.ts'

/** What LangChain asks of a `VectorStore`, by what a store of numbered passages can. */
export abstract class NumberedStore<Document extends Fetched<DocumentInterface>> extends VectorStore implements VectorSearch {
  protected readonly documentOf: (passage: number) => Document

  protected constructor(embeddings: EmbeddingsInterface, documentOf: (passage: number) => Document) {
    super(embeddings, {})
    this.documentOf = documentOf
  }

  abstract get size(): number
  abstract add(vectors: Float32Array[]): Promise<void>
  /** What `accept` gives has to be waited for only where the documents have to be. */
  abstract nearest(vector: Float32Array, k: number, accept?: (passage: number) => Fetched<boolean>): Fetched<Neighbour[]>
  abstract vectorOf(passage: number): Fetched<Float32Array>

  override async addVectors(vectors: number[][]): Promise<void> {
    await this.add(vectors.map((vector) => Float32Array.from(vector)))
  }

  override async addDocuments(documents: DocumentInterface[]): Promise<void> {
    await this.addVectors(await this.embeddings.embedDocuments(documents.map(({ pageContent }) => pageContent)))
  }

  /** LangChain's search: a document and its distance (1 - cosine) each. */
  override async similaritySearchVectorWithScore(
    query: number[],
    k: number,
    filter?: (document: DocumentInterface) => boolean,
  ): Promise<[DocumentInterface, number][]> {
    const found = await this.nearest(Float32Array.from(query), k, filter && ((passage) => passing(this.documentOf(passage), filter)))
    return Promise.all(found.map(async ({ passage, similarity }): Promise<[DocumentInterface, number]> => [await this.documentOf(passage), 1 - similarity]))
  }
}

function passing(document: Fetched<DocumentInterface>, filter: (document: DocumentInterface) => boolean): Fetched<boolean> {
  return document instanceof Promise ? document.then(filter) : filter(document)
}
