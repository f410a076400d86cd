import { type Command, readArgs } from '../command.ts'

export const doctorCommand: Command = {
  usage: 'onrecord doctor [--index DIR] [--json]',
  about: 'Checks the machine, the settings, the model (its sha256) and the index, and says what to do; exit code 1 when something is wrong.',
  async run(args) {
    const { values } = readArgs(args, { index: { type: 'string' }, json: { type: 'boolean' } })
    return (await import('../doctor.ts')).doctor(values)
  },
}
