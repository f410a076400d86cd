import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { type BuildReport, build, NothingIndexed } from '../index/build.ts'
import { TransformersEmbedder } from '../index/embedders/transformers.ts'
import { OnRecordError } from '../index/errors.ts'
import { languageNotice } from '../index/language.ts'
import { storeOf } from '../index/stores/registry.ts'
import type { Config } from '../server/config.ts'
import { type Command, readArgs, settings } from './command.ts'
import { progressBar } from './progress.ts'

/** Lines about skipped files that are printed, at most. */
const SHOWN = 20

export const indexCommand: Command = {
  usage: 'onrecord index <folder...> [--index DIR] [--workers N] [--json]',
  about: 'Indexes the documents of folders into a new generation and switches to it.',
  async run(args) {
    const { values, positionals } = readArgs(args, { index: { type: 'string' }, workers: { type: 'string' }, json: { type: 'boolean' } })
    if (positionals.length === 0) throw new OnRecordError('USAGE', 'No folder is named.', '')
    const began = performance.now()
    const report = await indexFolders(positionals, settings({ INDEX: values.index }), values.json === true, workersOf(values.workers)).catch(
      (error: unknown) => {
        // A program that reads the report gets one in any case.
        if (values.json && error instanceof NothingIndexed)
          console.log(JSON.stringify({ generation: null, sources: 0, passages: 0, skipped: error.skipped, seconds: 0 }))
        throw error
      },
    )
    const seconds = Math.round((performance.now() - began) / 10) / 100
    const { languages: _, ...told } = report
    if (values.json) console.log(JSON.stringify({ ...told, seconds }))
    else tell(report, seconds)
    return 0
  },
}

/** Indexes folders with the settings' model and store, in as many threads as there are cores unless told; Ctrl-C leaves the index as it was. */
export async function indexFolders(folders: string[], config: Config, quiet: boolean, workers = availableParallelism()): Promise<BuildReport> {
  const stop = new AbortController()
  const onSignal = () => stop.abort()
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal)
  const { kind, notice } = await storeOf(config.STORE)
  if (notice) console.error(notice)
  const embedder = await TransformersEmbedder.start({ model: config.EMBEDDING_MODEL, threads: workers, download: config.MODEL_DOWNLOAD })
  const bar = progressBar(quiet)
  try {
    return await build({ folders, index: resolve(config.INDEX), embedder, store: kind, signal: stop.signal, onProgress: bar.update })
  } finally {
    bar.stop()
    await embedder.close()
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
  }
}

/** Threads that embed, about 100 MB each. */
function workersOf(value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  const workers = Number(value)
  if (!/^\d+$/.test(value) || workers < 1 || workers > 256)
    throw new OnRecordError('USAGE', `--workers is "${value}": it must be a whole number from 1 to 256.`, '')
  return workers
}

function tell({ sources, passages, languages, skipped }: BuildReport, seconds: number): void {
  console.log(`Indexed ${sources} ${sources === 1 ? 'document' : 'documents'}, ${passages} passages, in ${seconds} s.`)
  const notice = languageNotice(languages, sources)
  if (notice) console.error(notice)
  if (skipped.length === 0) return
  console.error(`${skipped.length} ${skipped.length === 1 ? 'file was' : 'files were'} not indexed:`)
  for (const { path, code, remedy } of skipped.slice(0, SHOWN)) console.error(`  ${path}: ${code}. ${remedy}`)
  if (skipped.length > SHOWN) console.error(`  and ${skipped.length - SHOWN} more; --json lists all.`)
}
