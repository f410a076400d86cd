import { type Command, readArgs } from '../command.ts'

export const startCommand: Command = {
  usage: 'onrecord start',
  about: 'Indexes the sample documents when there is no index yet, and serves (npm start).',
  options: {},
  examples: [
    ['onrecord start', 'Serves at http://127.0.0.1:3000, with the sample documents where nothing is indexed yet.'],
    ['ONRECORD_PORT=8080 onrecord start', 'Serves at another port.'],
  ],
  async run(args) {
    readArgs(args, {})
    return (await import('../start.ts')).startServing()
  },
}
