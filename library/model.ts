import type { EmbeddingsInterface } from '@langchain/core/embeddings'
import type { Embedder } from '../index/embedders/embedder.ts'
import { EmbedderWhenNeeded } from '../index/embedders/when-needed.ts'

/** Embeddings of LangChain, and what On Record has to know of them. */
export interface EmbeddingsOptions {
  /** Any `Embeddings` of LangChain. */
  embeddings: EmbeddingsInterface
  /** Tells the model from every other: an index is opened only under the name it was made with. Default: the class and its `model`. */
  name?: string
  /** Numbers in a vector. Default: found by embedding a word, a call each time an index is built or opened. */
  dimensions?: number
  /** Tokens of a passage, at most, by an estimate that is rather too high. Default: 256. */
  maxTokens?: number
}

/** What embeds texts and questions. An index is asked by the model that made it. */
export interface ModelOptions {
  /** Embeddings of LangChain instead of a model that On Record runs itself. */
  embeddings?: EmbeddingsInterface | EmbeddingsOptions
  /** An id such as `Xenova/bge-small-en-v1.5`, or the path of a model's folder. Default: the model that comes with the package. */
  model?: string
  /** May a model that is not on this machine be downloaded from the Hugging Face hub? Default: no. */
  download?: boolean
  /** Threads of the model, about 100 MB each. Default: 1 to ask, and as many as there are cores to build. */
  threads?: number
}

/** The embedder of these options; it is to be closed. */
export async function embedderOf({ embeddings, model, download, threads }: ModelOptions): Promise<Embedder> {
  if (!embeddings) return EmbedderWhenNeeded.of({ ...(model && { model }), ...(threads && { threads }), ...(download && { download }) })
  const { LangChainEmbedder } = await import('../index/embedders/langchain.ts')
  return LangChainEmbedder.start('embedQuery' in embeddings ? { embeddings } : embeddings)
}
