import { join } from 'node:path'
import type { Reranker } from '../answer/rerankers/reranker.ts'
import { OnRecordError } from '../index/errors.ts'
import { packageRoot } from '../index/package-root.ts'
import { termsOf } from '../index/terms.ts'

/** A small model of test/models, by the path of its folder. */
export const testModel = (name: string) => join(packageRoot(), 'test', 'models', name)

/** A reranker without a model: the share of the question's words that stand in a text. It passes the contract suite as real ones do. */
export class OverlapReranker implements Reranker {
  readonly fingerprint = 'overlap'
  private closed = false

  async scores(question: string, texts: string[], signal?: AbortSignal): Promise<number[]> {
    signal?.throwIfAborted()
    if (this.closed) throw new OnRecordError('RERANKER_FAILED', 'It is closed.', '')
    const asked = termsOf(question)
    return texts.map((text) => {
      const held = new Set(termsOf(text))
      return asked.filter((term) => held.has(term)).length / Math.max(1, asked.length)
    })
  }

  async close(): Promise<void> {
    this.closed = true
  }
}
