import { expect, it } from 'vitest'
import { reranking } from '../../answer/rerank.ts'
import type { Reranker } from '../../answer/rerankers/reranker.ts'
import { FolderHome } from '../../index/home.ts'
import { LiveRecord } from '../../server/record.ts'
import { corpusIndex, embedder } from '../fixtures.ts'
import { serveCorpus, serveRecord } from '../served.ts'

const BOATS = 'How many boats fish from the Pool?'

it('a server with a reranker answers in its order, and goes on without it when it fails', async () => {
  let failing = false
  const told: unknown[] = []
  const reranker: Reranker = {
    fingerprint: 'test',
    scores: async (_, texts) => {
      if (failing) throw new Error('the thread ended')
      return texts.map((_, i) => i)
    },
    close: async () => {},
  }
  const record = new LiveRecord(new FolderHome(await corpusIndex()), await embedder(), { rerank: reranking(reranker, (error) => told.push(error)) })
  await record.start()
  const [without, server] = [await serveCorpus(), await serveRecord(record)]
  const quotes = async (from: typeof server) => (await from.ask(BOATS)).citations.map((citation) => citation.quote)
  expect(await quotes(server)).not.toEqual(await quotes(without))
  failing = true
  for (let i = 0; i < 2; i++) expect(await quotes(server)).toEqual(await quotes(without))
  expect(told).toHaveLength(1)
  await record.close()
})
