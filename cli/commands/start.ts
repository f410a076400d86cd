import { type Command, readArgs } from '../command.ts'

export const startCommand: Command = {
  usage: 'onrecord start',
  about: 'Indexes the sample documents when there is no index yet, and serves (npm start).',
  async run(args) {
    readArgs(args, {})
    return (await import('../start.ts')).startServing()
  },
}
