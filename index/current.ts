import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { readIfThere, replaceFile } from './durable.ts'
import type { Embedder } from './embedders/embedder.ts'
import { OnRecordError } from './errors.ts'
import { Generation } from './generation.ts'

/** The folder of the generations in an index; the name of a draft starts with a dot. */
export const GENERATIONS = 'generations'
const CURRENT = 'CURRENT'

/** The name of the current generation, or null when the index has none. */
export async function current(index: string): Promise<string | null> {
  const name = (await readIfThere(join(index, CURRENT)))?.trim()
  return name && /^[\w-]+$/.test(name) ? name : null
}

export async function setCurrent(index: string, generation: string): Promise<void> {
  await replaceFile(join(index, CURRENT), `${generation}\n`)
}

export interface Opened {
  generation: Generation
  /** The name of the newest generation, which is the open one unless that is damaged. */
  newest: string
  /** Why the newest generation is not the one that is open; null when it is. */
  degraded: OnRecordError | null
}

/**
 * Opens the current generation, or the one before it when the current one is damaged.
 * Throws INDEX_MISSING when there is none, and what is wrong with the current one when no other can be opened.
 */
export async function openIndex(index: string, embedder: Embedder): Promise<Opened> {
  const newest = await current(index)
  if (newest === null) throw new OnRecordError('INDEX_MISSING', `There is no index in ${index}.`, 'Make one: onrecord index FOLDER.')
  try {
    return { generation: await Generation.open(join(index, GENERATIONS, newest), embedder), newest, degraded: null }
  } catch (error) {
    if (!(error instanceof OnRecordError) || error.code !== 'INDEX_DAMAGED') throw error
    const generation = await openOther(index, newest, embedder)
    if (generation) return { generation, newest, degraded: error }
    throw error
  }
}

async function openOther(index: string, newest: string, embedder: Embedder): Promise<Generation | null> {
  const names = await readdir(join(index, GENERATIONS)).catch(() => [])
  for (const name of names
    .filter((n) => !n.startsWith('.') && n !== newest)
    .sort()
    .reverse()) {
    const generation = await Generation.open(join(index, GENERATIONS, name), embedder).catch(() => null)
    if (generation) return generation
  }
  return null
}
