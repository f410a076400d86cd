import { writeFileSync } from 'node:fs'
import { truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { MemoryVectorStore } from '@langchain/classic/vectorstores/memory'
import { HNSWLib } from '@langchain/community/vectorstores/hnswlib'
import { Document } from '@langchain/core/documents'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Embedder } from '../../index/embedders/embedder.ts'
import type { Database } from '../../index/postgres/connection.ts'
import { makeIndexes } from '../../index/postgres/indexes.ts'
import { FlatStore } from '../../index/stores/flat.ts'
import { LangChainStore, langchain, type VectorStoreIn } from '../../index/stores/langchain.ts'
import { PostgresStore } from '../../index/stores/postgres.ts'
import { STORE_NAMES, storeOf } from '../../index/stores/registry.ts'
import type { Neighbour, PassageStore, StoreKind, StoreOptions, VectorSearch } from '../../index/stores/store.ts'
import { embedder, namesIn, temporaryFolder } from '../fixtures.ts'
import { DATABASES, recordDatabase } from '../postgres.ts'

const TEXTS = [
  'The harbour was dredged in May.',
  'Bread is baked from flour, water and yeast.',
  'The council voted against the budget.',
  'A crab walks sideways over the sand.',
  'The orchestra played a symphony.',
  'Ships wait for high water outside the port.',
]
const documentOf = (passage: number) => new Document({ id: String(passage), pageContent: TEXTS[passage % TEXTS.length] as string, metadata: { passage } })

let model: Embedder
let vectors: Float32Array[]
let question: Float32Array

beforeAll(async () => {
  model = await embedder()
  vectors = await Promise.all(TEXTS.map(async (text) => (await model.embedPassage({ sentences: [text] })).passage))
  question = await model.embedQuestion('When can boats enter the port?')
})

/** What every store holds to; so many digits of a cosine and of a number in a vector are right. */
function contract(create: () => Promise<VectorSearch>, digits: { cosine: number; vector: number }): void {
  let store: VectorSearch
  const passagesOf = (found: Neighbour[]) => new Set(found.map((n) => n.passage))

  beforeAll(async () => {
    store = await create()
    for (const vector of vectors) await store.add([vector])
  })

  it('gives the nearest passages in order, with their cosines', async () => {
    const found = await store.nearest(question, 3)
    expect(new Set(found.slice(0, 2).map((n) => n.passage))).toEqual(new Set([0, 5]))
    for (const { passage, similarity } of found) {
      const cosine = (vectors[passage] as Float32Array).reduce((sum, x, i) => sum + x * (question[i] as number), 0)
      expect(similarity).toBeCloseTo(cosine, digits.cosine)
    }
    expect(found.map((n) => n.similarity)).toEqual(found.map((n) => n.similarity).sort((a, b) => b - a))
  })

  it('gives all passages when more are asked for than there are, and none for none', async () => {
    const all = await store.nearest(question, 1000)
    expect(all.map((n) => n.passage).sort()).toEqual([0, 1, 2, 3, 4, 5])
    expect(await store.nearest(question, 0)).toEqual([])
  })

  it('gives only passages that are accepted, as many as there are', async () => {
    const accepted = new Set([1, 3, 4])
    expect(passagesOf(await store.nearest(question, 10, (p) => accepted.has(p)))).toEqual(accepted)
    expect(await store.nearest(question, 2, (p) => accepted.has(p))).toHaveLength(2)
    expect(await store.nearest(question, 10, () => false)).toEqual([])
  })

  it('finds the few accepted ones among many, and grows beyond what it began with', async () => {
    const many = await create()
    const noisy = Array.from({ length: 1500 }, (_, i) => {
      const moved = (vectors[i % vectors.length] as Float32Array).map((x, d) => x + 0.01 * Math.sin(i * 31 + d * (7 + (i % 97))))
      const norm = Math.hypot(...moved)
      return moved.map((x) => x / norm)
    })
    await many.add(noisy)
    expect(many.size).toBe(1500)
    expect((await many.nearest(noisy[1234] as Float32Array, 1))[0]?.passage).toBe(1234)
    expect(passagesOf(await many.nearest(question, 50, (p) => p % 500 === 7))).toEqual(new Set([7, 507, 1007]))
    expect(await many.nearest(question, 300)).toHaveLength(300)
  })

  it('keeps the vectors', async () => {
    for (const [i, vector] of vectors.entries()) {
      const kept = await store.vectorOf(i)
      for (let d = 0; d < vector.length; d++) expect(kept[d]).toBeCloseTo(vector[d] as number, digits.vector)
    }
  })

  it('serves LangChain: similarity search gives documents, filtered by them', async () => {
    const [best] = await store.similaritySearch('How is bread made?', 1)
    expect(best).toMatchObject({ pageContent: TEXTS[1], metadata: { passage: 1 } })
    const [other, distance] = (await store.similaritySearchWithScore('How is bread made?', 1, (d: Document) => d.metadata.passage !== 1))[0] ?? []
    expect(other?.metadata.passage).not.toBe(1)
    expect(distance).toBeGreaterThan(0)
    expect((await store.asRetriever(2).invoke('port')).map((d) => d.metadata.passage)).toHaveLength(2)
  })
}

/** What a store in the files of a generation holds to as well. */
function inFiles(name: string, kindOf: () => Promise<StoreKind>): void {
  let kind: StoreKind
  let options: StoreOptions
  let store: PassageStore

  const filled = async (count: number) => {
    const made = await kind.create(options)
    for (let i = 0; i < count; i++) await made.add([vectors[i % vectors.length] as Float32Array])
    return made
  }
  const reopened = async (from: PassageStore) => {
    const directory = await temporaryFolder()
    await from.writeTo(directory)
    return kind.open(directory, { ...options, size: from.size, generation: 'g' })
  }

  beforeAll(async () => {
    kind = await kindOf()
    options = optionsOf()
    store = await filled(TEXTS.length)
  })

  it('is the one that was asked for', () => {
    expect(kind.name).toBe(name)
  })

  it('is the same once it was written and read', async () => {
    const again = await reopened(store)
    expect(again.size).toBe(store.size)
    expect(await again.nearest(question, 6)).toEqual(await store.nearest(question, 6))
    expect(again.vectorOf(3)).toEqual(store.vectorOf(3))
    again.close()
  })

  describe('succeeded by one that keeps some of its passages and has new ones', () => {
    // Few are given up and the graph goes on; most are, and it is made anew; a passage comes before one that stood before it.
    it.each([
      ['most of them', [0, 1, 2, 3, 5]],
      ['two of them', [4, 1]],
      ['none', []],
      ['all in another order', [5, 4, 3, 2, 1, 0]],
    ])('%s', async (_, kept) => {
      const directory = await temporaryFolder()
      await store.writeTo(directory)
      const before = await kind.open(directory, { ...options, size: store.size, generation: 'g' })
      const next = await kind.succeed(before, { ...options, kept: kept.length })
      for (const passage of kept) await next.keep(passage)
      await next.add([question])
      const expected = [...kept.map((passage) => vectors[passage] as Float32Array), question]
      const again = await reopened(next)
      for (const one of [next, again]) {
        expect(one.size).toBe(expected.length)
        const found = await one.nearest(question, 10)
        expect(found[0]).toMatchObject({ passage: expected.length - 1 })
        expect(found.map((n) => n.passage).sort()).toEqual(expected.map((_, i) => i))
        for (const [i, vector] of expected.entries()) expect(one.vectorOf(i)[7]).toBeCloseTo(vector[7] as number, 6)
        expect((await one.nearest(question, 10, (passage) => passage > 0)).map((n) => n.passage)).not.toContain(0)
      }
      // And that one by another.
      const third = await kind.succeed(again, { ...options, kept: expected.length })
      for (const i of expected.keys()) await third.keep(i)
      expect(await (await reopened(third)).nearest(question, 10)).toEqual(await again.nearest(question, 10))
      const gone = await temporaryFolder()
      await third.writeTo(gone)
      await expect(kind.probe(gone, { dimensions: model.dimensions, size: third.size })).resolves.toBeUndefined()
    })
  })

  it('is empty when nothing was added, even once it was written and read', async () => {
    const empty = await kind.create(options)
    for (const one of [empty, await reopened(empty)]) {
      expect([one.size, await one.nearest(question, 5)]).toEqual([0, []])
    }
  })

  it('is probed in a process of its own, which finds it whole, or says what is wrong with it', async () => {
    const directory = await temporaryFolder()
    await store.writeTo(directory)
    const facts = { dimensions: model.dimensions, size: TEXTS.length }
    await expect(kind.probe(directory, facts)).resolves.toBeUndefined()
    await expect(kind.probe(directory, { ...facts, size: TEXTS.length + 1 })).rejects.toThrow(/vectors\./)
    const file = (await namesIn(directory)).find((name) => name.startsWith('vectors.')) as string
    await truncate(join(directory, file), 1000)
    await expect(kind.probe(directory, facts)).rejects.toThrow(file)
  })

  it('fails to open a file that is not its own', async () => {
    const directory = await temporaryFolder()
    for (const file of ['vectors.hnsw', 'vectors.f32']) writeFileSync(join(directory, file), 'x')
    await expect(kind.open(directory, { ...options, size: 1, generation: 'g' })).rejects.toThrow()
  })
}

const optionsOf = (): StoreOptions => ({ embeddings: model, dimensions: model.dimensions, documentOf })

describe.each(STORE_NAMES)('the store %s', (name) => {
  contract(async () => (await storeOf(name)).kind.create(optionsOf()), { cosine: 5, vector: 6 })
  inFiles(name, async () => (await storeOf(name)).kind)
})

/** Stores of LangChain, by what the score of a row means in them. */
const OUTSIDE: [string, () => VectorStoreIn][] = [
  ['memory, whose score is the cosine', () => new MemoryVectorStore(model)],
  ['HNSWLib, whose score is a distance', () => new HNSWLib(model, { space: 'l2' })],
  ['one that gives its rows in any order', () => backwards(new MemoryVectorStore(model))],
]

/** The nearest last, with a score that means nothing. */
function backwards(store: VectorStoreIn): VectorStoreIn {
  return {
    addVectors: (vectors, documents, options) => store.addVectors(vectors, documents, options),
    similaritySearchVectorWithScore: async (query, k) => (await store.similaritySearchVectorWithScore(query, k)).reverse().map(([row]) => [row, 7]),
    delete: () => Promise.reject(new Error('cannot')),
  }
}

describe.each(OUTSIDE)('the store langchain in %s', (_, make) => {
  contract(async () => new LangChainStore(make(), await FlatStore.create(optionsOf()), { ...optionsOf(), generation: 'g' }), { cosine: 5, vector: 6 })
  inFiles('langchain', async () => langchain(make()))
})

describe.each(DATABASES)('the store in %s', (name, make) => {
  // Half precision, as the index over the vectors has it.
  contract(async () => new PostgresStore(model, { database: await indexed(name, make), generation: 1, size: 0, documentOf }), { cosine: 3, vector: 3 })
})

/** A database as a first generation leaves it. PGlite takes half a minute to put what is added here into a graph: the other tests have one there. */
async function indexed(name: string, make: () => Promise<string>): Promise<Database> {
  const database = await recordDatabase(make)
  if (name !== 'PGlite') await database.session((session) => makeIndexes(session, model.dimensions))
  return database
}
