import { OnRecordError } from '../../index/errors.ts'
import { type Command, INDEX, type Option, readArgs } from '../command.ts'
import { PROGRESS, progressFormOf } from '../progress-form.ts'
import { workersOf } from '../workers.ts'

const OPTIONS = {
  index: INDEX,
  store: {
    type: 'string',
    value: 'NAME',
    what: 'hnsw or flat, which are files in that folder, or postgres, the database of DATABASE_URL.',
    otherwise: 'ONRECORD_STORE, or hnsw',
  },
  workers: { type: 'string', value: 'N', what: 'Threads that embed.', otherwise: 'one for each core' },
  progress: PROGRESS,
  watch: { type: 'boolean', what: 'Goes on, and indexes again whenever something changes.' },
  json: { type: 'boolean', what: 'Prints exactly one object on stdout.' },
} as const satisfies Record<string, Option>

export const indexCommand: Command = {
  usage: 'onrecord index <folder...> [--index DIR] [--store NAME] [--watch] [--workers N] [--progress bar|jsonl|none] [--json]',
  about: `Indexes the documents of folders into a new generation and switches to it. What is the same as before is not read or embedded again, nor is
what a build embedded that was stopped. --watch goes on, and does so whenever something changes. --progress=jsonl tells of the progress on
stderr, an object each line.`,
  options: OPTIONS,
  examples: [
    ['onrecord index minutes press', 'Indexes two folders into .onrecord/ of the working directory.'],
    ['onrecord index minutes --index /srv/record --json', 'Indexes into another folder, for a program to read what came of it.'],
    ['onrecord index minutes --store postgres', 'Indexes into PostgreSQL, together with every onrecord worker.'],
  ],
  async run(args) {
    const { values, positionals } = readArgs(args, OPTIONS)
    if (positionals.length === 0) throw new OnRecordError('USAGE', 'No folder is named.', '')
    const progress = progressFormOf(values)
    const workers = workersOf(values.workers)
    const { indexAndTell } = await import('../index.ts')
    await indexAndTell(positionals, { ...values, progress, workers })
    return 0
  },
}
