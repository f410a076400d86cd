import { setTimeout } from 'node:timers/promises'
import { type Calibrated, calibrationFor } from '../answer/calibration.ts'
import type { Rerank } from '../answer/rerank.ts'
import { noIndex, type Opened } from '../index/current.ts'
import type { Embedder } from '../index/embedders/embedder.ts'
import { OnRecordError } from '../index/errors.ts'
import type { IndexHome } from '../index/home.ts'
import type { GenerationReader } from '../index/reader.ts'
import { KeptAnswers } from './kept-answers.ts'
import { keepingQuestions } from './kept-questions.ts'

/** How often a generation that cannot be opened is tried again, in ms: reading it may take seconds. */
const TRY_EVERY = 5000

/** How the questions of an open generation are answered. */
export interface Answering {
  /** Is it the one before the newest, because that is damaged? */
  degraded: boolean
  calibration: Calibrated
  answers: KeptAnswers
}

export interface RecordOptions {
  rerank?: Rerank | undefined
  /** The least probability of being answered by the record with which a question is answered; else the calibration's. */
  threshold?: number | undefined
}

interface Held extends Opened {
  calibration: Calibrated
  answers: KeptAnswers
  users: number
  retired: boolean
}

/**
 * The index that a server answers from. A new generation is opened beside the old one and takes over for later requests;
 * the old one is closed when its last request ends.
 */
export class LiveRecord {
  readonly embedder: Embedder
  readonly rerank: Rerank | undefined
  private readonly home: IndexHome
  private readonly threshold: number | undefined
  private held: Held | null = null
  private failure: OnRecordError | null = null
  private timer: NodeJS.Timeout | undefined
  private failed: { newest: string | null; at: number } | null = null
  /** Was something found to be damaged while it was read? */
  private suspect = false
  private looking: Promise<void> | null = null

  constructor(home: IndexHome, embedder: Embedder, { rerank, threshold }: RecordOptions = {}) {
    this.home = home
    this.embedder = keepingQuestions(embedder)
    this.rerank = rerank
    this.threshold = threshold
  }

  /** Opens the index when there is one; whether it could be opened is told by use(). */
  async start(): Promise<void> {
    await this.look()
    this.timer = setInterval(() => this.look(), this.home.lookEvery).unref()
  }

  /** Runs something with the generation of the moment, which stays open until it ends. Throws why there is none. */
  async use<T>(run: (generation: GenerationReader, answering: Answering) => Promise<T> | T): Promise<T> {
    if (this.suspect || !this.held) await this.look()
    const held = this.held
    if (!held) throw this.failure ?? noIndex(this.home.name)
    held.users++
    try {
      return await run(held.generation.forQuestion(), { degraded: held.degraded !== null, calibration: held.calibration, answers: held.answers })
    } catch (error) {
      if (error instanceof OnRecordError && error.code === 'INDEX_DAMAGED') this.suspect = true
      throw error
    } finally {
      held.users--
      await this.closeIfDone(held)
    }
  }

  /** Is what the index is in there, and does it answer soon? Throws why not. */
  async check(): Promise<void> {
    await this.home.check()
  }

  /** Closes the index once the last request has ended, those included that begin while others end. */
  async close(): Promise<void> {
    clearInterval(this.timer)
    await this.looking
    while (this.held && this.held.users > 0) await setTimeout(10)
    const held = this.held
    this.held = null
    if (held) await this.retire(held)
  }

  /** Opens the newest generation when it is not the open one; how that ended is told by use(). */
  look(): Promise<void> {
    this.looking ??= this.open().finally(() => {
      this.looking = null
    })
    return this.looking
  }

  private async open(): Promise<void> {
    const { suspect } = this
    this.suspect = false
    const newest = await this.home.current().catch(() => null)
    try {
      if (this.held && newest === this.held.newest && !suspect) return
      if (newest !== null && newest === this.failed?.newest && performance.now() - this.failed.at < TRY_EVERY) return
      const calibration = await calibrationFor(this.home.folder, this.embedder.fingerprint, this.threshold)
      const opened = await this.home.open(this.embedder, { probe: true })
      const old = this.held
      this.held = { ...opened, calibration, answers: new KeptAnswers(), users: 0, retired: false }
      this.failure = null
      this.failed = null
      if (old) await this.retire(old)
    } catch (error) {
      this.failed = { newest, at: performance.now() }
      // What is open stays open; a request is refused only when nothing is.
      this.failure =
        error instanceof OnRecordError
          ? error
          : new OnRecordError('INDEX_DAMAGED', `The index in ${this.home.name} cannot be opened.`, 'Run: onrecord doctor.', { cause: error })
    }
  }

  private async retire(held: Held): Promise<void> {
    held.retired = true
    await this.closeIfDone(held)
  }

  private async closeIfDone(held: Held): Promise<void> {
    if (held.retired && held.users === 0) {
      held.retired = false
      await held.generation.close()
    }
  }
}
