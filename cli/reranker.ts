import type { Rerank } from '../answer/rerank.ts'
import type { Config } from '../server/config.ts'

/** Runs something with the settings' reranker, or with none, and closes it afterwards; `tell` is told when an answer first goes without it. */
export async function withReranker<T>(
  { RERANKER, MODEL_DOWNLOAD }: Config,
  threads: number,
  tell: (error: unknown) => void,
  run: (rerank?: Rerank) => Promise<T>,
): Promise<T> {
  if (RERANKER === '') return run()
  const [{ TransformersReranker }, { reranking }] = await Promise.all([import('../answer/rerankers/transformers.ts'), import('../answer/rerank.ts')])
  const reranker = await TransformersReranker.start({ model: RERANKER, threads, download: MODEL_DOWNLOAD })
  try {
    return await run(reranking(reranker, tell))
  } finally {
    await reranker.close()
  }
}
