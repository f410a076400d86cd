import { checkSpans } from '../../index/check.ts'
import { openIndex } from '../../index/current.ts'
import type { Embedder } from '../../index/embedders/embedder.ts'
import { OnRecordError } from '../../index/errors.ts'

/** The texts of the documents that an index answers from; null when there is no index. Throws when it is damaged, or a span does not fit. */
export async function textsOf(index: string, embedder: Embedder): Promise<string[] | null> {
  const opened = await openIndex(index, embedder).catch((error: unknown) => {
    if (error instanceof OnRecordError && error.code === 'INDEX_MISSING') return null
    throw error
  })
  if (!opened) return null
  const { generation, degraded } = opened
  try {
    if (degraded) throw degraded
    const faults = await checkSpans(generation)
    if (faults.length > 0) throw new Error(faults.join('\n'))
    return generation.sources.map((_, i) => generation.text(i))
  } finally {
    await generation.close()
  }
}
