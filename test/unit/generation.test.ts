import { cp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { current, GENERATIONS, setCurrent } from '../../index/current.ts'
import type { Embedder } from '../../index/embedders/embedder.ts'
import { FILES } from '../../index/generation.ts'
import { FORMAT, MANIFEST, type Manifest, sealed } from '../../index/manifest.ts'
import { overlaps } from '../../index/spans.ts'
import { flat } from '../../index/stores/flat.ts'
import { documents, embedder, failureOf, index, namesIn, openedIndex as open, temporaryFolder } from '../fixtures.ts'

const DOCS = { 'a.txt': 'The harbour was dredged in May.\n\nIt cost five million.', 'b.md': '# Minutes\n\nThe council met.' }
let folder: string
let built: string

beforeAll(async () => {
  folder = await documents(DOCS)
  built = (await index(folder)).index
})

/** A copy of the index, to be damaged, and the folder of its generation. */
async function copy(of = built): Promise<{ place: string; generation: string }> {
  const place = join(await temporaryFolder(), 'index')
  await cp(of, place, { recursive: true })
  return { place, generation: join(place, GENERATIONS, (await current(place)) as string) }
}

async function flipBit(file: string): Promise<void> {
  const bytes = await readFile(file)
  const middle = bytes.length >> 1
  bytes[middle] = (bytes[middle] as number) ^ 4
  await writeFile(file, bytes)
}

/** Changes a manifest; `seal` gives it its checksum again, as another version of On Record would. */
async function editManifest(generation: string, edit: Partial<Record<keyof Manifest, unknown>>, seal = false): Promise<void> {
  const { sha256, ...manifest } = JSON.parse(await readFile(join(generation, MANIFEST), 'utf8')) as Manifest & { sha256: string }
  const edited = { ...manifest, ...edit } as Manifest
  await writeFile(join(generation, MANIFEST), seal ? sealed(edited) : JSON.stringify({ ...edited, sha256 }))
}

it('opens with everything that was written', async () => {
  const { generation, degraded, newest } = await open(built)
  expect([degraded, generation.id, generation.notice]).toEqual([null, newest, null])
  expect(generation.sources.map((s) => s.path)).toEqual(['docs/a.txt', 'docs/b.md'])
  expect(generation.sources.map((_, i) => generation.text(i))).toEqual([DOCS['a.txt'], 'Minutes\n\nThe council met.'])
  expect(generation.sources.map((s) => generation.numberOf(s.id))).toEqual([0, 1])
  expect([generation.numberOf('nobody'), generation.passageCount]).toEqual([undefined, generation.store.size])
  expect(generation.documentOf(0)).toMatchObject({ pageContent: DOCS['a.txt'], metadata: { path: 'docs/a.txt', start: 0, end: 54 } })
})

const FILE_NAMES = [...Object.values(FILES), 'vectors.hnsw']

describe.each(FILE_NAMES)('%s', (file) => {
  it.each<[string, (path: string) => Promise<void>]>([
    ['with a bit changed', flipBit],
    ['cut short', (path) => truncate(path, 3)],
    ['missing', (path) => rm(path)],
  ])('%s is found before anything reads it', async (_, damage) => {
    const { place, generation } = await copy()
    await damage(join(generation, file))
    const error = await failureOf(open(place))
    expect([error.code, error.what]).toEqual(['INDEX_DAMAGED', expect.stringContaining(file)])
  })
})

describe('the manifest', () => {
  it.each<[string, (path: string) => Promise<void>]>([
    ['missing', (path) => rm(path)],
    ['cut short', (path) => truncate(path, 100)],
    ['empty', (path) => truncate(path, 0)],
    ['another thing', (path) => writeFile(path, 'null')],
  ])('%s makes the index damaged', async (_, damage) => {
    const { place, generation } = await copy()
    await damage(join(generation, MANIFEST))
    expect((await failureOf(open(place))).code).toBe('INDEX_DAMAGED')
  })

  it('names no file outside its generation', async () => {
    const { place, generation } = await copy()
    await editManifest(generation, { files: [{ name: '../../CURRENT', bytes: 1, sha256: '' }] }, true)
    expect((await failureOf(open(place))).what).toContain('outside')
  })

  it('tells of another version of the format', async () => {
    const { place, generation } = await copy()
    await editManifest(generation, { format: `${FORMAT}.1` }, true)
    expect((await failureOf(open(place))).code).toBe('INDEX_OTHER_VERSION')
  })

  it.each([{ dimensions: 383 }, { passages: 1 }, { sources: 3 }, { sentences: 1 }, { files: [] }])('with %j makes the index damaged', async (edit) => {
    const place = (await index(folder, { store: flat })).index
    await editManifest(join(place, GENERATIONS, (await current(place)) as string), edit)
    expect((await failureOf(open(place))).code).toBe('INDEX_DAMAGED')
  })
})

it('is opened only with the model that made it', async () => {
  const other = Object.create(await embedder(), { fingerprint: { value: 'another/model@0' } }) as Embedder
  const error = await failureOf(open(built, other))
  expect([error.code, error.what]).toEqual(['INDEX_OTHER_MODEL', expect.stringContaining('another/model@0')])
})

it.each(['', '../../etc', 'gone'])('opens what it finds when CURRENT says %j, and says that it is damaged', async (name) => {
  const { place, generation } = await copy()
  await setCurrent(place, name)
  const opened = await open(place)
  expect([opened.degraded?.code, opened.generation.id]).toEqual(['INDEX_DAMAGED', basename(generation)])
})

it('is missing without CURRENT', async () => {
  const { place } = await copy()
  await rm(join(place, 'CURRENT'))
  expect((await failureOf(open(place))).code).toBe('INDEX_MISSING')
})

it('no longer gives a text that the disk has lost since it was opened', async () => {
  const { place, generation: folder } = await copy()
  const { generation } = await open(place)
  await flipBit(join(folder, FILES.texts))
  const error = await failureOf(() => generation.sources.map((_, i) => generation.text(i)))
  expect([error.code, error.what]).toEqual(['INDEX_DAMAGED', expect.stringContaining('docs/')])
})

/** Names of generations begin with the second in which they were made. */
const nextSecond = () => new Promise((resolve) => setTimeout(resolve, 1010))

describe('several builds', () => {
  let place: string
  let ids: string[]

  beforeAll(async () => {
    place = join(await temporaryFolder(), 'index')
    ids = []
    for (let i = 0; i < 3; i++) {
      if (i > 0) await nextSecond()
      ids.push((await index(folder, { index: place })).report.generation)
    }
  })

  it('keep the newest generation and the one before it', async () => {
    expect(await namesIn(join(place, GENERATIONS))).toEqual(ids.slice(1))
    expect(await current(place)).toBe(ids[2])
  })

  it('fall back to the generation before a damaged one', async () => {
    const { place: damaged, generation: newest } = await copy(place)
    await flipBit(join(newest, FILES.texts))
    const { generation, degraded, newest: name } = await open(damaged)
    expect([generation.id, name, degraded?.code]).toEqual([ids[1], ids[2], 'INDEX_DAMAGED'])
  })

  it('keep the newest whole one rather than a damaged one', async () => {
    const { place: damaged, generation: newest } = await copy(place)
    await flipBit(join(newest, FILES.texts))
    const { report } = await index(folder, { index: damaged })
    expect(await namesIn(join(damaged, GENERATIONS))).toEqual([ids[1], report.generation])
  })

  it('cannot help when both are damaged', async () => {
    const { place: damaged } = await copy(place)
    for (const id of ids.slice(1)) await flipBit(join(damaged, GENERATIONS, id, FILES.lexical))
    const error = await failureOf(open(damaged))
    expect([error.code, error.what]).toEqual(['INDEX_DAMAGED', expect.stringContaining(ids[2] as string)])
  })
})

// The draft of CURRENT is called by the process alone, so that two builds in one process take it from each other.
it('may be switched by several builds at the same time', async () => {
  const { place } = await copy()
  await Promise.all(Array.from({ length: 10 }, (_, i) => setCurrent(place, `generation-${i}`)))
})

it('finds the passages that a span touches', async () => {
  const text = Array.from({ length: 12 }, (_, i) => `# Part ${i}\n\n${'The harbour was dredged again. '.repeat(20)}`).join('\n\n')
  const { generation } = await open((await index(await documents({ 'a.md': text, 'b.md': text }))).index)
  for (const source of generation.sources) {
    const all = Array.from({ length: source.passages }, (_, i) => source.firstPassage + i)
    for (const span of [
      { start: 0, end: 1 },
      { start: 700, end: 701 },
      { start: 500, end: 3000 },
      { start: 0, end: 1e6 },
      { start: 1e6, end: 1e6 + 1 },
    ]) {
      expect(generation.passagesOver(source, span)).toEqual(all.filter((p) => overlaps(generation.passage(p), span)))
    }
  }
})
