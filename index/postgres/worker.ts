import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Embedder } from '../embedders/embedder.ts'
import { OnRecordError } from '../errors.ts'
import type { LoaderPool } from '../loader-pool.ts'
import { buildingFor } from './building.ts'
import { type Claim, claim, giveBack, Identity, Takeover } from './claims.ts'
import { FileWriter } from './file-writer.ts'
import type { HeldSession } from './held.ts'
import { stepsOf } from './job.ts'
import type { Queue } from './queue.ts'

/** Time between two looks for work, in ms. */
const IDLE = 500
/** Time after which a worker that is busy looks for workers that are gone, in ms. */
const LOOK = 5000

export interface WorkerOptions {
  embedder: Embedder
  loaders: LoaderPool
  signal: AbortSignal
  /** What it is known by, where it may have to come back over another session. */
  identity?: Identity
}

/** What a worker has done. */
export interface Work {
  files: number
  passages: number
  embedded: number
}

/** Indexes what is planned, over one session: its claims are gone with it. */
export class Worker {
  readonly done: Work = { files: 0, passages: 0, embedded: 0 }
  private readonly session: HeldSession
  private readonly queue: Queue
  private readonly options: WorkerOptions
  private readonly takeover = new Takeover()
  private readonly number: number
  private lookedAt = performance.now()

  private constructor(session: HeldSession, queue: Queue, number: number, options: WorkerOptions) {
    this.session = session
    this.queue = queue
    this.number = number
    this.options = options
  }

  static async over(session: HeldSession, queue: Queue, options: WorkerOptions): Promise<Worker> {
    return new Worker(session, queue, await (options.identity ?? new Identity()).take(session, queue), options)
  }

  /**
   * Takes jobs until the signal is aborted, or, with `untilIdle`, until nothing is left that anybody has to do. What it has begun by then it
   * ends or gives back. Throws what ends it: INDEX_OTHER_MODEL, INDEX_OTHER_VERSION, EMBEDDER_FAILED, DATABASE_...
   */
  async run({ untilIdle }: { untilIdle: boolean }): Promise<void> {
    const { session, queue, options, takeover } = this
    const folder = await mkdtemp(join(tmpdir(), 'onrecord-worker-'))
    try {
      while (!options.signal.aborted) {
        const building = await buildingFor(session, options.embedder)
        const taken = building === null ? null : await claim(session, queue, this.number)
        if (taken) await this.do(taken, folder)
        if (!taken || performance.now() - this.lookedAt > LOOK) {
          const freed = building !== null && (await takeover.look(session, queue))
          this.lookedAt = performance.now()
          if (taken || freed) continue
          if (untilIdle && (building === null || (await isAllDone(session)))) return
          await wait(IDLE, undefined, { signal: options.signal }).catch(() => {})
        }
      }
    } finally {
      // A file that was being read ahead may still be put there.
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    }
  }

  private async do({ job, files }: Claim, folder: string): Promise<void> {
    const { session, queue, number } = this
    const { signal } = this.options
    const steps = stepsOf(files, { ...this.options, session, folder })
    const writer = new FileWriter(session, number)
    try {
      for (;;) {
        // What waits when it is told to stop is given back, but for the file that is being written.
        if (signal.aborted) break
        const written = await writer.write(steps)
        if (written === null) break
        this.done.files++
        this.done.passages += written.passages
        this.done.embedded += written.embedded
      }
      if (signal.aborted) await giveBack(session, queue, number, false)
      else await queue.remove([job])
    } catch (error) {
      // What the database did is nobody's fault here; else one of the files may have done it.
      const struck = !signal.aborted && (!(error instanceof OnRecordError) || error.code === 'EMBEDDER_FAILED')
      await giveBack(session, queue, number, struck).catch(() => {})
      const isPassing = error instanceof OnRecordError && error.code === 'DATABASE_BUSY'
      if (!signal.aborted && !isPassing) throw error
    } finally {
      await steps.return(undefined)
    }
  }
}

async function isAllDone(session: HeldSession): Promise<boolean> {
  const [row] = await session.rows<{ left: boolean }>("SELECT EXISTS (SELECT FROM onrecord.files WHERE state = 'planned') AS left")
  return row?.left === false
}
