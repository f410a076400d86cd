import { type Command, INDEX, type Option, readArgs } from '../command.ts'

const OPTIONS = { index: INDEX, json: { type: 'boolean', what: 'Prints one object on stdout.' } } as const satisfies Record<string, Option>

export const doctorCommand: Command = {
  usage: 'onrecord doctor [--index DIR] [--json]',
  about: 'Checks the machine, the settings, the model (its sha256) and the index, and says what to do; exit code 1 when something is wrong.',
  options: OPTIONS,
  examples: [
    ['onrecord doctor', 'Checks the machine and the index of the working directory.'],
    ['onrecord doctor --index /srv/record --json', 'Checks another index, for a program to read.'],
  ],
  async run(args) {
    const { values } = readArgs(args, OPTIONS)
    return (await import('../doctor.ts')).doctor(values)
  },
}
