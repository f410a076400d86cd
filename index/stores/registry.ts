import type { StoreKind } from './store.ts'

export const STORE_NAMES = ['hnsw', 'flat'] as const
export type StoreName = (typeof STORE_NAMES)[number]

/** The store of an index whose passages are searched in a `VectorStore` that is given to whoever opens it. */
export const OUTSIDE = 'langchain'
/** What a generation may name as its store. */
export const STORED_NAMES = [...STORE_NAMES, OUTSIDE] as const
export type StoredName = (typeof STORED_NAMES)[number]

export interface StoreChoice {
  kind: StoreKind
  /** Said once when the store is not the one that was asked for. */
  notice: string | null
}

/** The store of a name; the exact store where hnswlib-node is not installed. LangChain, which both stand on, is read only when one is needed. */
export async function storeOf(name: StoreName): Promise<StoreChoice> {
  if (name === 'flat') return { kind: await exact(), notice: null }
  try {
    await import('hnswlib-node')
    return { kind: (await import('./hnsw.ts')).hnsw, notice: null }
  } catch {
    const notice = 'hnswlib-node is not installed here (it needs a C++ compiler): the exact store is used, which is slower above about 20,000 passages.'
    return { kind: await exact(), notice }
  }
}

async function exact(): Promise<StoreKind> {
  return (await import('./flat.ts')).flat
}
