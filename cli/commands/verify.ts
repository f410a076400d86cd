import { type Command, readArgs } from '../command.ts'

export const verifyCommand: Command = {
  usage: 'onrecord verify [--index DIR] [--json]',
  about: 'Checks every file, text and span of an index; exit code 1 when something is wrong.',
  async run(args) {
    const { values } = readArgs(args, { index: { type: 'string' }, json: { type: 'boolean' } })
    return (await import('../verify.ts')).verify(values)
  },
}
