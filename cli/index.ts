import { type BuildReport, NothingIndexed } from '../index/build.ts'
import { OnRecordError } from '../index/errors.ts'
import { languageNotice } from '../index/languages.ts'
import { indexFolders, secondsSince, watchFolders } from './indexer.ts'
import type { ProgressForm } from './progress-form.ts'
import { settings } from './settings.ts'

/** Lines about skipped files that are printed, at most. */
const SHOWN = 20

export interface IndexArgs {
  index?: string | undefined
  store?: string | undefined
  watch?: boolean | undefined
  json?: boolean | undefined
  progress: ProgressForm
  workers: number | undefined
}

/** Indexes folders and reports it; with `watch` until it is told to stop. */
export async function indexAndTell(folders: string[], { index, store, watch, json, progress, workers }: IndexArgs): Promise<void> {
  const options = { folders, config: settings({ INDEX: index, STORE: store }), progress, workers }
  const told = json ? print : tell
  if (watch) {
    return watchFolders(options, (report, seconds) => {
      told(report, seconds)
      // A server that began this looks at once.
      process.send?.('indexed')
    })
  }
  const began = performance.now()
  const report = await indexFolders(options).catch((error: unknown) => {
    // A program that reads the report gets one in any case.
    if (json && error instanceof NothingIndexed) print(error, 0)
    throw error
  })
  told(report, secondsSince(began))
}

/** An object on a line of its own. */
function print(report: BuildReport | OnRecordError, seconds: number): void {
  if (report instanceof OnRecordError) {
    const skipped = report instanceof NothingIndexed ? report.skipped : []
    console.log(JSON.stringify({ generation: null, sources: 0, passages: 0, embedded: 0, skipped, seconds }))
  } else {
    const { generation, sources, passages, embedded, skipped } = report
    console.log(JSON.stringify({ generation, sources, passages, embedded, skipped, seconds }))
  }
}

function tell(report: BuildReport | OnRecordError, seconds: number): void {
  if (report instanceof OnRecordError) {
    console.error(`onrecord index: ${report.message}`)
    return
  }
  const { sources, passages, embedded, languages, skipped } = report
  const known = passages - embedded
  const again = known === 0 ? '' : known === passages ? ' (none embedded again)' : ` (${known} not embedded again)`
  console.log(`Indexed ${sources} ${sources === 1 ? 'document' : 'documents'}, ${passages} passages${again}, in ${seconds} s.`)
  const notice = languageNotice(languages, sources)
  if (notice) console.error(notice)
  if (skipped.length === 0) return
  const counts = new Map<string, number>()
  for (const { code } of skipped) counts.set(code, (counts.get(code) ?? 0) + 1)
  const reasons = skipped.length > SHOWN ? ` (${[...counts].map(([code, count]) => `${count} ${code}`).join(', ')})` : ''
  console.error(`${skipped.length} ${skipped.length === 1 ? 'file was' : 'files were'} not indexed${reasons}:`)
  for (const { path, code, remedy } of skipped.slice(0, SHOWN)) console.error(`  ${path}: ${code}. ${remedy}`)
  if (skipped.length > SHOWN) console.error(`  and ${skipped.length - SHOWN} more; --json lists all.`)
}
