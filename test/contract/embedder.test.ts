import { setMaxListeners } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Embedder } from '../../index/embedders/embedder.ts'
import { LangChainEmbedder } from '../../index/embedders/langchain.ts'
import { TransformersEmbedder } from '../../index/embedders/transformers.ts'
import { EmbedderWhenNeeded } from '../../index/embedders/when-needed.ts'
import { bytesOfSigns } from '../../index/signs.mjs'
import { failureOf, onlyLangChain, embedder as shared } from '../fixtures.ts'

/** Every embedder that reads a model of this machine, by its name in the configuration. */
const EMBEDDERS: [string, () => Promise<Embedder>][] = [
  ['transformers', () => TransformersEmbedder.start()],
  ['transformers, two threads that start when they are needed', () => EmbedderWhenNeeded.of({ threads: 2 })],
]

const TOPICS = [
  { sentences: ['The harbour was dredged in May.', 'Ships wait for high water.'], question: 'When do boats enter the port?' },
  { sentences: ['Bread is baked from flour and water.', 'It rises for an hour.'], question: 'How long must dough rest?' },
  { sentences: ['The orchestra played a symphony.'], question: 'Which music was performed?' },
]

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, i) => sum + x * (b[i] as number), 0)

/** One that knows LangChain's calls only, over the same model; it has no vectors of tokens. */
const overLangChain = async () => LangChainEmbedder.start({ embeddings: onlyLangChain(await shared()), name: 'bge-small' })

function contract(start: () => Promise<Embedder>, { hasTokens = true } = {}): void {
  let embedder: Embedder
  beforeAll(async () => {
    embedder = await start()
  })
  afterAll(() => embedder.close())

  const expectVector = (vector: Float32Array | undefined) => {
    expect(vector).toBeInstanceOf(Float32Array)
    expect(vector).toHaveLength(embedder.dimensions)
    expect(Math.abs(Math.hypot(...(vector as Float32Array)) - 1)).toBeLessThan(1e-3)
  }

  it('gives a vector of length 1 for a passage, each of its sentences, and a question', async () => {
    const { passage, sentences } = await embedder.embedPassage({ sentences: ['One.', 'Two is more.', '—', ''] })
    expect(sentences).toHaveLength(4)
    for (const vector of [passage, ...sentences, await embedder.embedQuestion('Which?')]) expectVector(vector)
  })

  it('reads an empty list of sentences and an empty question', async () => {
    const { passage, sentences } = await embedder.embedPassage({ sentences: [] })
    expect(sentences).toEqual([])
    expectVector(passage)
    expectVector(await embedder.embedQuestion(''))
  })

  it('gives the same vectors for the same words', async () => {
    const passage = { sentences: ['The harbour was dredged.', 'It cost five million.'] }
    expect(await embedder.embedPassage(passage)).toEqual(await embedder.embedPassage(passage))
    expect(await embedder.embedQuestion('Why?')).toEqual(await embedder.embedQuestion('Why?'))
  })

  it('puts a question nearest to its own topic', async () => {
    const passages = await Promise.all(TOPICS.map((topic) => embedder.embedPassage(topic)))
    for (const [i, { question }] of TOPICS.entries()) {
      const vector = await embedder.embedQuestion(question)
      const cosines = passages.map(({ passage }) => dot(passage, vector))
      expect(cosines.indexOf(Math.max(...cosines))).toBe(i)
    }
  })

  it('puts a question nearest to its own sentence of a passage', async () => {
    const { sentences } = await embedder.embedPassage({ sentences: TOPICS.flatMap((topic) => topic.sentences) })
    const vector = await embedder.embedQuestion('Which music was performed?')
    const cosines = sentences.map((sentence) => dot(sentence, vector))
    expect(cosines.indexOf(Math.max(...cosines))).toBe(4)
  })

  it('cuts a passage and a question that are too long, and refuses neither', async () => {
    const long = 'The harbour was dredged in May. '.repeat(400)
    const { passage, sentences } = await embedder.embedPassage({ sentences: [long, long] })
    for (const vector of [passage, ...sentences, await embedder.embedQuestion(long)]) expectVector(vector)
  })

  it('gives the tokens of each sentence in context, none for a sentence without any', async () => {
    const { sentences, tokens } = await embedder.embedPassage({ sentences: ['One.', 'Two is more.', ''] })
    const width = bytesOfSigns(embedder.dimensions)
    expect(tokens.map((signs) => signs.length % width)).toEqual([0, 0, 0])
    const [one = 0, two = 0, none] = tokens.map((signs) => signs.length / width)
    expect([one > 0, two > one, none]).toEqual([hasTokens, hasTokens, 0])
    expect(sentences).toHaveLength(3)
  })

  it('gives a question its vector and the tokens of each of its words in one pass', async () => {
    const { question, words } = await embedder.embedWords('“When” did it re-open, in 2024?')
    expect(question).toEqual(await embedder.embedQuestion('“When” did it re-open, in 2024?'))
    expect(words.map((rows) => rows.length / embedder.dimensions)).toEqual(hasTokens ? [1, 1, 1, 1, 1, 1, expect.any(Number)] : [])
    expect((await embedder.embedWords('?!')).words).toEqual([])
  })

  it('counts the tokens of a text, more for more words', async () => {
    const count = await embedder.tokenCounter()
    expect([count(''), count('harbour')]).toEqual([0, 1])
    expect(count('The harbour was dredged.')).toBeGreaterThanOrEqual(5)
    expect(embedder.maxTokens).toBeGreaterThan(100)
  })

  it('takes back a call that waits when its signal is aborted, and no other', async () => {
    const stop = new AbortController()
    const running = Array.from({ length: 4 }, () => embedder.embedPassage({ sentences: ['Some words. '.repeat(100)] }))
    const waiting = embedder.embedPassage({ sentences: ['Never.'] }, stop.signal)
    stop.abort()
    await expect(waiting).rejects.toBe(stop.signal.reason)
    await expect(embedder.embedQuestion('Never', stop.signal)).rejects.toBe(stop.signal.reason)
    for (const { passage } of await Promise.all(running)) expectVector(passage)
  })

  it('does no work for calls that were taken back', async () => {
    const stop = new AbortController()
    setMaxListeners(0, stop.signal)
    const waiting = Array.from({ length: 200 }, () => embedder.embedPassage({ sentences: ['Some words. '.repeat(160)] }, stop.signal).catch(() => null))
    stop.abort()
    const start = performance.now()
    await Promise.all([...waiting, embedder.embedPassage({ sentences: ['Now.'] })])
    // One of them takes about .1 s.
    expect(performance.now() - start).toBeLessThan(3000)
  })

  it('answers a question before the passages that wait', async () => {
    const order: string[] = []
    const passages = Array.from({ length: 12 }, () => embedder.embedPassage({ sentences: ['Some words. '.repeat(50)] }).then(() => order.push('passage')))
    await embedder.embedQuestion('Now?').then(() => order.push('question'))
    await Promise.all(passages)
    // A thread holds two; while one comes to the question, another may take some more. In turn it would be the last.
    expect(order.indexOf('question')).toBeLessThanOrEqual(8)
  })

  it('serves LangChain with the same vectors', async () => {
    const [document] = await embedder.embedDocuments(['One.'])
    expect(document).toEqual([...(await embedder.embedPassage({ sentences: ['One.'] })).passage])
    expect(await embedder.embedQuery('Why?')).toEqual([...(await embedder.embedQuestion('Why?'))])
    expect(await embedder.embedDocuments([])).toEqual([])
  })

  it('finishes what runs, and fails what waits and what comes once it is closed', async () => {
    const closed = await start()
    const calls = Array.from({ length: 8 }, () => closed.embedPassage({ sentences: ['Some words. '.repeat(100)] }))
    const settled = Promise.allSettled(calls)
    await closed.close()
    const outcomes = (await settled).map((call) => (call.status === 'fulfilled' ? 'done' : (call.reason as { code: string }).code))
    // Each thread has one at work and the next one.
    expect(outcomes.filter((outcome) => outcome === 'done').length).toBeLessThanOrEqual(4)
    expect(outcomes.at(-1)).toBe('EMBEDDER_FAILED')
    expect((await failureOf(closed.embedQuestion('Why?'))).code).toBe('EMBEDDER_FAILED')
    await closed.close()
  })
}

describe.each(EMBEDDERS)('the embedder %s', (_, start) => {
  contract(start)
})

describe('any embeddings of LangChain', () => {
  contract(overLangChain, { hasTokens: false })
})

it('has the same fingerprint for the same model, whatever the number of threads', async () => {
  const embedders = await Promise.all(EMBEDDERS.map(([, start]) => start()))
  expect(new Set(embedders.map((e) => e.fingerprint)).size).toBe(1)
  await Promise.all(embedders.map((e) => e.close()))
})
