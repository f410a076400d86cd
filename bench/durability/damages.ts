import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { current, GENERATIONS, openIndex } from '../../index/current.ts'
import type { Embedder } from '../../index/embedders/embedder.ts'
import { hnsw } from '../../index/stores/hnsw.ts'
import { uniform } from '../seeded.ts'

export interface Damages {
  runs: number
  /** Times each kind was tried. */
  kinds: Record<string, number>
  /** What was opened all the same, or otherwise than as the generation before with a notice; one line each. */
  undetected: string[]
  /** Times the damaged graph was handed to native code. */
  native: number
}

type Damage = (bytes: Buffer, other: Buffer, random: () => number) => Buffer | null

/** What may become of a file; null: it is gone. */
const KINDS: Record<string, Damage> = {
  'a bit turned': (bytes, _other, random) => {
    const copy = Buffer.from(bytes)
    const at = Math.floor(random() * copy.length)
    copy[at] = (copy[at] as number) ^ (1 << Math.floor(random() * 8))
    return copy
  },
  'cut short': (bytes, _other, random) => bytes.subarray(0, Math.floor(random() * bytes.length)),
  'a page zeroed': (bytes, _other, random) => {
    const from = Math.floor((random() * bytes.length) / 4096) * 4096
    return Buffer.from(bytes).fill(0, from, Math.min(from + 4096, bytes.length))
  },
  'longer than it was': (bytes, other) => Buffer.concat([bytes, other.subarray(0, 16), Buffer.from([0])]),
  'another file in its place': (_bytes, other) => other,
  missing: () => null,
}

/**
 * Damages one file of the current generation of an index after the other, and opens the index: each time the generation before must be
 * opened, with a notice, and no native code may read the damaged one. The index has two generations; it is whole again afterwards.
 */
export async function damageRuns(index: string, embedder: Embedder, runs: number, seed: number): Promise<Damages> {
  const random = uniform(seed)
  const newest = (await current(index)) as string
  const place = join(index, GENERATIONS, newest)
  const before = (await readdir(join(index, GENERATIONS))).find((name) => name !== newest) as string
  const names = (await readdir(place)).sort()
  const contents = await Promise.all(names.map((name) => readFile(join(place, name))))
  const result: Damages = { runs, kinds: {}, undetected: [], native: 0 }
  const { open } = hnsw
  hnsw.open = (directory, options) => {
    if (directory === place) result.native++
    return open(directory, options)
  }
  try {
    for (let run = 0; run < runs; ) {
      const [n, m] = [Math.floor(random() * names.length), Math.floor(random() * names.length)]
      const [kind, damage] = Object.entries(KINDS)[Math.floor(random() * Object.keys(KINDS).length)] as [string, Damage]
      const bytes = contents[n] as Buffer
      const damaged = damage(bytes, contents[m] as Buffer, random)
      // A page of zeros that is zeroed, or the file itself in its place.
      if (damaged?.equals(bytes)) continue
      const file = join(place, names[n] as string)
      await (damaged === null ? rm(file) : writeFile(file, damaged))
      const found = await opens(index, embedder)
      await writeFile(file, bytes)
      if (found !== before) result.undetected.push(`${names[n]}, ${kind}: ${found}`)
      result.kinds[kind] = (result.kinds[kind] ?? 0) + 1
      run++
    }
  } finally {
    hnsw.open = open
  }
  return result
}

/** The generation that is opened with a notice that the newest is damaged; otherwise what happens instead. */
async function opens(index: string, embedder: Embedder): Promise<string> {
  try {
    const { generation, degraded } = await openIndex(index, embedder)
    await generation.close()
    return degraded ? generation.id : `opened as if it were whole: ${generation.id}`
  } catch (error) {
    return `not opened: ${(error as Error).message}`
  }
}
