import { availableParallelism } from 'node:os'
import { EmbedderWhenNeeded } from '../index/embedders/when-needed.ts'
import type { OnRecordError } from '../index/errors.ts'
import { LoaderPool } from '../index/loader-pool.ts'
import { Database } from '../index/postgres/connection.ts'
import type { Config } from '../server/config.ts'

/** Connections at a time: a worker and a planner do everything over one. */
const CONNECTIONS = 2

/** What indexing into a database needs. */
export interface Indexing {
  database: Database
  embedder: EmbedderWhenNeeded
  loaders: LoaderPool
}

/** Runs something with the settings' database and model, and with what reads documents; ends all of it afterwards. Throws DATABASE_... or MODEL_... */
export async function withDatabase<T>(
  { config, workers = availableParallelism(), name, signal }: { config: Config; workers?: number | undefined; name: string; signal: AbortSignal },
  run: (indexing: Indexing) => Promise<T>,
): Promise<T> {
  const database = await Database.open(config.DATABASE_URL, { most: CONNECTIONS, name })
  const loaders = new LoaderPool()
  // A document that is being read is not waited for.
  signal.addEventListener('abort', () => loaders.close())
  let embedder: EmbedderWhenNeeded | undefined
  try {
    embedder = await EmbedderWhenNeeded.of({ model: config.EMBEDDING_MODEL, threads: workers, download: config.MODEL_DOWNLOAD })
    return await run({ database, embedder, loaders })
  } finally {
    loaders.close()
    await embedder?.close()
    await database.close()
  }
}

/** Says on stderr that the database went, and that it is there again. */
export function lossTold(command: string): (error: OnRecordError | null) => void {
  return (error) => console.error(`onrecord ${command}: ${error ? `${error.what} It is waited for.` : 'The database is there again.'}`)
}
