import type { Document } from '@langchain/core/documents'
import type { Answer } from '../answer/answer.ts'
import { ask } from '../answer/ask.ts'
import type { Calibrated } from '../answer/calibration.ts'
import { type LinkTo, publicSource, sourceWithText } from '../answer/cite.ts'
import type { Turn } from '../answer/followup.ts'
import { allPassages, passagesFor } from '../answer/passages.ts'
import { type Claim, type Verification, verify } from '../answer/verify.ts'
import type { Opened } from '../index/current.ts'
import type { Embedder } from '../index/embedders/embedder.ts'
import { OnRecordError } from '../index/errors.ts'
import type { Filters } from '../index/filter.ts'
import { inTime } from '../index/in-time.ts'
import type { Source, Statement } from '../index/types.ts'
import { mustBeAsked, mustBeSearched } from './checked.ts'
import { documentOf, type PassageMetadata } from './documents-out.ts'
import { RecordRetriever } from './retriever.ts'

/** How a question is asked. */
export interface AskOptions {
  /** What may be quoted. */
  filters?: Filters
  /** The turns before, oldest first: a question that leans on them ("And in March?") is completed. */
  history?: Turn[]
  /** Citations, at most. Default: 5. */
  limit?: number
  /** Gives the question up. */
  signal?: AbortSignal
}

/** How passages are searched for. */
export interface SearchOptions {
  /** Passages, at most; no more than about 100 are ever found. Default: 5. */
  k?: number
  /** What may be found. */
  filters?: Filters
  /** Gives the search up. */
  signal?: AbortSignal
}

/** A source with its text, as it was indexed, and with everything that somebody is said to have said in it. */
export interface SourceWithText extends Source {
  text: string
  statements: Statement[]
}

interface Asking {
  calibration: Calibrated
  linkTo: LinkTo | undefined
}

/** An open index. It answers from one generation, whatever is built meanwhile, and is to be closed. */
export class OnRecord {
  /** The name of the generation that it answers from. */
  readonly generation: string
  /** Why the newest generation is not the one that is open, where that is damaged; null where all is well. */
  readonly degraded: OnRecordError | null
  private readonly opened: Opened
  private readonly embedder: Embedder
  private readonly calibration: Calibrated
  private readonly linkTo: LinkTo
  private readonly running = new Set<Promise<unknown>>()
  private closing: Promise<void> | undefined

  /** @internal */
  constructor(opened: Opened, embedder: Embedder, { calibration, linkTo }: Asking) {
    this.opened = opened
    this.embedder = embedder
    this.calibration = calibration
    this.linkTo = linkTo ?? ((source, { start, end }) => `/source/${source}?start=${start}&end=${end}`)
    this.generation = opened.generation.id
    this.degraded = opened.degraded
  }

  /**
   * Answers a question in the documents' own words. Each quote is the stored text between its offsets, checked before it is handed over.
   * Throws USAGE for a question or an option that is none,
   * EMBEDDER_FAILED, VECTOR_STORE_FAILED, INDEX_DAMAGED when a file was damaged since it was opened, RECORD_CLOSED, or the signal's reason.
   */
  ask(question: string, options: AskOptions = {}): Promise<Answer> {
    const { calibration, linkTo } = this
    return this.run(async ({ generation, degraded }) => {
      mustBeAsked(question, options)
      // Embeddings and vector stores of others listen to no signal.
      const answer = await inTime(ask(generation, this.embedder, question, { ...options, calibration, linkTo }), options.signal)
      return { ...answer, degraded: degraded !== null }
    })
  }

  /** The passages that come nearest to a query, best first, whether or not they answer it. Throws like `ask`. */
  search(query: string, options: SearchOptions = {}): Promise<Document<PassageMetadata>[]> {
    return this.run(async ({ generation }) => {
      mustBeSearched(query, options)
      const { k = 5, filters, signal } = options
      const found = await inTime(passagesFor(generation, this.embedder, query, { k, filters, linkTo: this.linkTo, signal }), signal)
      return found.map(documentOf)
    })
  }

  /** A retriever for LangChain's chains, which searches as `search` does. */
  asRetriever(options: SearchOptions = {}): RecordRetriever {
    return new RecordRetriever((query) => this.search(query, options))
  }

  /** Every passage as a document of LangChain, to fill another store with. */
  async *documents(): AsyncGenerator<Document<PassageMetadata>> {
    this.throwIfClosed()
    for await (const citation of allPassages(this.opened.generation, this.linkTo)) {
      yield documentOf(citation)
      this.throwIfClosed()
    }
  }

  /** Every source, by path within each of the folders. */
  sources(): Promise<Source[]> {
    return this.run(async ({ generation }) => (await generation.list(0, Number.MAX_SAFE_INTEGER)).map(publicSource))
  }

  /** A source with its text, by its id; null when there is none. Throws INDEX_DAMAGED or RECORD_CLOSED. */
  source(id: string): Promise<SourceWithText | null> {
    return this.run(async ({ generation }) => {
      const number = await generation.numberOf(id)
      return number === undefined ? null : sourceWithText(generation, number)
    })
  }

  /** Does a quote still stand where it was cited from? Throws INDEX_DAMAGED or RECORD_CLOSED. */
  verify(claim: Claim): Promise<Verification> {
    return this.run(({ generation }) => verify(generation, claim))
  }

  /** Closes the index and the model, once what was asked is answered. */
  close(): Promise<void> {
    this.closing ??= this.end()
    return this.closing
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  private async end(): Promise<void> {
    await Promise.allSettled(this.running)
    await this.opened.generation.close()
    await this.embedder.close()
  }

  private async run<T>(work: (opened: Opened) => Promise<T>): Promise<T> {
    this.throwIfClosed()
    const result = work({ ...this.opened, generation: this.opened.generation.forQuestion() })
    this.running.add(result)
    try {
      return await result
    } finally {
      this.running.delete(result)
    }
  }

  private throwIfClosed(): void {
    if (this.closing) throw new OnRecordError('RECORD_CLOSED', 'The record was closed.', 'Open it again: openRecord({ index }).')
  }
}
