import { appendFile, copyFile, cp, readFile, rename, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { ask } from '../../answer/ask.ts'
import { BuildMemory } from '../../index/build-memory.ts'
import type { Embedder } from '../../index/embedders/embedder.ts'
import type { Generation } from '../../index/generation.ts'
import { LoaderPool } from '../../index/loader-pool.ts'
import { afterFile } from '../after.ts'
import { failingDisk } from '../disks.ts'
import { documents, embedder, failureOf, index, openedIndex, temporaryFolder } from '../fixtures.ts'

const DOCS: Record<string, string> = {
  'a.txt': 'The harbour was dredged in May 2025, the council said.\n\nIt cost five million.',
  'b.md': '---\ndate: 2025-03-01\n---\n# Minutes\n\n“The bar is shut,” said Ada Lane, the harbour master.',
  'c.html': '<title>Ferry</title><p>The ferry runs each hour in summer.</p><p>It is free for children.</p>',
  'd.txt': 'Bread is baked from flour, water and yeast.',
}
const QUESTIONS = [
  'When was the harbour dredged?',
  'Who said the bar is shut?',
  'How often does the ferry run?',
  'What is bread baked from?',
  'What did it cost?',
]

/** A model that counts the passages it embeds, and a pool that counts the files it reads. */
async function counted() {
  const real = await embedder()
  const counts = { embedded: 0, loaded: 0 }
  const embedPassage: Embedder['embedPassage'] = async (passage, signal) => {
    const vectors = await real.embedPassage(passage, signal)
    counts.embedded++
    return vectors
  }
  const loaders = new LoaderPool(1)
  const load = loaders.load.bind(loaders)
  loaders.load = (...job) => {
    counts.loaded++
    return load(...job)
  }
  afterFile(async () => loaders.close())
  return { counts, embedder: Object.create(real, { embedPassage: { value: embedPassage } }) as Embedder, loaders }
}

/** What is answered, but for what differs from one generation to the next by its nature. */
async function answersOf(generation: Generation) {
  const model = await embedder()
  return Promise.all(
    QUESTIONS.map(async (question) => {
      const { generation: _, timings: __, ...answer } = await ask(generation, model, question)
      return answer
    }),
  )
}

const CHANGES: [string, (folder: string) => Promise<unknown>, { embedded: number; loaded: number }][] = [
  ['nothing', async () => {}, { embedded: 0, loaded: 0 }],
  ['one file', (f) => writeFile(join(f, 'd.txt'), 'Bread is baked from rye.'), { embedded: 1, loaded: 1 }],
  ['one passage of a file', (f) => appendFile(join(f, 'a.txt'), `\n\n${'It will be dredged again. '.repeat(30)}`), { embedded: 1, loaded: 1 }],
  ['a file less', (f) => rm(join(f, 'c.html')), { embedded: 0, loaded: 0 }],
  ['most files less', (f) => Promise.all(['a.txt', 'b.md', 'c.html'].map((name) => rm(join(f, name)))), { embedded: 0, loaded: 0 }],
  ['a file under another name, in another place of the order', (f) => rename(join(f, 'a.txt'), join(f, 'z.txt')), { embedded: 0, loaded: 0 }],
  ['a copy of a file', (f) => copyFile(join(f, 'a.txt'), join(f, 'copy.txt')), { embedded: 0, loaded: 0 }],
  ['the facts of a file', (f) => writeFile(join(f, 'sources.yaml'), 'files: {b.md: {published: 2024-11-05, title: Notes}}'), { embedded: 0, loaded: 0 }],
  ['the date of a file alone', async (f) => writeFile(join(f, 'a.txt'), await readFile(join(f, 'a.txt'))), { embedded: 0, loaded: 0 }],
]

let built: string
beforeAll(async () => {
  built = (await index(await documents(DOCS))).index
})

it.each(CHANGES)('embeds and loads only what is new with %s, and answers as an index that is made anew', async (_, change, expected) => {
  const folder = await documents(DOCS)
  const place = join(await temporaryFolder(), 'index')
  await cp(built, place, { recursive: true })
  await change(folder)
  const { counts, ...options } = await counted()
  const { report } = await index(folder, { index: place, ...options })
  expect([counts, report.embedded]).toEqual([expected, expected.embedded])
  const { generation } = await openedIndex(place)
  const { generation: anew } = await openedIndex((await index(folder)).index)
  expect(generation.sources).toEqual(anew.sources)
  expect(generation.sources.map((source) => source.statements)).toEqual(anew.sources.map((source) => source.statements))
  expect(await answersOf(generation)).toEqual(await answersOf(anew))
  const same = (one: Generation) => Array.from({ length: one.passageCount }, (_, i) => [one.passage(i), one.sentencesOf(i), one.store.vectorOf(i)])
  expect(same(generation)).toEqual(same(anew))
  for (const path of FILES_AS_MADE_ANEW) expect(fileOf(path, generation), path).toEqual(fileOf(path, anew))
})

const FILES_AS_MADE_ANEW = [
  'texts.utf8',
  'sentences.i8',
  'tokens.bits',
  'tokens.i32',
  'passages.i32',
  'sentences.i32',
  'groups.i32',
  'lexical.bm25',
  'sources.jsonl',
]

const fileOf = (name: string, { manifest }: Generation) => manifest.files.find((file) => file.name === name)?.sha256

it('takes over what it knows to be unchanged as it is on the disk, build after build, and makes what an index that is made anew holds', async () => {
  const folder = await documents({ ...DOCS, 'e.jsonl': '{"id":"x","text":"The ferry was late."}\nno record\n', 'f.txt': ' ', 'g.txt': 'A last one.' })
  const memory = new BuildMemory()
  let place: string | undefined
  const steps: [string, (folder: string) => Promise<unknown>][] = [
    ['all', async () => {}],
    ['one amidst others', (f) => writeFile(join(f, 'c.html'), '<p>The ferry runs no more.</p><p>It was free for children.</p>')],
    ['one before all others and one less', (f) => Promise.all([writeFile(join(f, '0.txt'), 'It is the first.'), rm(join(f, 'd.txt'))])],
    ['the facts of one', (f) => writeFile(join(f, 'sources.yaml'), 'files: {b.md: {title: Notes}}')],
  ]
  for (const [name, change] of steps) {
    await change(folder)
    const { disk, done } = failingDisk(0, 'none')
    if (place) memory.openAhead(place, await embedder())
    const { index: made, report } = await index(folder, { ...(place && { index: place }), memory, disk })
    expect([name, done.some((line) => /^readFile .*sources.jsonl$/.test(line))]).toEqual([name, place !== undefined])
    place = made
    const { index: other, report: expected } = await index(folder)
    const [{ generation }, { generation: anew }] = [await openedIndex(place), await openedIndex(other)]
    for (const path of FILES_AS_MADE_ANEW) expect(fileOf(path, generation), `${path} after ${name}`).toEqual(fileOf(path, anew))
    expect(Array.from({ length: anew.passageCount }, (_, i) => generation.store.vectorOf(i))).toEqual(
      Array.from({ length: anew.passageCount }, (_, i) => anew.store.vectorOf(i)),
    )
    expect(report.skipped).toEqual(expected.skipped)
  }
})

const many = Object.fromEntries(
  Array.from({ length: 12 }, (_, i) => [`${String.fromCharCode(97 + i)}.txt`, `Part ${i} of the harbour was dredged in ${2000 + i}. `.repeat(9)]),
)

it('goes on after it was interrupted with what is not embedded yet, also when the end of what it had embedded is damaged', async () => {
  const folder = await documents(many)
  const { report } = await index(folder)
  for (const damage of [false, true]) {
    const place = await temporaryFolder()
    const stop = new AbortController()
    const first = await counted()
    const onProgress = () => first.counts.embedded >= report.passages / 2 && stop.abort()
    expect((await failureOf(index(folder, { index: place, ...first, signal: stop.signal, onProgress }))).code).toBe('INTERRUPTED')
    const journal = join(place, 'embedded')
    const { size } = await stat(journal)
    if (damage) await truncate(journal, size - 100)
    const second = await counted()
    await index(folder, { index: place, ...second })
    const done = report.passages - second.counts.embedded
    expect(done).toBeGreaterThan(report.passages / 2 - 4)
    expect(first.counts.embedded + second.counts.embedded).toBeLessThanOrEqual(report.passages + (damage ? 3 : 2))
    await expect(stat(journal)).rejects.toThrow('ENOENT')
    const { generation } = await openedIndex(place)
    const { generation: anew } = await openedIndex((await index(folder)).index)
    expect(fileOf('sentences.i8', generation)).toBe(fileOf('sentences.i8', anew))
  }
})

it('embeds everything again when what was kept is of another model, or is none of it', async () => {
  const folder = await documents(DOCS)
  const place = await temporaryFolder()
  await writeFile(join(place, 'embedded'), 'another model\n....')
  const { counts, ...options } = await counted()
  const { report } = await index(folder, { index: place, ...options })
  expect(counts.embedded).toBe(report.passages)
})

it('keeps copies apart, build after build: two names of one file, files of the same bytes, files of the same words', async () => {
  const folder = await documents({
    'a.txt': DOCS['a.txt'] as string,
    'b.txt': DOCS['a.txt'] as string,
    'c.md': DOCS['a.txt'] as string,
    'sub/d.txt': 'It is shut.',
  })
  await symlink(join(folder, 'a.txt'), join(folder, 'link.txt'))
  const options = { folders: [folder, join(folder, 'sub')] }
  const { index: place, report } = await index(folder, options)
  expect([report.sources, report.skipped]).toEqual([6, []])
  const sizes: number[] = []
  for (let build = 0; build < 3; build++) {
    const { counts, ...by } = await counted()
    expect((await index(folder, { ...options, index: place, ...by })).report).toMatchObject({ sources: 6, passages: report.passages, embedded: 0 })
    expect(counts).toEqual({ embedded: 0, loaded: 0 })
    const { generation } = await openedIndex(place)
    expect(new Set(generation.sources.map(({ id }) => id)).size).toBe(6)
    sizes.push(generation.manifest.files.find(({ name }) => name === 'points.i32')?.bytes ?? 0)
  }
  // Each copy goes on with its own point of the graph.
  expect(sizes).toEqual(sizes.map(() => report.passages * 4))
})

it('tells of a record that cannot be read each time, without reading its file again', async () => {
  const folder = await documents({ 'a.jsonl': '{"id":"x","text":"The harbour was dredged."}\nno record\n' })
  const { index: place, report } = await index(folder)
  const { counts, ...by } = await counted()
  const again = (await index(folder, { index: place, ...by })).report
  expect([report.skipped.length, again.skipped, counts.loaded]).toEqual([1, report.skipped, 0])
})

it('writes nothing when it would write the same, if that is asked for', async () => {
  const folder = await documents(DOCS)
  const { index: place, report } = await index(folder)
  const same = await index(folder, { index: place, unlessSame: true })
  expect(same.report).toMatchObject({ generation: report.generation, isNew: false, sources: 4, passages: report.passages, embedded: 0 })
  await writeFile(join(folder, 'sources.yaml'), 'files: {b.md: {author: A. Lane}}')
  const other = await index(folder, { index: place, unlessSame: true })
  expect(other.report).toMatchObject({ isNew: true, sources: 4, embedded: 0 })
  expect((await openedIndex(place)).generation.id).toBe(other.report.generation)
})
