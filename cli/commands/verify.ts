import { type Command, INDEX, type Option, readArgs } from '../command.ts'

const OPTIONS = { index: INDEX, json: { type: 'boolean', what: 'Prints one object on stdout.' } } as const satisfies Record<string, Option>

export const verifyCommand: Command = {
  usage: 'onrecord verify [--index DIR] [--json]',
  about: 'Checks every file, text and span of an index; exit code 1 when something is wrong.',
  options: OPTIONS,
  examples: [
    ['onrecord verify', 'Checks the index of the working directory.'],
    ['onrecord verify --index /backup/.onrecord', 'Checks a copy of an index.'],
  ],
  async run(args) {
    const { values } = readArgs(args, OPTIONS)
    return (await import('../verify.ts')).verify(values)
  },
}
