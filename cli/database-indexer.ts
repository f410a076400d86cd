import { Digests } from '../index/digests.ts'
import { buildInDatabase } from '../index/postgres/build.ts'
import { lossTold, withDatabase } from './database.ts'
import type { Indexer, IndexerOptions } from './indexer.ts'
import { progressOf } from './progress.ts'
import type { ProgressForm } from './progress-form.ts'
import { stoppable } from './stoppable.ts'

/** What indexes folders into the settings' database, beside all workers. Ctrl-C gives back what it has not done; the next time goes on from there. */
export function withDatabaseIndexer<T>(
  { folders, config, progress, workers }: IndexerOptions,
  run: (indexer: Indexer, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return stoppable((signal) =>
    withDatabase({ config, workers, name: 'onrecord index', signal }, async ({ database, embedder, loaders }) => {
      const digests = new Digests()
      const indexed = async () => {
        const { update, stop } = progressOf(progress)
        const onStep = (step: string) => {
          stop()
          tellStep(step, progress)
        }
        try {
          return await buildInDatabase(database, { folders, embedder, loaders, digests, signal, onProgress: update, onStep, onLost: lossTold('index') })
        } finally {
          stop()
        }
      }
      const warm = async () => {
        loaders.warm()
        await embedder.tokenCounter()
      }
      return run({ indexed, openAhead: () => {}, warm }, signal)
    }),
  )
}

/** What is done once everything is indexed: the index of many vectors takes minutes. */
function tellStep(step: string, form: ProgressForm): void {
  if (form === 'jsonl') console.error(JSON.stringify({ step }))
  if (form === 'bar' && process.stderr.isTTY) console.error(`Making the ${step}.`)
}
