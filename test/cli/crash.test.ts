import { fork } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { type Kills, killRuns } from '../../bench/durability/kills.ts'
import { uniform } from '../../bench/seeded.ts'
import { packageRoot } from '../../index/package-root.ts'
import { hnsw } from '../../index/stores/hnsw.ts'
import { embedder, temporaryFolder } from '../fixtures.ts'

const SEED = Date.now() % 100_000

it('an index is the old one or the new one, whenever the process that makes it is killed', { timeout: 300_000 }, async () => {
  const model = await embedder()
  // Two at a time: each waits for the disk much of its time.
  const lanes = [SEED, SEED + 1].map(async (seed) => killRuns({ kills: 25, seed, embedder: model, folder: await temporaryFolder() }))
  const [first, second] = (await Promise.all(lanes)) as [Kills, Kills]
  expect({ torn: [...first.torn, ...second.torn], lost: first.lost + second.lost, seed: SEED }).toEqual({ torn: [], lost: 0, seed: SEED })
  expect(first.whileWriting + second.whileWriting).toBeGreaterThan(5)
})

it('a vector store that is saved over itself is torn by that', { timeout: 60_000 }, async () => {
  const folder = join(await temporaryFolder(), 'store')
  const random = uniform(SEED)
  const naive = (rounds: string) => fork(join(packageRoot(), 'test', 'naive', 'langchain-save.mjs'), [folder, rounds])
  const saver = naive('2')
  await once(saver, 'message')
  const began = performance.now()
  await once(saver, 'message')
  const saving = performance.now() - began
  await once(saver, 'exit')
  expect(await isConsistent(folder)).toBe(true)
  let torn = false
  for (let run = 0; run < 20 && !torn; run++) {
    const child = naive('1000')
    for (let message = 0; message < 3; message++) await once(child, 'message')
    await wait(random() * saving)
    child.kill('SIGKILL')
    await once(child, 'exit')
    torn = !(await isConsistent(folder))
  }
  expect(torn).toBe(true)
})

/** Are all documents of one save, as many as there are vectors? */
async function isConsistent(folder: string): Promise<boolean> {
  try {
    const documents = JSON.parse(await readFile(join(folder, 'docstore.json'), 'utf8')) as [string, { pageContent: string }][]
    // As our own store has it.
    await copyFile(join(folder, 'hnswlib.index'), join(folder, 'vectors.hnsw'))
    await writeFile(join(folder, 'points.i32'), new Uint8Array(Int32Array.from(documents.keys()).buffer))
    await hnsw.probe(folder, { dimensions: 64, size: documents.length })
    return new Set(documents.map(([, { pageContent }]) => pageContent)).size === 1
  } catch {
    return false
  }
}
