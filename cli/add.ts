import { relative, resolve } from 'node:path'
import { type AddReport, add, type Outcome } from '../fetching/add.ts'
import { addressRule } from '../fetching/address.ts'
import { Fetcher } from '../fetching/fetcher.ts'
import { guardedAgent } from '../fetching/guarded-agent.ts'
import { type Command, readArgs, settings } from './command.ts'
import { stoppable } from './stoppable.ts'
import { safe } from './terminal.ts'
import { version } from './version.ts'

/** The folder of pages in the working directory, beside the index. */
const FOLDER = 'documents'

export const addCommand: Command = {
  usage: 'onrecord add [url...] [--folder DIR] [--json]',
  about: `Fetches pages into a folder of documents (${FOLDER}/), to be indexed; without an address, those of its sources.yaml and all that were fetched before, when they have changed.`,
  async run(args) {
    const { values, positionals } = readArgs(args, { folder: { type: 'string' }, json: { type: 'boolean' } })
    const folder = values.folder ?? FOLDER
    const agent = guardedAgent(addressRule(settings().FETCH_NETWORKS))
    try {
      return await stoppable(async (signal) => {
        const fetcher = new Fetcher({ agent, version: version(), signal })
        const onDone = values.json ? undefined : tell
        const report = await add({ folder: resolve(folder), urls: positionals, fetcher, signal, onDone })
        console.log(values.json ? JSON.stringify(report) : inWords(report, folder))
        return signal.aborted || report.added.length + report.updated.length + report.unchanged.length === 0 ? 1 : 0
      })
    } finally {
      await agent.destroy()
    }
  },
}

function tell(outcome: Outcome): void {
  if (outcome.is === 'failed') console.error(safe(`failed     ${outcome.failed.url}: ${outcome.failed.code}. ${outcome.failed.remedy}`))
  else console.error(safe(`${outcome.is.padEnd(9)}  ${outcome.stored.url} -> ${outcome.stored.path}`))
}

function inWords({ added, updated, unchanged, failed }: AddReport, folder: string): string {
  const counts = `${added.length} added, ${updated.length} updated, ${unchanged.length} unchanged, ${failed.length} failed.`
  return added.length + updated.length === 0 ? counts : `${counts} Index them: onrecord index ${relative('', folder) || '.'}`
}
