import { join } from 'node:path'
import { DISK } from './disk.ts'
import { readIfThere, replaceFile } from './durable.ts'
import type { Embedder } from './embedders/embedder.ts'
import { OnRecordError } from './errors.ts'
import { Generation, type OpenOptions } from './generation.ts'
import { damaged } from './manifest.ts'
import type { GenerationReader } from './reader.ts'

/** The folder of the generations in an index; the name of a draft starts with a dot. */
export const GENERATIONS = 'generations'
const CURRENT = 'CURRENT'
/** How often it is looked again when builds remove a generation while it is opened. */
const TRIES = 5

/** The name of the current generation, or null when the index has none. Throws INDEX_DAMAGED when CURRENT holds something else. */
export async function current(index: string, disk = DISK): Promise<string | null> {
  const name = (await readIfThere(join(index, CURRENT), disk))?.trim()
  if (name === undefined) return null
  if (!/^[\w-]+$/.test(name)) throw damaged(join(index, CURRENT), 'names no generation')
  return name
}

export async function setCurrent(index: string, generation: string, disk = DISK): Promise<void> {
  await replaceFile(join(index, CURRENT), `${generation}\n`, disk)
}

/** The names of the generations, the newest first, and of the drafts of builds that run or were ended. */
export async function generationsIn(index: string, disk = DISK): Promise<{ finished: string[]; drafts: string[] }> {
  const names = (await disk.readdir(join(index, GENERATIONS)).catch((): string[] => [])).sort().reverse()
  const isDraft = (name: string) => name.startsWith('.')
  return { finished: names.filter((name) => !isDraft(name)), drafts: names.filter(isDraft) }
}

export function noIndex(index: string): OnRecordError {
  return new OnRecordError('INDEX_MISSING', `There is no index in ${index}.`, 'Make one: onrecord index FOLDER.')
}

export interface Opened<Of extends GenerationReader = GenerationReader> {
  generation: Of
  /** The name of the newest generation, which is the open one unless that is damaged; null when CURRENT itself is. */
  newest: string | null
  /** Why the newest generation is not the one that is open; null when it is. */
  degraded: OnRecordError | null
}

/**
 * Opens the current generation, or the newest whole one before it when the current one is damaged.
 * Throws INDEX_MISSING when there is none, and what is wrong with the current one when no other can be opened.
 */
export async function openIndex(index: string, embedder: Embedder, options: OpenOptions = {}): Promise<Opened<Generation>> {
  for (let tries = 1; ; tries++) {
    const newest = await current(index).catch(damage)
    if (newest === null) throw noIndex(index)
    const name = newest instanceof OnRecordError ? null : newest
    const opened = newest instanceof OnRecordError ? newest : await Generation.open(join(index, GENERATIONS, newest), embedder, options).catch(damage)
    if (opened instanceof Generation) return { generation: opened, newest: name, degraded: null }
    // A build may have switched meanwhile, and removed what was being opened.
    if (tries < TRIES && name !== (await current(index).catch(() => null))) continue
    const generation = await openOther(index, name, embedder, options)
    if (!generation) throw opened
    return { generation, newest: name, degraded: opened }
  }
}

/** Damage can be helped; anything else cannot. */
function damage(error: unknown): OnRecordError {
  if (error instanceof OnRecordError && error.code === 'INDEX_DAMAGED') return error
  throw error
}

async function openOther(index: string, newest: string | null, embedder: Embedder, options: OpenOptions): Promise<Generation | null> {
  const { finished } = await generationsIn(index)
  for (const name of finished.filter((n) => n !== newest)) {
    const generation = await Generation.open(join(index, GENERATIONS, name), embedder, options).catch(() => null)
    if (generation) return generation
  }
  return null
}
