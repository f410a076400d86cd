import { setTimeout as wait } from 'node:timers/promises'
import type { Embedder, PassageText, PassageVectors } from '../../index/embedders/embedder.ts'
import { SyntheticEmbedder } from '../large/synthetic.ts'

/** Embeds nothing: it only has the limits of a model. */
const NO_MODEL = {
  maxTokens: 510,
  embedPassage: async () => ({ passage: new Float32Array(), sentences: [], tokens: [] }),
  close: async () => {},
} as unknown as Embedder

/** Vectors made of the texts alone. Each may take a time, as on a device that is asked for one after the other, and none of the processor's. */
export class StubEmbedder extends SyntheticEmbedder {
  /** Passages that were asked for. */
  count = 0
  private readonly milliseconds: number
  private last: Promise<unknown> = Promise.resolve()

  constructor(milliseconds = 0) {
    super(NO_MODEL, 'stub')
    this.milliseconds = milliseconds
  }

  override embedPassage(passage: PassageText): Promise<PassageVectors> {
    this.count++
    const made = this.last.then(() => (this.milliseconds > 0 ? wait(this.milliseconds) : undefined)).then(() => super.embedPassage(passage))
    this.last = made.catch(() => {})
    return made
  }
}
