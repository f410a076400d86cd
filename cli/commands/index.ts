import { OnRecordError } from '../../index/errors.ts'
import { type Command, readArgs } from '../command.ts'
import { PROGRESS_FORMS, type ProgressForm } from '../progress-form.ts'

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
    const workers = workersOf(values.workers)
    const { indexAndTell } = await import('../index.ts')
    await indexAndTell(positionals, { ...values, progress, workers })
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
