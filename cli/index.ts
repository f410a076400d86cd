import { type BuildReport, NothingIndexed } from '../index/build.ts'
import { OnRecordError } from '../index/errors.ts'
import { languageNotice } from '../index/language.ts'
import { type Command, readArgs, settings } from './command.ts'
import { indexFolders, secondsSince, watchFolders } from './indexer.ts'
import { PROGRESS_FORMS, type ProgressForm } from './progress.ts'

/** Lines about skipped files that are printed, at most. */
const SHOWN = 20

export const indexCommand: Command = {
  usage: 'onrecord index <folder...> [--index DIR] [--watch] [--workers N] [--progress bar|jsonl|none] [--json]',
  about: `Indexes the documents of folders into a new generation and switches to it. What is the same as before is not read or embedded again, nor is
what a build embedded that was stopped. --watch goes on, and does so whenever something changes. --progress=jsonl tells of the progress on
stderr, an object each line.`,
  async run(args) {
    const flag = { type: 'string' } as const
    const { values, positionals } = readArgs(args, {
      index: flag,
      workers: flag,
      progress: flag,
      watch: { type: 'boolean' },
      json: { type: 'boolean' },
    })
    if (positionals.length === 0) throw new OnRecordError('USAGE', 'No folder is named.', '')
    const progress = formOf(values.progress) ?? (values.json ? 'none' : 'bar')
    const options = { folders: positionals, config: settings({ INDEX: values.index }), progress, workers: workersOf(values.workers) }
    const told = values.json ? print : tell
    if (values.watch) {
      await watchFolders(options, (report, seconds) => {
        told(report, seconds)
        // A server that began this looks at once.
        process.send?.('indexed')
      })
      return 0
    }
    const began = performance.now()
    const report = await indexFolders(options).catch((error: unknown) => {
      // A program that reads the report gets one in any case.
      if (values.json && error instanceof NothingIndexed) print(error, 0)
      throw error
    })
    told(report, secondsSince(began))
    return 0
  },
}

function formOf(value: string | undefined): ProgressForm | undefined {
  if (value === undefined || (PROGRESS_FORMS as readonly string[]).includes(value)) return value as ProgressForm | undefined
  throw new OnRecordError('USAGE', `--progress is "${value}": it must be one of ${PROGRESS_FORMS.join(', ')}.`, '')
}

function workersOf(value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  const workers = Number(value)
  if (!/^\d+$/.test(value) || workers < 1 || workers > 256)
    throw new OnRecordError('USAGE', `--workers is "${value}": it must be a whole number from 1 to 256.`, '')
  return workers
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
