import { OnRecordError } from '../errors.ts'
import { checkModel, DEFAULT_MODEL, placeOf } from '../model.ts'
import type { Embedder, PassageText, PassageVectors, QuestionVectors } from './embedder.ts'
import type { TransformersEmbedder, TransformersOptions } from './transformers.ts'

/** What is known of a model without running it. */
type Known = Pick<Embedder, 'fingerprint' | 'dimensions' | 'maxTokens'>

/**
 * A `TransformersEmbedder` whose threads start when something is first embedded, or when `start` is called, meanwhile to whatever else is done:
 * the files of the model alone tell which index was made with it.
 */
export class EmbedderWhenNeeded implements Embedder {
  private known: Known
  private readonly options: TransformersOptions
  private starting: Promise<TransformersEmbedder> | undefined
  private closed = false

  private constructor(options: TransformersOptions, known: Known) {
    this.options = options
    this.known = known
  }

  /**
   * Checks the model's files; one that has to be downloaded, or that does not say how many numbers its vectors have, is started at once.
   * Throws MODEL_MISSING, MODEL_DAMAGED or EMBEDDER_FAILED.
   */
  static async of(options: TransformersOptions = {}): Promise<EmbedderWhenNeeded> {
    const { model = DEFAULT_MODEL } = options
    const place = placeOf(model)
    const facts = place && (await checkModel(model, place))
    // Its own two special tokens are not the passage's; those of a prefix are taken off once it runs.
    const known = facts?.dimensions ? { fingerprint: facts.fingerprint, dimensions: facts.dimensions, maxTokens: facts.maxTokens - 2 } : null
    const embedder = new EmbedderWhenNeeded(options, known ?? { fingerprint: '', dimensions: 0, maxTokens: 0 })
    if (!known) await embedder.start()
    return embedder
  }

  get fingerprint(): string {
    return this.known.fingerprint
  }

  get dimensions(): number {
    return this.known.dimensions
  }

  /** Right once a token counter was asked for. */
  get maxTokens(): number {
    return this.known.maxTokens
  }

  /** Starts the threads; resolves when they are ready. Throws EMBEDDER_FAILED. */
  async start(): Promise<void> {
    await this.running()
  }

  async tokenCounter(): Promise<(text: string) => number> {
    return (await this.running()).tokenCounter()
  }

  async embedPassage(passage: PassageText, signal?: AbortSignal): Promise<PassageVectors> {
    return (await this.running()).embedPassage(passage, signal)
  }

  async embedQuestion(question: string, signal?: AbortSignal): Promise<Float32Array> {
    return (await this.running()).embedQuestion(question, signal)
  }

  async embedWords(question: string, signal?: AbortSignal): Promise<QuestionVectors> {
    return (await this.running()).embedWords(question, signal)
  }

  async embedDocuments(texts: string[]): Promise<number[][]> {
    return (await this.running()).embedDocuments(texts)
  }

  async embedQuery(text: string): Promise<number[]> {
    return (await this.running()).embedQuery(text)
  }

  async close(): Promise<void> {
    this.closed = true
    const started = await this.starting?.catch(() => null)
    await started?.close()
  }

  private running(): Promise<TransformersEmbedder> {
    this.starting ??= this.closed ? Promise.reject(failed('it is closed')) : this.begin()
    return this.starting
  }

  private async begin(): Promise<TransformersEmbedder> {
    const { TransformersEmbedder } = await import('./transformers.ts')
    const started = await TransformersEmbedder.start(this.options)
    const { dimensions, fingerprint } = this.known
    if (dimensions > 0 && (started.dimensions !== dimensions || started.fingerprint !== fingerprint)) {
      await started.close()
      throw failed(`its files say ${fingerprint} with ${dimensions} numbers a vector, and it is ${started.fingerprint} with ${started.dimensions}`)
    }
    this.known = started
    return started
  }
}

function failed(why: string): OnRecordError {
  return new OnRecordError('EMBEDDER_FAILED', `The embedding model failed: ${why}.`, 'Run `onrecord doctor` to check the model.')
}
