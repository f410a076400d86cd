import { availableParallelism } from 'node:os'
import { TransformersEmbedder } from '../../index/embedders/transformers.ts'
import { Database } from '../../index/postgres/connection.ts'
import { insertSources, nextSources } from '../../index/postgres/rows.ts'
import { frequentWords } from '../large/documents.ts'
import { CORPUS } from '../sample.ts'
import { Generated, sentencesIn } from './generated.ts'

/** Sources that are written in one transaction. */
const TOGETHER = 20

// Writes generated sources into a generation that is being built: URL NUMBER FROM TO. Tells over IPC how many passages are written, and the most memory that it had.
const [url = '', born = '', from = '', to = ''] = process.argv.slice(2)
const model = await TransformersEmbedder.start({ threads: availableParallelism() })
const generated = await Generated.of(await frequentWords(), await sentencesIn(CORPUS), model)
await model.close()
const database = await Database.open(url, { most: 1 })
for (let first = Number(from); first < Number(to); first += TOGETHER) {
  const sources = Array.from({ length: Math.min(TOGETHER, Number(to) - first) }, (_, i) => generated.source(first + i))
  await database.inTransaction(async (session) => {
    const files = await session.rows<{ file: number }>(
      `INSERT INTO onrecord.files (path, key, sha256, born, state) SELECT path, path, sha256, $3, 'done' FROM unnest($1::text[], $2::text[]) AS row (path, sha256) RETURNING file`,
      [sources.map(({ source }) => source.path), sources.map(({ source }) => source.original.sha256), Number(born)],
    )
    const numbers = await nextSources(session, sources.length)
    await insertSources(
      session,
      Number(born),
      sources.map((one, i) => ({ ...one, number: numbers[i] as number, file: files[i]?.file as number, position: 0 })),
    )
  })
  process.send?.({ passages: sources.reduce((sum, { passages }) => sum + passages.length, 0), peak: process.resourceUsage().maxRSS * 1024 })
}
await database.close()
process.disconnect?.()
