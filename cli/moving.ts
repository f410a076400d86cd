import { resolve } from 'node:path'
import type { BuildReport } from '../index/build.ts'
import { openIndex } from '../index/current.ts'
import { exportGeneration } from '../index/postgres/export.ts'
import { currentGeneration } from '../index/postgres/home.ts'
import { importGeneration } from '../index/postgres/import.ts'
import { type StoreName, storeOf } from '../index/stores/registry.ts'
import { type Indexing, withDatabase } from './database.ts'
import { secondsSince } from './indexer.ts'
import { settings } from './settings.ts'
import { stoppable } from './stoppable.ts'

interface MovingArgs {
  index?: string | undefined
  json?: boolean | undefined
}

/** Puts the index of a folder into the settings' database. */
export async function importIndex({ index, json }: MovingArgs): Promise<void> {
  await moved({ index, json }, 'import', async ({ database, embedder }, place, signal) => {
    const { generation } = await openIndex(place, embedder)
    try {
      return await importGeneration(database, generation, { embedder, signal })
    } finally {
      await generation.close()
    }
  })
}

/** Writes the record of the settings' database into the index of a folder. */
export async function exportIndex({ index, store, json }: MovingArgs & { store: StoreName }): Promise<void> {
  const { kind, notice } = await storeOf(store)
  if (notice) console.error(notice)
  await moved({ index, json }, 'export', async ({ database, embedder }, place, signal) => {
    const generation = await currentGeneration(database, embedder)
    return exportGeneration(database, generation, { index: place, embedder, store: kind, signal })
  })
}

async function moved(
  { index, json }: MovingArgs,
  name: string,
  move: (indexing: Indexing, index: string, signal: AbortSignal) => Promise<BuildReport>,
): Promise<void> {
  const config = settings({ INDEX: index, STORE: 'postgres' })
  const began = performance.now()
  const report = await stoppable((signal) =>
    withDatabase({ config, name: `onrecord ${name}`, signal }, (indexing) => move(indexing, resolve(config.INDEX), signal)),
  )
  const { generation, sources, passages } = report
  const seconds = secondsSince(began)
  if (json) console.log(JSON.stringify({ generation, sources, passages, seconds }))
  else console.log(`Moved ${sources} ${sources === 1 ? 'document' : 'documents'}, ${passages} passages, in ${seconds} s.`)
}
