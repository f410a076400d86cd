import type { EmbeddingsInterface } from '@langchain/core/embeddings'

/** A passage to embed: the texts of its sentences, in order. */
export interface PassageText {
  sentences: string[]
}

/** The vectors of a passage: its own and one for each sentence, in context; every one has `dimensions` numbers and length 1. */
export interface PassageVectors {
  passage: Float32Array
  sentences: Float32Array[]
  /** The tokens of each sentence, in context: the signs of their vectors (`signsOf`), `bytesOfSigns(dimensions)` bytes a token. */
  tokens: Uint8Array[]
}

export interface QuestionVectors {
  /** The question's own, of length 1. */
  question: Float32Array
  /** The tokens of each of its words (`wordsOf`), in context: `dimensions` numbers a token, of any length. */
  words: Float32Array[]
}

/** Turns text into vectors. It is a LangChain `Embeddings` as well, so that LangChain's parts can use it. */
export interface Embedder extends EmbeddingsInterface {
  /** Tells this model from every other; an index is opened only with the embedder that made it. */
  readonly fingerprint: string
  readonly dimensions: number
  /** Tokens of a passage that the model reads, at most. */
  readonly maxTokens: number
  /** Loads what counts the tokens that the model makes of a text; only splitting documents needs it. */
  tokenCounter(): Promise<(text: string) => number>
  /** Throws EMBEDDER_FAILED when the model fails; `signal` takes a call back that has not begun. */
  embedPassage(passage: PassageText, signal?: AbortSignal): Promise<PassageVectors>
  /** The vector of a question, of length 1. */
  embedQuestion(question: string, signal?: AbortSignal): Promise<Float32Array>
  /** The same with its words, in one pass. */
  embedWords(question: string, signal?: AbortSignal): Promise<QuestionVectors>
  close(): Promise<void>
}
