import { OnRecordError } from '../../index/errors.ts'
import { type Command, INDEX, type Option, readArgs } from '../command.ts'

const OPTIONS = {
  index: INDEX,
  json: { type: 'boolean', what: 'Prints exactly one object on stdout.' },
} as const satisfies Record<string, Option>

export const importCommand: Command = {
  usage: 'onrecord import [--index DIR] [--json]',
  about: 'Puts the index of a folder into PostgreSQL, the database that DATABASE_URL names, in the place of what is there. Nothing is read or embedded again.',
  options: OPTIONS,
  examples: [
    ['onrecord import', 'Moves the index in the working directory to the database that DATABASE_URL names.'],
    ['onrecord import --index /srv/record --json', 'Moves another one, for a program to read what came of it.'],
  ],
  async run(args) {
    const { values, positionals } = readArgs(args, OPTIONS)
    if (positionals.length > 0) throw new OnRecordError('USAGE', `It takes no argument "${positionals[0]}".`, '')
    const { importIndex } = await import('../moving.ts')
    await importIndex(values)
    return 0
  },
}
