import { resolve } from 'node:path'
import { importIndex } from '../index/postgres/import.ts'
import { lossTold, withDatabase } from './database.ts'
import { secondsSince } from './indexer.ts'
import { progressOf } from './progress.ts'
import type { ProgressForm } from './progress-form.ts'
import { settings } from './settings.ts'
import { stoppable } from './stoppable.ts'

export interface ImportArgs {
  index?: string | undefined
  json?: boolean | undefined
  progress: ProgressForm
}

/** Writes the index of a folder into the settings' database and tells what is there then. */
export async function importAndTell({ index, json, progress }: ImportArgs): Promise<void> {
  const config = settings({ INDEX: index, STORE: 'postgres' })
  const began = performance.now()
  const { update, stop } = progressOf(progress, 'Importing')
  const report = await stoppable((signal) =>
    withDatabase({ config, name: 'onrecord import', signal }, ({ database, embedder }) =>
      importIndex(database, { index: resolve(config.INDEX), embedder, signal, onProgress: update, onLost: lossTold('import') }),
    ),
  ).finally(stop)
  const { generation, isNew, sources, passages, withoutFile } = report
  const seconds = secondsSince(began)
  if (json) {
    console.log(JSON.stringify({ generation, isNew, sources, passages, withoutFile, seconds }))
    return
  }
  const what = `${sources} ${sources === 1 ? 'document' : 'documents'}, ${passages} passages`
  console.log(isNew ? `Imported ${what}, in ${seconds} s.` : `The record holds all of it already: ${what}.`)
  if (withoutFile > 0)
    console.error(`${withoutFile} ${withoutFile === 1 ? 'file is' : 'files are'} not there as indexed: the record has the text, and no file to show.`)
}
