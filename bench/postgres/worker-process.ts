import { once } from 'node:events'
import { LoaderPool } from '../../index/loader-pool.ts'
import { Database } from '../../index/postgres/connection.ts'
import { Queue } from '../../index/postgres/queue.ts'
import { overAndOver } from '../../index/postgres/reconnect.ts'
import { Worker } from '../../index/postgres/worker.ts'
import { StubEmbedder } from './stub.ts'

// A worker whose embedder is stubbed out, in a process of its own: URL MILLISECONDS [wait]. It ends when nothing is left; with `wait` it says
// that it is ready, and begins when it is told to.
const [url = '', milliseconds = '0', waits] = process.argv.slice(2)
const [database, loaders, signal] = [await Database.open(url, { most: 1, name: 'bench worker' }), new LoaderPool(1), new AbortController().signal]
const embedder = new StubEmbedder(Number(milliseconds))
if (waits) {
  loaders.warm()
  process.send?.('ready')
  await once(process, 'message')
}
await overAndOver(database, { signal }, async (session) => {
  await (await Worker.over(session, await Queue.open(session), { embedder, loaders, signal })).run({ untilIdle: waits !== undefined })
})
loaders.close()
await database.close()
process.disconnect?.()
