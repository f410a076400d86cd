import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { type BuildReport, build } from '../index/build.ts'
import { BuildMemory } from '../index/build-memory.ts'
import { current } from '../index/current.ts'
import { EmbedderWhenNeeded } from '../index/embedders/when-needed.ts'
import { OnRecordError } from '../index/errors.ts'
import { LoaderPool } from '../index/loader-pool.ts'
import { storeOf } from '../index/stores/registry.ts'
import { FolderWatch } from '../index/watch.ts'
import type { Config } from '../server/config.ts'
import { progressOf } from './progress.ts'
import type { ProgressForm } from './progress-form.ts'
import { stoppable } from './stoppable.ts'

export interface IndexerOptions {
  folders: string[]
  config: Config
  progress: ProgressForm
  /** Threads that embed, about 100 MB each. Default: as many as there are cores. */
  workers?: number | undefined
  /** Is nothing written when nothing has changed? */
  unlessSame?: boolean
}

/** What is told of a build: what it made in so many seconds, or why it made nothing. */
export type Told = (report: BuildReport | OnRecordError, seconds: number) => void

/** Indexes folders with the settings' model and store. Ctrl-C leaves the index as it was; what was embedded is kept for the next time. */
export async function indexFolders(options: IndexerOptions): Promise<BuildReport> {
  return withIndexer(options, ({ indexed }) => indexed())
}

/** How long it is waited before what failed is tried again without a change, in ms. */
const AGAIN = 5000

/**
 * Indexes folders, and again whenever they change, until it is told to stop. A build that fails is told of and tried again soon, or, where
 * there was nothing to index, once something changes.
 */
export async function watchFolders(options: IndexerOptions, told: Told): Promise<void> {
  // Begun first, so that what changes during the first build is seen.
  const watch = await FolderWatch.start(options.folders, resolve(options.config.INDEX))
  try {
    await withIndexer({ ...options, unlessSame: true }, async ({ indexed, openAhead, warm }, signal) => {
      let again: number | undefined
      let first = true
      do {
        const began = performance.now()
        const report = await indexed().catch((error: unknown) => {
          if (error instanceof OnRecordError && !signal.aborted) return error
          throw error
        })
        // What changes nothing, such as a touch, is not worth a word.
        if (first || report instanceof OnRecordError || report.isNew) told(report, secondsSince(began))
        if (first) await warm()
        first = false
        again = report instanceof OnRecordError && report.code !== 'NOTHING_INDEXED' ? AGAIN : undefined
      } while (await watch.next(signal, { atMost: again, begun: openAhead }))
    })
  } catch (error) {
    if (!(error instanceof OnRecordError && error.code === 'INTERRUPTED')) throw error
  } finally {
    await watch.close()
  }
}

/** Seconds, to the hundredth. */
export function secondsSince(began: number): number {
  return Math.round((performance.now() - began) / 10) / 100
}

export interface Indexer {
  indexed: () => Promise<BuildReport>
  /** Begins what the next build begins with, before it can. */
  openAhead: () => void
  /** Loads what only a new document needs. */
  warm: () => Promise<void>
}

async function withIndexer<T>(options: IndexerOptions, run: (indexer: Indexer, signal: AbortSignal) => Promise<T>): Promise<T> {
  const { folders, config, progress, unlessSame = false, workers = availableParallelism() } = options
  const { STORE } = config
  if (STORE === 'postgres') return (await import('./database-indexer.ts')).withDatabaseIndexer(options, run)
  return stoppable(async (signal) => {
    const [loaders, memory] = [new LoaderPool(), new BuildMemory()]
    // A document that is being read is not waited for.
    signal.addEventListener('abort', () => loaders.close())
    let embedder: EmbedderWhenNeeded | undefined
    try {
      const { kind: store, notice } = await storeOf(STORE)
      if (notice) console.error(notice)
      const model = await EmbedderWhenNeeded.of({ model: config.EMBEDDING_MODEL, threads: workers, download: config.MODEL_DOWNLOAD })
      embedder = model
      const index = resolve(config.INDEX)
      // What follows changes does not wait for it at the first of them, and what has everything to embed not until the first document is read.
      if (unlessSame) await model.start()
      else if ((await current(index).catch(() => '')) === null) model.start().catch(() => {})
      const indexed = async () => {
        const { update, stop } = progressOf(progress)
        try {
          return await build({ folders, index, embedder: model, store, loaders, memory, unlessSame, signal, onProgress: update })
        } finally {
          stop()
        }
      }
      const openAhead = () => memory.openAhead(index, model)
      const warm = async () => {
        loaders.warm()
        await model.tokenCounter()
      }
      return await run({ indexed, openAhead, warm }, signal)
    } finally {
      loaders.close()
      await memory.close()
      await embedder?.close()
    }
  })
}
