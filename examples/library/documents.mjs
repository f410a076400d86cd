// Indexes documents of LangChain, as any of its loaders gives them: node documents.mjs "Question?"
import { Document } from '@langchain/core/documents'
import { buildIndex, openRecord } from 'onrecord'

const documents = [
  new Document({
    pageContent: 'The bridge will be closed in June, said Ada Lund, the town engineer. It was built in 1931.',
    metadata: { source: 'https://town.example/bridge', title: 'Bridge to close', outlet: 'The Town', published: '2025-05-02' },
  }),
  new Document({ pageContent: 'The library opens at nine.', metadata: { source: 'library.txt', author: 'Ann Holt' } }),
]
const { skipped } = await buildIndex({ documents, index: '.onrecord-documents' })
for (const { path, code, remedy } of skipped) console.error(`${path}: ${code}. ${remedy}`)

const record = await openRecord({ index: '.onrecord-documents', linkTo: (source, { start, end }) => `#${source}:${start}-${end}` })
const { citations } = await record.ask(process.argv[2] ?? 'When will the bridge be closed?')
for (const { quote, source, link } of citations) console.log(`${quote}\n  ${source.title}, ${source.url ?? source.path} ${link}`)
await record.close()
