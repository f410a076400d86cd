import { OnRecordError } from '../../index/errors.ts'
import { type Command, INDEX, type Option, readArgs } from '../command.ts'

const OPTIONS = {
  index: INDEX,
  port: { type: 'string', value: 'N', what: 'The port that it listens on.', otherwise: 'ONRECORD_PORT, or 3000' },
  host: { type: 'string', value: 'H', what: 'The address that it listens on.', otherwise: 'ONRECORD_HOST, or 127.0.0.1' },
  watch: { type: 'boolean', what: 'Indexes the folders that are named, now and whenever something in them changes.' },
} as const satisfies Record<string, Option>

export const serveCommand: Command = {
  usage: 'onrecord serve [--index DIR] [--port N] [--host H] [--watch <folder...>]',
  about: 'Serves the page and the HTTP interface over an index. --watch keeps the index up to date with folders meanwhile.',
  options: OPTIONS,
  examples: [
    ['onrecord serve', 'Serves the index of the working directory at http://127.0.0.1:3000.'],
    ['onrecord serve --port 8080 --watch minutes press', 'Serves it at another port, and keeps it up to date with two folders.'],
  ],
  async run(args) {
    const { values, positionals } = readArgs(args, OPTIONS)
    if (positionals.length > 0 && !values.watch) throw new OnRecordError('USAGE', `It takes no argument "${positionals[0]}" without --watch.`, '')
    if (positionals.length === 0 && values.watch) throw new OnRecordError('USAGE', 'No folder is named that is to be watched.', '')
    const { settings } = await import('../settings.ts')
    const config = settings({ INDEX: values.index, PORT: values.port, HOST: values.host })
    return (await import('../serve.ts')).serve(config, positionals)
  },
}
