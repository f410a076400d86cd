import { HNSWLib } from '@langchain/community/vectorstores/hnswlib'
import { Document } from '@langchain/core/documents'
import { FakeEmbeddings } from '@langchain/core/utils/testing'

// Saves a vector store over itself, again and again, as a tutorial has it. Every document and the vectors of one save are of the same round.
const [folder = '', rounds] = process.argv.slice(2)
for (let round = 1; round <= Number(rounds); round++) {
  const store = new HNSWLib(new FakeEmbeddings(), { space: 'ip', numDimensions: 64 })
  const size = 400 + (round % 2) * 400
  const documents = Array.from({ length: size }, () => new Document({ pageContent: `round ${round} `.repeat(40) }))
  await store.addVectors(
    documents.map((_, i) => Array.from({ length: 64 }, (_, d) => Math.sin(i * 64 + d + round))),
    documents,
  )
  process.send?.('saving')
  await store.save(folder)
  process.send?.('saved')
}
process.disconnect?.()
