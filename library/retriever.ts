import type { Document } from '@langchain/core/documents'
import { BaseRetriever } from '@langchain/core/retrievers'
import type { PassageMetadata } from './documents-out.ts'

/** A LangChain retriever over a record: `invoke(query)` gives passages, best first, whose `metadata.citation` proves them. */
export class RecordRetriever extends BaseRetriever<PassageMetadata> {
  /** @internal */
  override lc_namespace = ['onrecord', 'retrievers']
  private readonly search: (query: string) => Promise<Document<PassageMetadata>[]>

  /** @internal */
  constructor(search: (query: string) => Promise<Document<PassageMetadata>[]>) {
    super({})
    this.search = search
  }

  static override lc_name(): string {
    return 'RecordRetriever'
  }

  /** @internal */
  override _getRelevantDocuments(query: string): Promise<Document<PassageMetadata>[]> {
    return this.search(query)
  }
}
