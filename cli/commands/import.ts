import { OnRecordError } from '../../index/errors.ts'
import { type Command, INDEX, type Option, readArgs } from '../command.ts'
import { PROGRESS, progressFormOf } from '../progress-form.ts'

const OPTIONS = {
  index: INDEX,
  progress: PROGRESS,
  json: { type: 'boolean', what: 'Prints exactly one object on stdout.' },
} as const satisfies Record<string, Option>

export const importCommand: Command = {
  usage: 'onrecord import [--index DIR] [--progress bar|jsonl|none] [--json]',
  about: `Moves an index in a folder into PostgreSQL, the database that DATABASE_URL names: its current generation becomes the record's. Nothing is
embedded again. Vectors of passages are kept there in half precision. What an earlier import has written stays, and one that was stopped goes on;
the record is asked as it was until all is there. The folder stays as it is.`,
  options: OPTIONS,
  examples: [
    ['onrecord import', 'Writes the index of the working directory into the database.'],
    ['onrecord import --index /srv/record --json', 'Writes another one, for a program to read what came of it.'],
  ],
  async run(args) {
    const { values, positionals } = readArgs(args, OPTIONS)
    if (positionals.length > 0) throw new OnRecordError('USAGE', `It takes no argument "${positionals[0]}".`, '')
    const progress = progressFormOf(values)
    await (await import('../import.ts')).importAndTell({ ...values, progress })
    return 0
  },
}
