import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import hnswlib from 'hnswlib-node'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { Embedder } from '../../index/embedders/embedder.ts'
import { HnswStore } from '../../index/stores/hnsw.ts'
import { HnswFile } from '../../index/stores/hnsw-file.ts'
import type { StoreOptions } from '../../index/stores/store.ts'
import { temporaryFolder } from '../fixtures.ts'

const DIMENSIONS = 12
const POINTS = 300
/** Bytes of the header, of a point's links, and of a point. */
const [HEADER, LINKS, POINT] = [96, 260, 260 + DIMENSIONS * 4 + 8]

const vectors = Array.from({ length: POINTS }, (_, i) => {
  const vector = Float32Array.from({ length: DIMENSIONS }, (_, d) => Math.sin(i * 31 + d * 7))
  const length = Math.hypot(...vector)
  return vector.map((x) => x / length)
})
const documentOf = () => {
  throw new Error('no documents here')
}
const options: StoreOptions = { embeddings: {} as Embedder, dimensions: DIMENSIONS, documentOf }

let folder: string
beforeAll(async () => {
  const store = await HnswStore.create(options)
  await store.add(vectors)
  folder = await written(store)
})

async function written(store: HnswStore): Promise<string> {
  const directory = await temporaryFolder()
  await store.writeTo(directory)
  return directory
}

const opened = (directory: string, size = POINTS) => HnswStore.open(directory, { ...options, size })
const vectorsOf = (store: HnswStore) => Array.from({ length: store.size }, (_, passage) => store.vectorOf(passage))

/** The file of a graph, and what hnswlib itself says of its points. */
async function pairOf(directory: string, points = POINTS) {
  const path = join(directory, 'vectors.hnsw')
  const graph = new hnswlib.HierarchicalNSW('ip', DIMENSIONS)
  await graph.readIndex(path)
  return { file: HnswFile.open(path, { points, dimensions: DIMENSIONS }), pointOf: (point: number) => Float32Array.from(graph.getPoint(point)) }
}

/** The same graph with bytes of its file changed. */
async function changed(change: (bytes: Buffer) => void): Promise<string> {
  const directory = await temporaryFolder()
  const bytes = readFileSync(join(folder, 'vectors.hnsw'))
  change(bytes)
  writeFileSync(join(directory, 'vectors.hnsw'), bytes)
  return directory
}

describe('the vectors in the file of a graph', () => {
  it('are those that hnswlib gives, for every point', async () => {
    const { file, pointOf } = await pairOf(folder)
    for (const point of vectors.keys()) expect(file?.vectorOf(point)).toEqual(pointOf(point))
    expect(file?.vectorOf(POINTS)).toBeNull()
    file?.close()
  })

  it('are a copy each, so that the next one read leaves the one before as it was', async () => {
    const { file } = await pairOf(folder)
    const first = file?.vectorOf(0)
    file?.vectorOf(1)
    expect(first).toEqual(vectors[0])
    file?.close()
  })

  it('are read by an opened store, which asks hnswlib for none', async () => {
    const store = await opened(folder)
    const asked = vi.spyOn(store.index, 'getPoint')
    expect(vectorsOf(store)).toEqual(vectors)
    expect(asked).not.toHaveBeenCalled()
    store.close()
  })

  it('are asked of hnswlib once the file is closed, twice if need be', async () => {
    const store = await opened(folder)
    store.close()
    store.close()
    expect(vectorsOf(store)).toEqual(vectors)
  })
})

describe('after a succession', () => {
  const kept = vectors.map((_, passage) => passage).filter((passage) => passage % 7 !== 3)

  it('new passages come from hnswlib, and all from the file once it was written, though passages and points have other numbers', async () => {
    const before = await opened(folder)
    const next = (await HnswStore.succeed(before, { ...options, kept: kept.length })) as unknown as HnswStore & { keep: (passage: number) => Promise<void> }
    for (const passage of kept) await next.keep(passage)
    const added = vectors.slice(0, 20).map((vector) => vector.toReversed())
    await next.add(added)
    const expected = [...kept.map((passage) => vectors[passage]), ...added]
    expect(vectorsOf(next)).toEqual(expected)
    // What goes on from it still reads the one before.
    expect(vectorsOf(before)).toEqual(vectors)
    const directory = await written(next)
    before.close()
    const again = await opened(directory, next.size)
    const asked = vi.spyOn(again.index, 'getPoint')
    expect(vectorsOf(again)).toEqual(expected)
    expect(asked).not.toHaveBeenCalled()
    again.close()
  })

  it('every point in the file of the successor is the one that hnswlib gives', async () => {
    const before = await opened(folder)
    const next = (await HnswStore.succeed(before, { ...options, kept: kept.length })) as unknown as HnswStore & { keep: (passage: number) => Promise<void> }
    for (const passage of kept) await next.keep(passage)
    await next.add([vectors[0] as Float32Array])
    const { file, pointOf } = await pairOf(await written(next), POINTS + 1)
    for (const passage of kept) expect(file?.vectorOf(passage)).toEqual(pointOf(passage))
    expect(file?.vectorOf(POINTS)).toEqual(vectors[0])
    for (const store of [file, before]) store?.close()
  })
})

describe('a file that is not as expected', () => {
  it.each([
    ['has another number of points', (bytes: Buffer) => bytes.writeBigUInt64LE(BigInt(POINTS - 1), 16)],
    ['has another size of a point', (bytes: Buffer) => bytes.writeBigUInt64LE(BigInt(POINT + 4), 24)],
    ['has its labels elsewhere', (bytes: Buffer) => bytes.writeBigUInt64LE(0n, 32)],
    ['has its vectors elsewhere', (bytes: Buffer) => bytes.writeBigUInt64LE(BigInt(LINKS + 4), 40)],
  ])('is not read when it %s', async (_, change) => {
    const path = join(await changed(change), 'vectors.hnsw')
    expect(HnswFile.open(path, { points: POINTS, dimensions: DIMENSIONS })).toBeNull()
  })

  it('is not read when it is cut short, is empty, or was made for other vectors', async () => {
    const path = join(await changed(() => {}), 'vectors.hnsw')
    expect(HnswFile.open(path, { points: POINTS, dimensions: DIMENSIONS - 1 })).toBeNull()
    for (const length of [HEADER + POINTS * POINT, HEADER, 10, 0]) {
      truncateSync(path, length)
      expect(HnswFile.open(path, { points: POINTS, dimensions: DIMENSIONS })).toBeNull()
    }
  })

  it('gives no vector of a point that stands elsewhere, and those of the others', async () => {
    const directory = await changed((bytes) => bytes.writeBigUInt64LE(299n, HEADER + 5 * POINT + LINKS + DIMENSIONS * 4))
    const file = HnswFile.open(join(directory, 'vectors.hnsw'), { points: POINTS, dimensions: DIMENSIONS })
    expect([4, 5, 6].map((point) => file?.vectorOf(point))).toEqual([vectors[4], null, vectors[6]])
    file?.close()
  })

  it('gives what hnswlib has in memory where the disk lost the rest after it was opened', async () => {
    const directory = await temporaryFolder()
    for (const name of ['vectors.hnsw', 'points.i32']) writeFileSync(join(directory, name), readFileSync(join(folder, name)))
    const store = await opened(directory)
    truncateSync(join(directory, 'vectors.hnsw'), HEADER + 100 * POINT)
    expect(vectorsOf(store)).toEqual(vectors)
    store.close()
  })
})
