import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import type { Logger } from 'pino'
import { ModelFailed } from '../answer/prose/reply.ts'
import { rewritten } from '../answer/prose/rewrite.ts'
import type { ProseSentence } from '../answer/prose/sentence.ts'
import { write } from '../answer/prose/write.ts'
import type { Answer } from './contract.ts'
import type { Metrics } from './metrics.ts'

/** Calls at any time, at most: whoever comes then is answered without prose rather than late. */
const AT_ONCE = 4
/** Seconds that completing a question may take, at most; nothing is shown until then. */
const REWRITING = 5
/** For how long it is not tried again after it failed, in ms. */
const PAUSE = 60_000

export interface LanguageModelOptions {
  /** Seconds that writing may take. */
  timeout: number
  /** Aborted when the server is to stop: what is being written ends there, and no more is begun. */
  stopping?: AbortSignal | undefined
  metrics: Pick<Metrics, 'prose'>
  log: Logger
}

/** The operator's language model as the server asks it: so many calls at once, for so long; whatever fails is counted, and nobody else's trouble. */
export class LanguageModel {
  private readonly model: BaseChatModel
  private readonly options: LanguageModelOptions
  private calls = 0
  private noRewritingUntil = 0

  constructor(model: BaseChatModel, options: LanguageModelOptions) {
    this.model = model
    this.options = options
  }

  /** The sentences of an answer's prose, each as it is proven; none when the record does not answer. It never throws. */
  async *prose(answer: Answer, gone: AbortSignal): AsyncGenerator<ProseSentence> {
    const { prose } = this.options.metrics
    if (answer.status === 'not-on-record' || !this.enter()) return
    const signal = this.until(gone, this.options.timeout)
    try {
      for await (const sentence of write(this.model, answer, { signal, dropped: prose.dropped, used: prose.used })) {
        prose.kept()
        yield sentence
      }
    } catch (error) {
      this.note(error)
    } finally {
      this.calls--
    }
  }

  /** A question that leans on earlier ones as the model completes it; null when it does not, or failed a short while ago. It never throws. */
  async completed(question: string, earlier: string[], gone: AbortSignal): Promise<string | null> {
    if (performance.now() < this.noRewritingUntil || !this.enter()) return null
    const signal = this.until(gone, Math.min(REWRITING, this.options.timeout))
    try {
      return await rewritten(this.model, question, earlier, { signal, used: this.options.metrics.prose.used })
    } catch (error) {
      if (!gone.aborted) this.noRewritingUntil = performance.now() + PAUSE
      this.note(error)
      return null
    } finally {
      this.calls--
    }
  }

  private enter(): boolean {
    if (this.options.stopping?.aborted) return false
    if (this.calls >= AT_ONCE) {
      this.options.metrics.prose.failed('busy')
      return false
    }
    this.calls++
    return true
  }

  /** Aborted when the client leaves, the server is to stop, or the time is over. */
  private until(gone: AbortSignal, seconds: number): AbortSignal {
    return AbortSignal.any([gone, ...(this.options.stopping ? [this.options.stopping] : []), AbortSignal.timeout(seconds * 1000)])
  }

  /** What it failed by, and no word of what was sent or received. */
  private note(error: unknown): void {
    const kind = error instanceof ModelFailed ? error.kind : 'broken'
    this.options.metrics.prose.failed(kind)
    if (kind !== 'left') this.options.log.warn({ kind }, 'the language model failed')
  }
}
