import { type Command, readArgs } from '../command.ts'

/** The folder of pages in the working directory, beside the index. */
const FOLDER = 'documents'

export const addCommand: Command = {
  usage: 'onrecord add [url...] [--folder DIR] [--json]',
  about: `Fetches pages into a folder of documents (${FOLDER}/), to be indexed; without an address, those of its sources.yaml and all that were fetched before, when they have changed.`,
  async run(args) {
    const { values, positionals } = readArgs(args, { folder: { type: 'string' }, json: { type: 'boolean' } })
    return (await import('../add.ts')).addPages(positionals, values.folder ?? FOLDER, values)
  },
}
