import { OnRecordError } from '../index/errors.ts'
import { sha256OfBytes } from '../index/sha256.ts'
import { readUrls, SIDECAR } from '../index/sidecar.ts'
import type { Fetcher } from './fetcher.ts'
import { NotFetched, reasonOf } from './not-fetched.ts'
import { keep, type Snapshot, snapshotsIn, validatorsOf } from './snapshot.ts'
import { knownForm, readWebAddress } from './web-address.ts'

export interface Stored {
  url: string
  /** In the folder, with forward slashes. */
  path: string
}

export interface Failed {
  url: string
  code: string
  remedy: string
}

export type Outcome = { is: 'added' | 'updated' | 'unchanged'; stored: Stored } | { is: 'failed'; failed: Failed }

export interface AddReport {
  added: Stored[]
  updated: Stored[]
  unchanged: Stored[]
  failed: Failed[]
}

export interface AddOptions {
  folder: string
  /** The addresses of pages; none: those of the folder's sources.yaml and of every snapshot in it. */
  urls: string[]
  fetcher: Fetcher
  signal?: AbortSignal
  onDone?: (outcome: Outcome) => void
}

/** Fetches pages into a folder; what is there already is replaced only when it has changed. Throws NOTHING_FETCHED when there is nothing to fetch. */
export async function add({ folder, urls, fetcher, signal, onDone }: AddOptions): Promise<AddReport> {
  const snapshots = await snapshotsIn(folder)
  const wanted = urls.length > 0 ? urls : [...(await readUrls(folder)), ...snapshots.keys()]
  if (wanted.length === 0)
    throw new OnRecordError('NOTHING_FETCHED', `No page was ever fetched into ${folder}.`, `Name an address, or list some as "urls" in its ${SIDECAR}.`)
  const report: AddReport = { added: [], updated: [], unchanged: [], failed: [] }
  const outcomes = [...new Set(wanted.map(knownForm))].map(async (text) => {
    const outcome = await one(folder, text, fetcher, snapshots, signal)
    onDone?.(outcome)
    return outcome
  })
  for (const outcome of await Promise.all(outcomes)) {
    if (outcome.is === 'failed') report.failed.push(outcome.failed)
    else report[outcome.is].push(outcome.stored)
  }
  return report
}

async function one(folder: string, text: string, fetcher: Fetcher, snapshots: Map<string, Snapshot>, signal?: AbortSignal): Promise<Outcome> {
  const before = snapshots.get(text)
  try {
    const url = readWebAddress(text)
    const page = await fetcher.fetch(url, before && (await validatorsOf(folder, before)))
    if (before && (page === 'unchanged' || (await isSame(folder, before, page.bytes)))) return { is: 'unchanged', stored: { url: text, path: before.path } }
    if (page === 'unchanged') throw new NotFetched('BAD_REPLY', 'The server says that nothing has changed, but nothing is here; try again.')
    return { is: before ? 'updated' : 'added', stored: { url: text, path: await keep(folder, url, page, before) } }
  } catch (error) {
    const { code, remedy } = signal?.aborted ? new NotFetched('INTERRUPTED', 'It was stopped; run it again.') : reasonOf(error)
    return { is: 'failed', failed: { url: text, code, remedy: before ? `${remedy} The snapshot of ${before.fetched} stays.` : remedy } }
  }
}

async function isSame(folder: string, before: Snapshot, bytes: Uint8Array): Promise<boolean> {
  return before.sha256 === sha256OfBytes(bytes) && (await validatorsOf(folder, before)) !== undefined
}
