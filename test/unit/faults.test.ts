import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { textsOf } from '../../bench/durability/whole.ts'
import { build } from '../../index/build.ts'
import { BuildMemory } from '../../index/build-memory.ts'
import { DISK, type Disk } from '../../index/disk.ts'
import type { Embedder } from '../../index/embedders/embedder.ts'
import type { OnRecordError } from '../../index/errors.ts'
import { WriterLock } from '../../index/lock.ts'
import { flat } from '../../index/stores/flat.ts'
import { hnsw } from '../../index/stores/hnsw.ts'
import type { StoreKind } from '../../index/stores/store.ts'
import { copyOf, failingDisk, type Image, losingDisk, restore } from '../disks.ts'
import { documents, embedder, failureOf, readers, temporaryFolder } from '../fixtures.ts'

const OLD = { 'a.txt': 'The harbour was dredged in May.' }
const NEW = { 'a.txt': 'The harbour was dredged in June.', 'b.txt': 'It cost five million.' }

let oldDocs: string
let newDocs: string
/** An index of the old documents, in a folder of its own. */
let before: string
/** The real model, asked once for each passage: hundreds of builds have the same. */
let remembering: Embedder
beforeAll(async () => {
  const real = await embedder()
  const known = new Map<string, ReturnType<Embedder['embedPassage']>>()
  const embedPassage: Embedder['embedPassage'] = ({ sentences }) => {
    const key = sentences.join('\n')
    const vectors = known.get(key) ?? real.embedPassage({ sentences })
    known.set(key, vectors)
    return vectors
  }
  const counter = await real.tokenCounter()
  remembering = Object.create(real, { embedPassage: { value: embedPassage }, tokenCounter: { value: async () => counter } }) as Embedder
  ;[oldDocs, newDocs, before] = await Promise.all([documents(OLD), documents(NEW), temporaryFolder()])
  await made(join(before, 'index'), oldDocs)
})

async function made(index: string, folder: string, disk: Disk = DISK, store: StoreKind = flat) {
  return build({ folders: [folder], index, embedder: remembering, store, disk, loaders: readers() })
}

/** What an index answers from: which documents, every span checked; 'none' when there is no index. Throws when it is torn or damaged. */
async function holds(index: string): Promise<'old' | 'new' | 'none'> {
  const texts = await textsOf(index, await embedder())
  if (texts === null) return 'none'
  const which = texts.length === 1 ? 'old' : 'new'
  expect(texts).toEqual(Object.values(which === 'old' ? OLD : NEW))
  return which
}

const fresh = async () => copyOf(before, join(await temporaryFolder(), 'copy')).then((folder) => join(folder, 'index'))

describe.each([
  ['EIO', false],
  ['ENOSPC', true],
])('with %s at any operation of a build (for good: %s)', (code, onwards) => {
  it('the index is the old one or the new one, and the error names the cause', { timeout: 120_000 }, async () => {
    const all = failingDisk(0, code)
    await made(await fresh(), newDocs, all.disk)
    expect(all.done.length).toBeGreaterThan(60)
    const outcomes = { succeeded: 0, failed: 0 }
    for (let n = 1; n <= all.done.length; n++) {
      const index = await fresh()
      const { disk, done } = failingDisk(n, code, onwards)
      const result = await made(index, newDocs, disk).then(
        () => null,
        (error: unknown) => error,
      )
      if (result === null) outcomes.succeeded++
      else {
        outcomes.failed++
        const error = await failureOf(() => {
          throw result
        })
        expect([error.code, error.what, done[n - 1]]).toEqual(['INDEX_UNWRITABLE', expect.stringContaining(code), done[n - 1]])
      }
      const found = await holds(index)
      // What was reported as done is there; what was not may be, when all that failed was what comes after the switch.
      if (result === null) expect([found, done[n - 1]]).toEqual(['new', done[n - 1]])
      else expect(['old', 'new']).toContain(found)
      // Nothing that is left behind is in the way of the next build.
      if (n % 10 === 0) {
        await made(index, newDocs)
        expect(await holds(index)).toBe('new')
      }
    }
    // Only tidying up may fail without anybody being told.
    expect(outcomes.failed).toBeGreaterThan(outcomes.succeeded * 2)
  })
})

describe('what is taken over as it is on the disk', () => {
  /** Builds with one document more than the index before, which is known to be unchanged, on this disk. */
  async function oneMore(disk: Disk): Promise<{ index: string; error: OnRecordError | null }> {
    const [index, folder, memory] = [join(await temporaryFolder(), 'index'), await documents(OLD), new BuildMemory()]
    const options = { folders: [folder], index, embedder: remembering, store: flat, loaders: readers(), memory }
    await build(options)
    await writeFile(join(folder, 'b.txt'), NEW['b.txt'])
    const result = await build({ ...options, disk }).then(
      () => null,
      (error: OnRecordError) => error,
    )
    return { index, error: result }
  }
  const textsIn = async (index: string) => textsOf(index, await embedder())

  it('leaves the index as it was when it cannot be read, and the error names the cause', async () => {
    const all = failingDisk(0, 'EIO')
    const { index } = await oneMore(all.disk)
    expect(await textsIn(index)).toEqual([OLD['a.txt'], NEW['b.txt']])
    // Read from the generation before, and not written or read back in the draft, whose name begins with a dot.
    const reads = all.done.flatMap((line, i) =>
      /^(readFile|open|read) .*generations.[^.][^/\\]*.(sources|texts|sentences|tokens)\.(jsonl|utf8|i8|bits)$/.test(line) ? [i + 1] : [],
    )
    expect(reads.length).toBeGreaterThanOrEqual(6)
    for (const n of reads) {
      const { index, error } = await oneMore(failingDisk(n, 'EIO').disk)
      expect([error?.code, error?.what, await textsIn(index)]).toEqual(['INDEX_UNWRITABLE', expect.stringContaining('EIO'), [OLD['a.txt']]])
    }
  })

  it.each(['sources.jsonl', 'texts.utf8'])('leaves the index as it was when %s was damaged since it was opened', async (name) => {
    const readFile = (async (path: string, ...rest: []) => {
      const bytes = await DISK.readFile(path, ...rest)
      if (path.endsWith(name)) bytes[3] = (bytes[3] as number) ^ 4
      return bytes
    }) as Disk['readFile']
    const { index, error } = await oneMore({ ...DISK, readFile })
    expect([error?.code, error?.what, await textsIn(index)]).toEqual(['INDEX_UNWRITABLE', expect.stringContaining(name), [OLD['a.txt']]])
  })
})

describe('with power lost before any operation of a build', () => {
  it.each([
    ['that replaces an index', 'old'],
    ['that makes the first', 'none'],
  ])('%s, the index is the one before or the new one, and the new one once it was reported', { timeout: 120_000 }, async (_, none) => {
    const root = none === 'old' ? join(await fresh(), '..') : await temporaryFolder()
    const losing = await losingDisk(root)
    const index = join(root, 'index')
    const lock = await WriterLock.take(await temporaryFolder(), losing.disk)
    await made(index, newDocs, losing.disk)
    // One more operation, before which the build has been reported as done.
    await lock.release()
    const images = losing.images()
    expect(images.length).toBeGreaterThan(60)
    const found = new Map<string, string>()
    for (const [n, kinds] of images.entries()) {
      for (const [kind, image] of Object.entries(kinds)) {
        const which = nameOf(image)
        const here = found.get(which) ?? (await holdsAfter(image))
        found.set(which, here)
        expect([none, 'new'], `${kind} before operation ${n}`).toContain(here)
        if (n === images.length - 1) expect(here).toBe('new')
      }
    }
    expect(found.size).toBeGreaterThan(30)
    expect([...new Set(found.values())].sort()).toEqual([none, 'new'].sort())
  })

  it('an index that is written in its place is lost, which is what this test can see', async () => {
    const root = join(await fresh(), '..')
    const { disk, images } = await losingDisk(root)
    // As a vector store saves itself: over the files of the one before, without a sync.
    const [generation] = await DISK.readdir(join(root, 'index', 'generations'))
    for (const name of await DISK.readdir(join(root, 'index', 'generations', generation as string)))
      await disk.writeFile(join(root, 'index', 'generations', generation as string, name), 'new')
    await expect(holdsAfter(images().at(-1)?.whole as Image)).rejects.toThrow('damaged')
  })
})

/** The same for the same files. */
function nameOf(image: Image): string {
  const hash = createHash('sha256')
  for (const path of [...image.keys()].sort()) hash.update(`${path}\0`).update(image.get(path) as Uint8Array)
  return hash.digest('hex')
}

async function holdsAfter(image: Image) {
  const folder = await temporaryFolder()
  await restore(image, folder)
  return holds(join(folder, 'index'))
}

it.each([
  ['cut to half', 0.5],
  ['without its end', 0.99],
])('a graph that the disk took only in part (%s) is never switched to', async (_, part) => {
  const full: StoreKind = {
    ...hnsw,
    create: async (options) => {
      const store = await hnsw.create(options)
      const writeTo = store.writeTo.bind(store)
      store.writeTo = async (directory) => {
        await writeTo(directory)
        const path = join(directory, 'vectors.hnsw')
        const bytes = await DISK.readFile(path)
        await DISK.writeFile(path, bytes.subarray(0, Math.floor(bytes.length * part)))
      }
      return store
    },
  }
  const index = await fresh()
  const error = await failureOf(made(index, newDocs, DISK, full))
  expect([error.code, error.what]).toEqual(['INDEX_UNWRITABLE', expect.stringContaining('vectors.hnsw')])
  expect(await holds(index)).toBe('old')
})
