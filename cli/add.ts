import { relative, resolve } from 'node:path'
import { type AddReport, add, type Outcome } from '../fetching/add.ts'
import { addressRule } from '../fetching/address.ts'
import { Fetcher } from '../fetching/fetcher.ts'
import { guardedAgent } from '../fetching/guarded-agent.ts'
import { version } from '../index/version.ts'
import { settings } from './settings.ts'
import { stoppable } from './stoppable.ts'
import { safe } from './terminal.ts'

/** Fetches pages into a folder and tells what came of each. Resolves to the exit code. */
export async function addPages(urls: string[], folder: string, { json }: { json?: boolean | undefined }): Promise<number> {
  const agent = guardedAgent(addressRule(settings().FETCH_NETWORKS))
  try {
    return await stoppable(async (signal) => {
      const fetcher = new Fetcher({ agent, version: version(), signal })
      const report = await add({ folder: resolve(folder), urls, fetcher, signal, onDone: json ? undefined : tell })
      console.log(json ? JSON.stringify(report) : inWords(report, folder))
      return signal.aborted || report.added.length + report.updated.length + report.unchanged.length === 0 ? 1 : 0
    })
  } finally {
    await agent.destroy()
  }
}

function tell(outcome: Outcome): void {
  if (outcome.is === 'failed') console.error(safe(`failed     ${outcome.failed.url}: ${outcome.failed.code}. ${outcome.failed.remedy}`))
  else console.error(safe(`${outcome.is.padEnd(9)}  ${outcome.stored.url} -> ${outcome.stored.path}`))
}

function inWords({ added, updated, unchanged, failed }: AddReport, folder: string): string {
  const counts = `${added.length} added, ${updated.length} updated, ${unchanged.length} unchanged, ${failed.length} failed.`
  return added.length + updated.length === 0 ? counts : `${counts} Index them: onrecord index ${relative('', folder) || '.'}`
}
