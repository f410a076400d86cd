import { join } from 'node:path'
import { Document } from '@langchain/core/documents'
import { RunnableLambda } from '@langchain/core/runnables'
import { FakeEmbeddings, FakeVectorStore } from '@langchain/core/utils/testing'
import { describe, expect, it } from 'vitest'
import { verify } from '../../answer/verify.ts'
import { checkSpans } from '../../index/check.ts'
import { buildIndex, type DocumentsIn, type OnRecord, type OpenOptions, openRecord } from '../../library/index.ts'
import { afterFile } from '../after.ts'
import { CORPUS, corpusIndex, documents, embedder, failureOf, onlyLangChain, openedCorpus, openedIndex, temporaryFolder } from '../fixtures.ts'
import { problemIn, serve } from '../served.ts'

const newIndex = async () => join(await temporaryFolder(), 'index')
const embeddings = async () => ({ embeddings: onlyLangChain(await embedder()), name: 'bge-small' })

async function opened(options: OpenOptions): Promise<OnRecord> {
  const record = await openRecord(options)
  afterFile(() => record.close())
  return record
}

/** A record of documents that are handed over, made and asked with LangChain's calls only. */
async function recordOf(given: DocumentsIn) {
  const index = await newIndex()
  const report = await buildIndex({ documents: given, index, embeddings: await embeddings() })
  return { index, report, record: await opened({ index, embeddings: await embeddings() }) }
}

const HARBOUR = 'The harbour was dredged in May 2025. “It cost five million pounds,” said Ruth Ferrand, the engineer.\n\nBread is baked from flour and water.'

describe('a record', () => {
  it('answers as the command line does, with links that the caller makes', async () => {
    const index = await corpusIndex()
    const record = await opened({ index, linkTo: (source, { start }) => `https://town.example/${source}#${start}` })
    const { status, citations, degraded } = await record.ask('How much water is left on top of the bar when the sea is at its lowest?', { limit: 2 })
    expect([status, degraded]).toEqual(['answered', false])
    expect(citations[0]?.quote).toContain('1.8 metres of water over the Nose')
    expect(citations[0]?.link).toBe(`https://town.example/${citations[0]?.source.id}#${citations[0]?.start}`)
    expect(citations.length).toBeLessThanOrEqual(2)
  })

  it.each([
    ['question must not be empty', ' ', {}],
    ['question: must be text', { question: 'Why?' }, {}],
    ['There is no option filters.speakr', 'Why?', { filters: { speakr: 'Ferrand' } }],
    ['filters.after: must be YYYY, YYYY-MM or YYYY-MM-DD', 'Why?', { filters: { after: 'last week' } }],
    ['There is no option citations', 'Why?', { citations: 3 }],
    ['limit: ', 'Why?', { limit: 0 }],
  ])('refuses what is wrong with a question, and names it: %s', async (reason, question, options) => {
    const record = await opened({ index: await corpusIndex() })
    const { code, message } = await failureOf(record.ask(question as string, options as object))
    expect([code, message.replace(': must not', ' must not')]).toEqual(['USAGE', expect.stringContaining(reason)])
    if (!('limit' in options) && !('citations' in options)) expect((await failureOf(record.search(question as string, options as object))).code).toBe('USAGE')
  })

  it('keeps to its threshold', async () => {
    const record = await opened({ index: await corpusIndex(), threshold: 0.9999999 })
    expect((await record.ask('How much water is left on top of the bar when the sea is at its lowest?')).status).toBe('not-on-record')
  })

  it('finds passages whose text stands at their offsets, best first, within filters', async () => {
    const record = await opened({ index: await corpusIndex() })
    const found = await record.search('dredging of the harbour', { k: 4 })
    expect(found).toHaveLength(4)
    const generation = await openedCorpus()
    for (const { pageContent, metadata } of found) {
      const { citation, start, end } = metadata
      expect(citation.quote).toBe(pageContent)
      expect((await verify(generation, { source: citation.source.id, start, end, quote: pageContent, sha256: citation.source.sha256 })).verified).toBe(true)
    }
    const scores = found.map(({ metadata }) => metadata.score)
    expect(scores).toEqual([...scores].sort((a, b) => b - a))
    const filtered = await record.search('dredging of the harbour', { filters: { source: 'council/' } })
    expect(filtered.length).toBeGreaterThan(0)
    expect(filtered.filter(({ metadata }) => !metadata.source.startsWith('corpus/council/'))).toEqual([])
  })

  it('is a retriever in a chain of LangChain, whose documents name who speaks', async () => {
    const record = await opened({ index: await corpusIndex() })
    const chain = record.asRetriever({ k: 3 }).pipe(RunnableLambda.from((found: Document[]) => found.map((one) => one.metadata.citation.statements)))
    const statements = await chain.invoke('How much water is left on top of the bar when the sea is at its lowest?')
    expect(statements).toHaveLength(3)
    expect(statements.flat().map(({ speaker }) => speaker)).toContainEqual(expect.stringContaining('Ferrand'))
  })

  it('gives every passage, to fill a store of LangChain with', async () => {
    const record = await opened({ index: await corpusIndex() })
    const all: Document[] = []
    for await (const one of record.documents()) all.push(one)
    expect(all).toHaveLength((await openedCorpus()).passageCount)
    const store = await FakeVectorStore.fromDocuments(all.slice(0, 5), new FakeEmbeddings())
    expect((await store.similaritySearch('x', 1))[0]?.metadata.citation.quote).toEqual(expect.any(String))
  })

  it('lists its sources, gives one with its text, and verifies a quote of it', async () => {
    const record = await opened({ index: await corpusIndex() })
    const [first] = await record.sources()
    expect(await record.sources()).toHaveLength(14)
    const source = await record.source(first?.id ?? '')
    expect(source).toMatchObject({ path: first?.path, text: expect.stringMatching(/\w/), statements: expect.any(Array) })
    expect(await record.source('none')).toBeNull()
    const claim = { source: first?.id ?? '', start: 0, end: 5 }
    expect(await record.verify({ ...claim, quote: source?.text.slice(0, 5) ?? '' })).toEqual({ verified: true, reason: null })
    expect(await record.verify({ ...claim, quote: 'never' })).toMatchObject({ verified: false })
  })

  it('finishes what was asked when it is closed, and refuses what comes after', async () => {
    const record = await openRecord({ index: await corpusIndex() })
    const asked = record.ask('What was dredged?')
    await record[Symbol.asyncDispose]()
    expect((await asked).question).toBe('What was dredged?')
    expect((await failureOf(record.ask('What?'))).code).toBe('RECORD_CLOSED')
    expect((await failureOf(record.sources())).code).toBe('RECORD_CLOSED')
    expect((await failureOf(record.documents().next())).code).toBe('RECORD_CLOSED')
    await record.close()
  })

  it('gives a question up when its signal says so', async () => {
    const record = await opened({ index: await corpusIndex() })
    await expect(record.ask('What?', { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough')
  })

  it('says what is missing when there is no index', async () => {
    expect((await failureOf(openRecord({ index: await newIndex() }))).code).toBe('INDEX_MISSING')
  })
})

describe('an index of folders', () => {
  it('is made with the model that comes with the package, and told of', async () => {
    const index = await newIndex()
    let bytes = 0
    const report = await buildIndex({
      folders: [await documents({ 'a.md': HARBOUR, 'b.xyz': '' })],
      index,
      store: 'flat',
      threads: 1,
      onProgress: (done) => {
        bytes = done.bytes
      },
    })
    expect(report).toMatchObject({ sources: 1, passages: 1, embedded: 1, skipped: [{ path: 'docs/b.xyz', code: 'UNSUPPORTED' }], seconds: expect.any(Number) })
    expect(bytes).toBeGreaterThan(100)
    const record = await opened({ index })
    expect((await record.ask('When was the harbour dredged?')).citations[0]?.source).toMatchObject({ path: 'docs/a.md', publishedFrom: 'file' })
  })

  it('is stopped by its signal', async () => {
    const options = { folders: [CORPUS], index: await newIndex(), signal: AbortSignal.abort() }
    expect((await failureOf(buildIndex(options))).code).toBe('INTERRUPTED')
  })
})

describe('an index of documents of LangChain', () => {
  it('quotes them with the facts that their metadata holds', async () => {
    const metadata = {
      source: '/home/ann/minutes.md',
      title: 'Minutes',
      author: 'Ann',
      outlet: 'The Council',
      published: '2025-06-02',
      url: 'https://town.example/m',
    }
    const { record, report } = await recordOf([new Document({ pageContent: HARBOUR, metadata })])
    expect(report).toMatchObject({ sources: 1, skipped: [] })
    const { status, citations } = await record.ask('How much did it cost, according to the engineer?')
    expect(status).not.toBe('not-on-record')
    const [citation] = citations
    expect(citation?.source).toMatchObject({
      path: 'minutes.md',
      title: 'Minutes',
      author: 'Ann',
      outlet: 'The Council',
      published: '2025-06-02',
      publishedFrom: 'metadata',
      url: 'https://town.example/m',
      mediaType: 'text/plain',
    })
    expect(HARBOUR.slice(citation?.start, citation?.end)).toBe(citation?.quote)
    expect(citation?.statements[0]).toMatchObject({ speaker: 'Ruth Ferrand', role: expect.stringContaining('engineer') })
  })

  it('names what has no date, no outlet and no name, and tells those of one name apart', async () => {
    const { record } = await recordOf([
      { pageContent: HARBOUR },
      { pageContent: 'One.', metadata: { source: 'a' } },
      { pageContent: 'Two.', metadata: { source: 'a' } },
    ])
    expect((await record.sources()).map(({ path }) => path)).toEqual(['document-1', 'a', 'a#2'])
    expect((await record.sources())[0]).toMatchObject({ published: null, publishedFrom: null, outlet: null, url: null })
  })

  it('cites the page of a PDF that was loaded page by page', async () => {
    const page = (pageNumber: number, pageContent: string) => ({
      pageContent,
      metadata: { source: 'files/report.pdf', loc: { pageNumber }, pdf: { info: { Title: 'Report' } } },
    })
    const { record } = await recordOf([page(1, 'Bread is baked from flour.'), page(2, HARBOUR)])
    const [citation] = (await record.ask('When was the harbour dredged?')).citations
    expect(citation).toMatchObject({ page: 2, source: { path: 'files/report.pdf#page-2', title: 'Report' } })
  })

  it('takes a web address as the address of the source, and a date as a day', async () => {
    const { record } = await recordOf([{ pageContent: HARBOUR, metadata: { source: 'https://town.example/a.html', date: new Date('2025-05-03T10:00:00Z') } }])
    expect((await record.sources())[0]).toMatchObject({ path: 'https://town.example/a.html', url: 'https://town.example/a.html', published: '2025-05-03' })
  })

  it('takes them from a loader, and as they arrive', async () => {
    async function* arriving() {
      yield { pageContent: HARBOUR }
      yield { pageContent: 'Crabs walk sideways.' }
    }
    expect((await recordOf(arriving())).report.sources).toBe(2)
    expect((await recordOf({ load: async () => [new Document({ pageContent: HARBOUR })] })).report.sources).toBe(1)
  })

  it('skips and reports one without text, one that is too long, and repairs half a character', async () => {
    const { record, report } = await recordOf([
      { pageContent: `${HARBOUR}\ud83e` },
      { pageContent: ' ', metadata: { source: 'empty' } },
      { pageContent: 'x'.repeat(20_000_001), metadata: { source: 'long' } },
    ])
    expect(report.skipped.map(({ path, code }) => [path, code])).toEqual([
      ['empty', 'EMPTY'],
      ['long', 'TOO_LARGE'],
    ])
    expect((await record.source((await record.sources())[0]?.id ?? ''))?.text).toBe(`${HARBOUR}\ufffd`)
  })

  it('holds folders and documents together, and neither takes the other for its own', async () => {
    const index = await newIndex()
    const given = [{ pageContent: 'Crabs walk sideways.', metadata: { source: 'docs/a.md' } }]
    await buildIndex({ folders: [await documents({ 'a.md': HARBOUR })], documents: given, index, threads: 1 })
    expect((await (await opened({ index })).sources()).map(({ path }) => path)).toEqual(['docs/a.md', 'docs/a.md#2'])
  })

  it('embeds nothing again that is the same, and everything that is not', async () => {
    const index = await newIndex()
    const one = { pageContent: HARBOUR, metadata: { source: 'a' } }
    const made = async (documents: DocumentsIn) => (await buildIndex({ documents, index, embeddings: await embeddings() })).embedded
    expect(await made([one])).toBe(1)
    expect(await made([one])).toBe(0)
    expect(await made([{ ...one, metadata: { source: 'a', title: 'Another title' } }])).toBe(0)
    expect((await (await opened({ index, embeddings: await embeddings() })).sources())[0]?.title).toBe('Another title')
    expect(await made([one, { pageContent: 'Crabs walk sideways.' }])).toBe(1)
  })

  it('is served, verified and whole like any other, but for the originals, which are gone', async () => {
    const index = await newIndex()
    const loc = { pageNumber: 3 }
    await buildIndex({ documents: [{ pageContent: HARBOUR, metadata: { source: 'a.pdf', loc } }], index, threads: 1 })
    expect(await checkSpans((await openedIndex(index)).generation)).toEqual([])
    const server = await serve(index)
    const { status, citations } = await server.ask('When was the harbour dredged?')
    expect([status, citations[0]?.page, citations[0]?.source.published]).toEqual(['answered', 3, null])
    const gone = await server.send(`/api/sources/${citations[0]?.source.id}/file`)
    expect(problemIn(gone)).toMatchObject({ status: 410, type: 'urn:onrecord:problem:file-gone' })
  })

  it('refuses what is no document, and nothing at all', async () => {
    const index = await newIndex()
    expect((await failureOf(buildIndex({ documents: [{ text: 'x' } as never], index }))).code).toBe('USAGE')
    expect((await failureOf(buildIndex({ index }))).code).toBe('NOTHING_INDEXED')
  })
})

describe('embeddings of LangChain', () => {
  it('answer what is on record and refuse what is not, without vectors of tokens', async () => {
    const index = await newIndex()
    await buildIndex({ folders: [CORPUS], index, embeddings: await embeddings() })
    const record = await opened({ index, embeddings: await embeddings() })
    const { status, citations } = await record.ask('How many boats fish from the Pool?')
    expect(status).toBe('answered')
    expect(citations[0]?.quote).toMatch(/\bboats\b/)
    for (const question of ['Who won the World Cup in 1998?', 'How is sourdough bread baked?'])
      expect((await record.ask(question)).status).toBe('not-on-record')
    expect((await failureOf(openRecord({ index }))).code).toBe('INDEX_OTHER_MODEL')
  })

  it('are told from others by the model they name, or by a name that is given', async () => {
    const index = await newIndex()
    const fake = (model?: string) => Object.assign(new FakeEmbeddings(), model && { model })
    expect((await failureOf(buildIndex({ documents: [{ pageContent: 'One.' }], index, embeddings: fake() }))).code).toBe('CONFIG_INVALID')
    await buildIndex({ documents: [{ pageContent: 'One.' }], index, embeddings: fake('a') })
    expect(await (await opened({ index, embeddings: fake('a') })).sources()).toHaveLength(1)
    expect((await failureOf(openRecord({ index, embeddings: fake('b') }))).code).toBe('INDEX_OTHER_MODEL')
    expect((await failureOf(openRecord({ index, embeddings: { embeddings: fake('a'), dimensions: 8 } }))).code).toBe('INDEX_OTHER_MODEL')
  })

  it.each<[string, number[][]]>([
    ['fewer vectors than texts', []],
    ['a vector of another length', [[1, 2]]],
    ['what is no number', [[1, Number.NaN, 0, 0]]],
  ])('that give %s fail, and nothing is indexed', async (_, vectors) => {
    const broken = { embedQuery: async () => [1, 0, 0, 0], embedDocuments: async () => vectors }
    const failure = await failureOf(
      buildIndex({ documents: [{ pageContent: 'One.' }], index: await newIndex(), embeddings: { embeddings: broken, name: 'broken' } }),
    )
    expect(failure.code).toBe('EMBEDDER_FAILED')
  })

  it('that reach nobody fail with their own reason', async () => {
    const unreachable = { embedQuery: () => Promise.reject(new Error('no route to host')), embedDocuments: async () => [] }
    const failure = await failureOf(openRecord({ index: await corpusIndex(), embeddings: { embeddings: unreachable, name: 'far' } }))
    expect([failure.code, failure.message]).toEqual(['EMBEDDER_FAILED', expect.stringContaining('no route to host')])
  })
})
