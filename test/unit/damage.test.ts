import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { damageRuns } from '../../bench/durability/damages.ts'
import { current, GENERATIONS } from '../../index/current.ts'
import { hnsw } from '../../index/stores/hnsw.ts'
import { documents, embedder, index as indexed } from '../fixtures.ts'

const SEED = Date.now() % 100_000

let index: string
beforeAll(async () => {
  const folder = await documents({ 'a.txt': 'The harbour was dredged in May.\n\nIt cost five million.', 'b.md': '# Minutes\n\nThe council met.' })
  index = (await indexed(folder)).index
  await indexed(folder, { index })
})

it('is noticed in whatever file of a generation it is, before native code reads it, and the one before answers', { timeout: 60_000 }, async () => {
  const { undetected, native, kinds } = await damageRuns(index, await embedder(), 200, SEED)
  expect({ undetected, native, seed: SEED }).toEqual({ undetected: [], native: 0, seed: SEED })
  expect(Object.keys(kinds)).toHaveLength(6)
})

it('is not noticed by the store itself, where nothing compares its file', async () => {
  const { manifest, place } = await graph()
  const bytes = await readFile(place)
  // In a vector, which is all that most of the file holds.
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 1
  await writeFile(place, bytes)
  await expect(hnsw.probe(join(place, '..'), manifest)).resolves.toBeUndefined()
})

async function graph() {
  const folder = join(index, GENERATIONS, (await current(index)) as string)
  const { dimensions, passages } = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as { dimensions: number; passages: number }
  return { place: join(folder, 'vectors.hnsw'), manifest: { dimensions, size: passages } }
}
