/** Reads a question and a text together and tells how well the one answers the other. */
export interface Reranker {
  /** The model's name and a hash over its files. */
  readonly fingerprint: string
  /**
   * One number for each text, in their order: the higher, the better it answers. Numbers of one call can be compared, and the same
   * pair gives the same number in every call. Throws RERANKER_FAILED when the model fails; `signal` takes a call back that has not begun.
   */
  scores(question: string, texts: string[], signal?: AbortSignal): Promise<Float32Array | number[]>
  close(): Promise<void>
}
