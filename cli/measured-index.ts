import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SetDocument } from '../eval/types.ts'
import type { Opened } from '../index/current.ts'
import type { Embedder } from '../index/embedders/embedder.ts'
import type { Config } from '../server/config.ts'
import { indexFolders } from './indexer.ts'
import { withIndex } from './opened.ts'

export interface MeasuredIndex {
  /** Documents that the set brings along. */
  documents: SetDocument[] | null
  /** A folder to index for this run only. */
  folder: string | undefined
  config: Config
  quiet: boolean
}

/** Runs something with the index that is to be measured: of the set's documents, of a folder, or else the settings' own. What is made for it goes again. */
export async function withMeasuredIndex<T>(
  { documents, folder, config, quiet }: MeasuredIndex,
  run: (opened: Opened, embedder: Embedder) => Promise<T>,
): Promise<T> {
  if (documents === null && folder === undefined) return withIndex(config, run)
  const temporary = await mkdtemp(join(tmpdir(), 'onrecord-eval-'))
  try {
    // A record in a database is not the place for what goes again.
    const own: Config = { ...config, INDEX: join(temporary, 'index'), STORE: config.STORE === 'postgres' ? 'hnsw' : config.STORE }
    const { skipped } = await indexFolders({
      folders: [folder ?? (await written(documents ?? [], join(temporary, 'set')))],
      config: own,
      progress: quiet ? 'none' : 'bar',
    })
    if (skipped.length > 0 && !quiet) console.error(`${skipped.length} ${skipped.length === 1 ? 'file was' : 'files were'} not indexed.`)
    return await withIndex(own, run)
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

async function written(documents: SetDocument[], folder: string): Promise<string> {
  await mkdir(folder)
  for (const { name, text } of documents) await writeFile(join(folder, name), text)
  return folder
}
