import { mkdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkSpans } from '../../index/check.ts'
import { current, GENERATIONS } from '../../index/current.ts'
import type { Embedder } from '../../index/embedders/embedder.ts'
import { LoaderPool } from '../../index/loader-pool.ts'
import { afterFile } from '../after.ts'
import { buildIndex, CORPUS, documents, embedder, failureOf, index, namesIn, temporaryFolder } from '../fixtures.ts'

const GOOD = { 'good.txt': 'The harbour was dredged in May 2025.\n' }
const paragraphs = (count: number) => Array.from({ length: count }, (_, i) => `${`Paragraph ${i} tells of the harbour and its bar. `.repeat(14)}`).join('\n\n')

describe('a document that cannot be read is skipped beside a good one', () => {
  it.each<[string, string, string | Uint8Array]>([
    ['EMPTY', 'bad.txt', ''],
    ['EMPTY', 'bad.md', '---\ntitle: Only front matter\n---\n \n'],
    ['EMPTY', 'bad.html', '<script>alert(1)</script><!-- x -->'],
    ['NOT_TEXT', 'bad.txt', Buffer.from([0xf0, 0x9f, 0xa6])],
    ['BINARY', 'bad.txt', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0])],
    ['UNSUPPORTED', 'bad.xyz', 'text'],
    ['UNSUPPORTED', 'bad', 'text'],
  ])('%s: %s (%#)', async (code, name, content) => {
    const { report } = await index(await documents({ ...GOOD, [name]: content }))
    expect(report).toMatchObject({ sources: 1, passages: 1, skipped: [{ path: `docs/${name}`, code, remedy: expect.stringMatching(/\w/) }] })
  })

  it('one of 100,000 elements in each other, unless it can be', async () => {
    const { report } = await index(await documents({ ...GOOD, 'bad.html': `${'<div>'.repeat(100_000)}deep` }))
    expect(report.sources + report.skipped.length).toBe(2)
    for (const { path, code } of report.skipped) expect([path, code]).toEqual(['docs/bad.html', expect.stringMatching(/^[A-Z_]+$/)])
  })

  it('TOO_LARGE: a file of 101 MB', async () => {
    const folder = await documents({ ...GOOD, 'bad.txt': '' })
    await truncate(join(folder, 'bad.txt'), 101_000_000)
    expect((await index(folder)).report).toMatchObject({ sources: 1, skipped: [{ path: 'docs/bad.txt', code: 'TOO_LARGE' }] })
  })

  it('BROKEN_LINK and OUTSIDE: links that lead nowhere or out', async () => {
    const folder = await documents(GOOD)
    await symlink(join(folder, 'gone.txt'), join(folder, 'a.txt'))
    await symlink(join(await documents({ 'secret.txt': 'secret' }), 'secret.txt'), join(folder, 'b.txt'))
    expect((await index(folder)).report.skipped.map(({ path, code }) => [path, code])).toEqual([
      ['docs/a.txt', 'BROKEN_LINK'],
      ['docs/b.txt', 'OUTSIDE'],
    ])
  })

  it('GONE: a file that goes away in the meantime', async () => {
    const folder = await documents({ ...GOOD, 'bad.txt': 'Soon gone.' })
    const loaders = new LoaderPool()
    afterFile(async () => loaders.close())
    const load = loaders.load.bind(loaders)
    loaders.load = async (...job) => {
      await rm(join(folder, 'bad.txt'), { force: true })
      return load(...job)
    }
    const { report } = await index(folder, { loaders })
    expect(report).toMatchObject({ sources: 1, skipped: [{ path: 'docs/bad.txt', code: 'GONE' }] })
  })

  it('SIDECAR_INVALID: a bad sources.yaml, without which the documents are indexed all the same', async () => {
    const { report } = await index(await documents({ ...GOOD, 'sources.yaml': 'files: [' }))
    expect(report).toMatchObject({ sources: 1, skipped: [{ path: 'docs/sources.yaml', code: 'SIDECAR_INVALID' }] })
  })
})

describe('nothing is indexed, and no draft is left,', () => {
  it.each<[string, Record<string, string>]>([
    ['of an empty folder', {}],
    ['of a folder without a readable file', { 'a.xyz': 'a', 'b.txt': '' }],
    ['of a folder that has only a sources.yaml', { 'sources.yaml': '' }],
  ])('%s', async (_, files) => {
    const place = await temporaryFolder()
    expect((await failureOf(index(await documents(files), { index: place }))).code).toBe('NOTHING_INDEXED')
    expect(await current(place)).toBeNull()
    expect(await namesIn(join(place, GENERATIONS))).toEqual([])
  })

  it('of a folder that is not there', async () => {
    expect((await failureOf(index(join(await temporaryFolder(), 'missing')))).code).toBe('FOLDER_MISSING')
  })

  it('where an index cannot be written', async () => {
    const place = join(await documents({ file: 'a file, not a folder' }), 'file')
    expect((await failureOf(index(await documents(GOOD), { index: place }))).code).toBe('INDEX_UNWRITABLE')
  })
})

describe('an interrupted build leaves the index as it was and no draft', () => {
  it.each(['before it begins', 'at its first passage'])('%s', async (when) => {
    const { index: place } = await index(await documents(GOOD))
    const before = [await current(place), await namesIn(join(place, GENERATIONS))]
    const stop = new AbortController()
    if (when === 'before it begins') stop.abort()
    const folder = await documents({ 'a.txt': paragraphs(20), 'b.txt': paragraphs(20), 'c.txt': paragraphs(20) })
    const error = await failureOf(index(folder, { index: place, signal: stop.signal, onProgress: () => stop.abort() }))
    expect(error.code).toBe('INTERRUPTED')
    expect([await current(place), await namesIn(join(place, GENERATIONS))]).toEqual(before)
  })
})

it('leaves the index as it was when the model fails', async () => {
  const { index: place } = await index(await documents(GOOD))
  const before = await namesIn(join(place, GENERATIONS))
  const real = await embedder()
  const closed = Object.create(real, { embedPassage: { value: () => Promise.reject(new Error('out of memory')) } }) as Embedder
  await expect(index(await documents({ 'other.txt': 'The bar shut.' }), { index: place, embedder: closed })).rejects.toThrow('out of memory')
  expect(await namesIn(join(place, GENERATIONS))).toEqual(before)
})

it('tells of every passage and byte as it goes', async () => {
  const seen: { passages: number; bytes: number; totalBytes: number }[] = []
  const { report } = await index(await documents({ 'a.txt': paragraphs(3), 'b.txt': paragraphs(2), 'c.xyz': 'skipped' }), {
    onProgress: (progress) => seen.push({ ...progress }),
  })
  const last = seen.at(-1)
  expect(last).toMatchObject({ passages: report.passages, bytes: last?.totalBytes })
  expect(seen.map((p) => p.passages)).toEqual(seen.map((p) => p.passages).sort((a, b) => a - b))
})

it('indexes the sample documents without a fault and in one piece', async () => {
  const generation = await buildIndex(CORPUS)
  expect(generation.sources).toHaveLength(14)
  expect(await checkSpans(generation)).toEqual([])
  const path = 'corpus/lantern/2025-11-27-licence.txt'
  const number = generation.sources.findIndex((s) => s.path === path)
  expect(generation.text(number)).toBe(await readFile(join(CORPUS, '..', path), 'utf8'))
  expect(generation.sources[number]).toMatchObject({ outlet: 'The Haldersea Lantern', published: '2025-11-27', mediaType: 'text/plain' })
})

it('keeps the id of a document whose text is edited, and changes its checksum', async () => {
  const folder = await documents(GOOD)
  const [before] = (await buildIndex(folder)).sources
  await writeFile(join(folder, 'good.txt'), 'Other words.')
  const [after] = (await buildIndex(folder)).sources
  expect(after?.id).toBe(before?.id)
  expect(after?.sha256).not.toBe(before?.sha256)
})

it('reads a folder that is named twice once', async () => {
  const folder = await documents(GOOD)
  expect((await index(folder, { folders: [folder, join(folder, '..', 'docs')] })).report.sources).toBe(1)
})

// Both are docs/good.txt, and an id is made of that alone: a quote of the one is looked up in the other.
it('tells documents of two folders of the same name apart', async () => {
  const folder = await documents(GOOD)
  const other = join(await temporaryFolder(), 'docs')
  await mkdir(other)
  await writeFile(join(other, 'good.txt'), 'Other words.')
  const { sources } = await buildIndex(folder, { folders: [folder, other] })
  expect(new Set(sources.map((s) => s.id)).size).toBe(2)
})
