import { type Command, type Option, readArgs } from '../command.ts'

/** The folder of pages in the working directory, beside the index. */
const FOLDER = 'documents'

const OPTIONS = {
  folder: { type: 'string', value: 'DIR', what: 'The folder that pages are stored in.', otherwise: FOLDER },
  json: { type: 'boolean', what: 'Prints one object on stdout.' },
} as const satisfies Record<string, Option>

export const addCommand: Command = {
  usage: 'onrecord add [url...] [--folder DIR] [--json]',
  about: `Fetches pages into a folder of documents (${FOLDER}/), to be indexed; without an address, those of its sources.yaml and all that were fetched before, when they have changed.`,
  options: OPTIONS,
  examples: [
    ['onrecord add https://example.org/minutes/june', `Fetches the page into ${FOLDER}/.`],
    ['onrecord add --folder press', 'Fetches again what was fetched into press/, and what its sources.yaml lists, where it has changed.'],
  ],
  async run(args) {
    const { values, positionals } = readArgs(args, OPTIONS)
    return (await import('../add.ts')).addPages(positionals, values.folder ?? FOLDER, values)
  },
}
