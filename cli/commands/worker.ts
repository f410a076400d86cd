import { OnRecordError } from '../../index/errors.ts'
import { type Command, type Option, readArgs } from '../command.ts'
import { workersOf } from '../workers.ts'

const OPTIONS = {
  workers: { type: 'string', value: 'N', what: 'Threads that embed.', otherwise: 'one for each core' },
  'until-idle': { type: 'boolean', what: 'Ends once nothing is left to index, instead of waiting for more.' },
  json: { type: 'boolean', what: 'Prints exactly one object on stdout, at the end.' },
} as const satisfies Record<string, Option>

export const workerCommand: Command = {
  usage: 'onrecord worker [--workers N] [--until-idle] [--json]',
  about: `Helps to index into PostgreSQL: takes what onrecord index has planned in the database that DATABASE_URL names, on as many machines as
you like, none of which needs the documents. What a worker has not done that is stopped or killed others do.`,
  options: OPTIONS,
  examples: [
    ['onrecord worker', 'Works for the database that DATABASE_URL names until it is stopped.'],
    ['onrecord worker --until-idle --workers 2', 'Works with two threads until nothing is left.'],
  ],
  async run(args) {
    const { values, positionals } = readArgs(args, OPTIONS)
    if (positionals.length > 0) throw new OnRecordError('USAGE', `It takes no argument "${positionals[0]}".`, '')
    const { work } = await import('../worker.ts')
    await work({ workers: workersOf(values.workers), json: values.json ?? false, untilIdle: values['until-idle'] ?? false })
    return 0
  },
}
