import type { VectorStoreIn } from '../index/stores/langchain.ts'
import type { StoreKind } from '../index/stores/store.ts'

/** The kind of store that searches in a `VectorStore`. */
export async function outside(vectorStore: VectorStoreIn): Promise<StoreKind> {
  const { langchain } = await import('../index/stores/langchain.ts')
  return langchain(vectorStore)
}
