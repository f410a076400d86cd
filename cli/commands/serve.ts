import { OnRecordError } from '../../index/errors.ts'
import { type Command, readArgs } from '../command.ts'

export const serveCommand: Command = {
  usage: 'onrecord serve [--index DIR] [--port N] [--host H] [--watch <folder...>]',
  about: 'Serves the page and the HTTP interface over an index. --watch keeps the index up to date with folders meanwhile.',
  async run(args) {
    const flag = { type: 'string' } as const
    const { values, positionals } = readArgs(args, { index: flag, port: flag, host: flag, watch: { type: 'boolean' } })
    if (positionals.length > 0 && !values.watch) throw new OnRecordError('USAGE', `It takes no argument "${positionals[0]}" without --watch.`, '')
    if (positionals.length === 0 && values.watch) throw new OnRecordError('USAGE', 'No folder is named that is to be watched.', '')
    const { settings } = await import('../settings.ts')
    const config = settings({ INDEX: values.index, PORT: values.port, HOST: values.host })
    return (await import('../serve.ts')).serve(config, positionals)
  },
}
