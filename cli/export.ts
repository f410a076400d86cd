import { resolve } from 'node:path'
import { exportRecord } from '../index/postgres/export.ts'
import { type StoreName, storeOf } from '../index/stores/registry.ts'
import { withDatabase } from './database.ts'
import { secondsSince } from './indexer.ts'
import { progressOf } from './progress.ts'
import type { ProgressForm } from './progress-form.ts'
import { settings } from './settings.ts'
import { stoppable } from './stoppable.ts'

export interface ExportArgs {
  index?: string | undefined
  store: StoreName
  json?: boolean | undefined
  progress: ProgressForm
}

/** Writes the record of the settings' database into an index in a folder and tells what is there then. */
export async function exportAndTell({ index, store, json, progress }: ExportArgs): Promise<void> {
  const config = settings({ INDEX: index, STORE: 'postgres' })
  const began = performance.now()
  const { kind, notice } = await storeOf(store)
  if (notice) console.error(notice)
  const { update, stop } = progressOf(progress, 'Exporting')
  const { generation, sources, passages } = await stoppable((signal) =>
    withDatabase({ config, name: 'onrecord export', signal }, ({ database, embedder }) =>
      exportRecord(database, { index: resolve(config.INDEX), embedder, store: kind, signal, onProgress: update }),
    ),
  ).finally(stop)
  const seconds = secondsSince(began)
  if (json) console.log(JSON.stringify({ generation, sources, passages, seconds }))
  else console.log(`Exported ${sources} ${sources === 1 ? 'document' : 'documents'}, ${passages} passages, in ${seconds} s.`)
}
