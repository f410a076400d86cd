import { LoaderPool } from '../../index/loader-pool.ts'
import { buildInDatabase } from '../../index/postgres/build.ts'
import { Database } from '../../index/postgres/connection.ts'
import { StubEmbedder } from './stub.ts'

// Indexes a folder into a database with the embedder stubbed out, in a process of its own, which works, too: URL FOLDER MILLISECONDS. The report is told over IPC.
const [url = '', folder = '', milliseconds = '0'] = process.argv.slice(2)
const [database, loaders] = [await Database.open(url, { most: 1, name: 'bench index' }), new LoaderPool(1)]
const embedder = new StubEmbedder(Number(milliseconds))
const steps: Record<string, number> = {}
const report = await buildInDatabase(database, {
  folders: [folder],
  embedder,
  loaders,
  signal: new AbortController().signal,
  onStep: (step) => {
    steps[step] = Math.round(performance.now() / 100) / 10
  },
})
loaders.close()
await database.close()
process.send?.({ ...report, steps })
process.disconnect?.()
