import { readFileSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { MemoryVectorStore } from '@langchain/classic/vectorstores/memory'
import type { Document, DocumentInterface } from '@langchain/core/documents'
import { FakeEmbeddings } from '@langchain/core/utils/testing'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { packageRoot } from '../../index/package-root.ts'
import { type BuildIndexOptions, buildIndex, type OnRecord, openRecord } from '../../library/index.ts'
import { afterFile } from '../after.ts'
import { CORPUS, corpusIndex, documents, failureOf, namesIn, temporaryFolder } from '../fixtures.ts'

const { questions } = JSON.parse(readFileSync(join(packageRoot(), 'test/corpus-questions.json'), 'utf8')) as { questions: { question: string }[] }
const QUESTION = 'How much water is left on top of the bar when the sea is at its lowest?'

/** A store in memory that deletes, counts what it is asked, and fails as it is told to. */
class Shelf extends MemoryVectorStore {
  asked = 0
  whenAsked: (() => Promise<unknown>) | null = null
  whenAdded: (() => Promise<unknown>) | null = null
  whenDeleted: (() => Promise<unknown>) | null = null

  constructor() {
    super(new FakeEmbeddings())
  }

  /** Rows of each generation. */
  get generations(): Record<string, number> {
    const counts: Record<string, number> = {}
    for (const { metadata } of this.memoryVectors) counts[metadata.generation] = (counts[metadata.generation] ?? 0) + 1
    return counts
  }

  override async addVectors(vectors: number[][], rows: DocumentInterface[]): Promise<void> {
    await super.addVectors(vectors, rows as Document[])
    await this.whenAdded?.()
  }

  override async similaritySearchVectorWithScore(query: number[], k: number): Promise<[Document, number][]> {
    this.asked++
    await this.whenAsked?.()
    return super.similaritySearchVectorWithScore(query, k)
  }

  override async delete({ ids }: { ids: string[] }): Promise<void> {
    await this.whenDeleted?.()
    const gone = new Set(ids)
    this.memoryVectors = this.memoryVectors.filter(({ id }) => !gone.has(id ?? ''))
  }
}

const copyOfCorpus = async () => {
  const index = join(await temporaryFolder(), 'index')
  await cp(await corpusIndex(), index, { recursive: true })
  return index
}
const opened = async (index: string, vectorStore?: Shelf): Promise<OnRecord> => {
  const record = await openRecord({ index, ...(vectorStore && { vectorStore }) })
  afterFile(() => record.close())
  return record
}
const never = () => new Promise<never>(() => {})

describe('a record of the sample documents whose passages are in a vector store', () => {
  let index: string
  let shelf: Shelf
  let record: OnRecord
  let rows: Shelf['memoryVectors']

  beforeAll(async () => {
    index = await copyOfCorpus()
    shelf = new Shelf()
    // It goes on from an index with a graph, and embeds nothing again.
    expect(await buildIndex({ folders: [CORPUS], index, vectorStore: shelf })).toMatchObject({ embedded: 0, sources: 14 })
    record = await opened(index, shelf)
    rows = shelf.memoryVectors
  })

  beforeEach(() => {
    shelf.memoryVectors = rows
    shelf.whenAsked = null
    shelf.asked = 0
  })

  const citationsOf = async (from: OnRecord, question: string, filters = {}) => {
    const { status, citations } = await from.ask(question, { filters })
    return { status, citations: citations.map(({ score, ...citation }) => ({ ...citation, score: score.toFixed(4) })) }
  }

  it('answers as one does that has its own', async () => {
    const own = await opened(await corpusIndex())
    for (const { question } of questions.slice(0, 30)) expect(await citationsOf(record, question)).toEqual(await citationsOf(own, question))
    const found = (await own.search(QUESTION, { k: 10 })).map(({ id }) => id)
    expect((await record.search(QUESTION, { k: 10 })).map(({ id }) => id)).toEqual(found)
    expect(shelf.asked).toBeGreaterThan(20)
  })

  it.each([
    ['of few passages, which are compared without it', { source: 'council/' }, false],
    ['of passages that are anywhere', { after: '2025-05', before: '2025-07' }, true],
    ['that few passages pass', { speaker: 'Ferrand' }, true],
  ])('answers as one does that has its own within filters %s', async (_, filters, isAsked) => {
    const expected = await citationsOf(await opened(await corpusIndex()), QUESTION, filters)
    expect(await citationsOf(record, QUESTION, filters)).toEqual(expected)
    expect(shelf.asked > 0).toBe(isAsked)
    expect(expected.citations).not.toEqual([])
  })

  it('tells the store of each passage what it takes to find it', async () => {
    const [row] = rows
    const first = (await record.documents().next()).value as Document
    expect(row).toMatchObject({ content: first.pageContent, id: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/) })
    const { citation, start, end } = first.metadata
    expect(row?.metadata).toEqual({ generation: record.generation, passage: 0, source: citation.source.id, path: citation.source.path, start, end })
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
  })

  it.each<[string, (all: typeof rows) => typeof rows]>([
    ['gives rows of other generations and of others too', (all) => [...all.map((row) => ({ ...row, metadata: { ...row.metadata, generation: 'x' } })), ...all]],
    [
      'gives rows that name no passage',
      (all) => [...all.map((row, i) => ({ ...row, metadata: { ...row.metadata, passage: [-1, 1e9, 0.5, 'x', null][i % 5] } })), ...all],
    ],
    ['gives rows without metadata', (all) => [...all.map((row) => ({ ...row, metadata: {} })), ...all]],
    ['gives each row several times', (all) => [...all, ...all, ...all]],
    ['gives numbers as text', (all) => all.map((row) => ({ ...row, metadata: { ...row.metadata, passage: String(row.metadata.passage) } }))],
    ['gives other texts', (all) => all.map((row) => ({ ...row, content: 'The bar is dry.' }))],
    ['lost all its rows', () => []],
    ['lost all but ten of its rows', (all) => all.slice(0, 10)],
  ])('answers the same when the store %s', async (_, change) => {
    const before = await citationsOf(record, QUESTION)
    shelf.memoryVectors = change(rows)
    expect(await citationsOf(record, QUESTION)).toEqual(before)
    expect(before.status).toBe('answered')
  })

  it('proves what it quotes when the store names other passages than it was told', async () => {
    shelf.memoryVectors = rows.map((row, i) => ({ ...row, metadata: rows[(i * 7) % rows.length]?.metadata ?? {} }))
    for (const { source, start, end, quote } of (await record.ask(QUESTION)).citations) {
      expect(await record.verify({ source: source.id, start, end, quote })).toEqual({ verified: true, reason: null })
    }
  })

  it.each<[string, () => Promise<unknown>]>([
    ['fails', () => Promise.reject(new Error('no route to host.'))],
    ['fails with something that is no error', () => Promise.reject('no route to host')],
    [
      'fails before it gives a promise',
      () => {
        throw new Error('no route to host')
      },
    ],
  ])('says so when the store %s, and answers again when it is back', async (_, fails) => {
    shelf.whenAsked = fails
    for (const asking of [() => record.ask(QUESTION), () => record.search(QUESTION), () => record.asRetriever().invoke(QUESTION)]) {
      const { code, what, remedy } = await failureOf(asking())
      expect([code, what]).toEqual(['VECTOR_STORE_FAILED', 'The vector store failed: no route to host.'])
      expect(remedy).toContain('vectorStore')
    }
    shelf.whenAsked = null
    expect((await record.ask(QUESTION)).status).toBe('answered')
  })

  it('says so when the store gives what is no list of rows', async () => {
    const odd = { similaritySearchVectorWithScore: async () => ({ rows: [] }) as never, addVectors: never, delete: never }
    await using other = await openRecord({ index, vectorStore: odd })
    expect((await failureOf(other.ask(QUESTION))).code).toBe('VECTOR_STORE_FAILED')
  })

  it('is given up by the signal, and closed, while the store is silent', async () => {
    shelf.whenAsked = never
    const silent = await openRecord({ index, vectorStore: shelf })
    for (const asking of [(signal: AbortSignal) => silent.ask(QUESTION, { signal }), (signal: AbortSignal) => silent.search(QUESTION, { signal })]) {
      shelf.asked = 0
      const giving = new AbortController()
      const asked = asking(giving.signal)
      await expect.poll(() => shelf.asked, { timeout: 30_000 }).toBeGreaterThan(0)
      giving.abort(new Error('enough'))
      await expect(asked).rejects.toThrow('enough')
    }
    await silent.close()
  })

  it('is not opened without the store, nor one that has its own with it, and nothing searches in two', async () => {
    const { code, what, remedy } = await failureOf(openRecord({ index }))
    expect([code, what, remedy]).toEqual([
      'INDEX_OTHER_VERSION',
      expect.stringContaining('vectorStore'),
      expect.stringContaining('openRecord({ index, vectorStore })'),
    ])
    const other = await failureOf(openRecord({ index: await corpusIndex(), vectorStore: shelf }))
    expect([other.code, other.remedy]).toEqual(['INDEX_OTHER_VERSION', expect.stringContaining('buildIndex({ folders, index, vectorStore })')])
    expect((await failureOf(buildIndex({ folders: [CORPUS], index, vectorStore: shelf, store: 'flat' }))).code).toBe('USAGE')
  })
})

describe('an index that is made again and again with a vector store', () => {
  let options: BuildIndexOptions & { folders: string[]; vectorStore: Shelf }
  let shelf: Shelf

  beforeEach(async () => {
    shelf = new Shelf()
    const folder = await documents({ 'a.md': 'The harbour was dredged in May.', 'b.md': 'Bread is baked.' })
    options = { folders: [folder], index: join(await temporaryFolder(), 'index'), vectorStore: shelf, threads: 1 }
  })

  it('embeds nothing again, and keeps the rows of this generation and the one before', async () => {
    const made: string[] = []
    for (const embedded of [2, 0, 0]) {
      const report = await buildIndex(options)
      made.push(report.generation)
      expect(report.embedded).toBe(embedded)
      expect(shelf.generations).toEqual(Object.fromEntries(made.slice(-2).map((generation) => [generation, 2])))
    }
  })

  it('goes over to a store of its own and back without embedding', async () => {
    await buildIndex(options)
    const { vectorStore, ...own } = options
    expect((await buildIndex({ ...own, store: 'flat' })).embedded).toBe(0)
    expect((await (await opened(options.index)).search('harbour', { k: 1 }))[0]?.pageContent).toContain('dredged')
    expect((await buildIndex(options)).embedded).toBe(0)
  })

  it('is repaired by a build when the store lost everything, and moves to another store', async () => {
    await buildIndex(options)
    shelf.memoryVectors = []
    const { generation } = await buildIndex(options)
    expect(shelf.generations).toEqual({ [generation]: 2 })
    const other = new Shelf()
    const moved = await buildIndex({ ...options, vectorStore: other })
    expect([moved.embedded, other.generations]).toEqual([0, { [moved.generation]: 2 }])
  })

  it('is made all the same when the store cannot delete', async () => {
    shelf.whenDeleted = () => Promise.reject(new Error('Not implemented.'))
    for (let i = 0; i < 3; i++) await buildIndex(options)
    expect(shelf.memoryVectors).toHaveLength(6)
    expect(await namesIn(join(options.index, 'generations'))).toHaveLength(2)
  })

  it('stays as it was when the store fails, and nothing of that is left in either', async () => {
    const { generation } = await buildIndex(options)
    shelf.whenAdded = () => Promise.reject(new Error('It is full.'))
    const { code, what } = await failureOf(buildIndex(options))
    expect([code, what]).toEqual(['VECTOR_STORE_FAILED', 'The vector store failed: It is full.'])
    expect((await opened(options.index, shelf)).generation).toBe(generation)
    expect([shelf.generations, await namesIn(join(options.index, 'generations'))]).toEqual([{ [generation]: 2 }, [generation]])
  })

  it('is rid of what a build left that could not clean up after itself by the next one', async () => {
    shelf.whenAdded = () => Promise.reject(new Error('gone'))
    shelf.whenDeleted = () => Promise.reject(new Error('gone'))
    expect((await failureOf(buildIndex(options))).code).toBe('VECTOR_STORE_FAILED')
    expect(shelf.memoryVectors).toHaveLength(2)
    expect(await namesIn(join(options.index, 'generations'))).toEqual([expect.stringMatching(/^\./)])
    shelf.whenAdded = null
    shelf.whenDeleted = null
    const { generation } = await buildIndex(options)
    expect([shelf.generations, await namesIn(join(options.index, 'generations'))]).toEqual([{ [generation]: 2 }, [generation]])
  })

  it('is stopped by the signal while the store is silent', async () => {
    const stopping = new AbortController()
    shelf.whenAdded = () => {
      stopping.abort()
      return never()
    }
    expect((await failureOf(buildIndex({ ...options, signal: stopping.signal }))).code).toBe('INTERRUPTED')
    expect([shelf.memoryVectors, await namesIn(join(options.index, 'generations'))]).toEqual([[], []])
  })

  it('answers from what was opened when its rows are gone', async () => {
    const ofCorpus = { ...options, folders: [CORPUS], index: await copyOfCorpus() }
    await buildIndex(ofCorpus)
    const record = await opened(ofCorpus.index, shelf)
    const before = (await record.ask(QUESTION)).citations
    for (let i = 0; i < 2; i++) await buildIndex(ofCorpus)
    expect(shelf.generations).not.toHaveProperty(record.generation)
    expect((await record.ask(QUESTION)).citations).toEqual(before)
  })
})
