import { setMaxListeners } from 'node:events'
import { type BuildReport, interrupted } from '../build.ts'
import { Digests } from '../digests.ts'
import { type Listed, list } from '../documents.ts'
import type { Embedder } from '../embedders/embedder.ts'
import { OnRecordError } from '../errors.ts'
import type { LoaderPool } from '../loader-pool.ts'
import type { Progress } from '../pipeline.ts'
import { beginGeneration } from './building.ts'
import { Identity } from './claims.ts'
import { commit } from './commit.ts'
import type { Database } from './connection.ts'
import { type HeldSession, PLANNER } from './held.ts'
import { plan } from './plan.ts'
import { Queue } from './queue.ts'
import { overAndOver } from './reconnect.ts'
import { removeDead } from './removal.ts'
import { migrate } from './schema.ts'
import { Worker } from './worker.ts'

/** Time between two looks at how far all workers have come, in ms. */
const LOOK = 1000
/** Times that a lock is asked for, and the time between, in ms: of a connection that was lost the server may not know yet. */
const LOCK = { times: 10, every: 500 }

export interface DatabaseBuildOptions {
  folders: string[]
  embedder: Embedder
  loaders: LoaderPool
  signal: AbortSignal
  digests?: Digests
  onProgress?: ((progress: Progress) => void) | undefined
  /** Is told what is done once everything is indexed. */
  onStep?: ((step: string) => void) | undefined
  onLost?: ((error: OnRecordError | null) => void) | undefined
}

/**
 * Indexes folders into a new generation of the record in a database, together with all workers, and switches to it; where nothing has changed
 * there is none. What is the same as in the generation before stays as it is there; a build that was stopped goes on. Throws like `build`, and
 * DATABASE_...
 */
export async function buildInDatabase(database: Database, options: DatabaseBuildOptions): Promise<BuildReport> {
  const { signal, onLost, digests = new Digests() } = options
  const listed = await list(options.folders)
  setMaxListeners(0, signal)
  await migrate(database)
  const all = { ...options, digests, identity: new Identity() }
  try {
    return await overAndOver(database, { signal, onLost }, (session) => buildOver(session, listed, all))
  } catch (error) {
    throw signal.aborted ? interrupted() : error
  }
}

type Options = DatabaseBuildOptions & { digests: Digests; identity: Identity }

async function buildOver(session: HeldSession, listed: Listed, options: Options): Promise<BuildReport> {
  const { folders, embedder, signal, digests, onStep } = options
  await lockAsPlanner(session)
  const queue = await Queue.open(session)
  const building = await beginGeneration(session, embedder)
  const skipped = await plan({ session, queue, building, listed, digests, signal })
  await workTogether(session, queue, building.number, options)
  signal.throwIfAborted()
  const report = await commit(session, building, { folders, dimensions: embedder.dimensions, skipped, told: onStep })
  await removeDead(session, report.isNew ? building.number : building.number - 1)
  return report
}

/** Works on what is planned beside all other workers, until all of it is done. */
async function workTogether(session: HeldSession, queue: Queue, number: number, { embedder, loaders, signal, identity, onProgress }: Options): Promise<void> {
  const worker = await Worker.over(session, queue, { embedder, loaders, signal, identity })
  const tell = async () => onProgress?.(await progressOf(session, number))
  const timer = onProgress && setInterval(() => tell().catch(() => {}), LOOK)
  try {
    await worker.run({ untilIdle: true })
    await tell()
  } finally {
    clearInterval(timer)
  }
}

async function progressOf(session: HeldSession, number: number): Promise<Progress> {
  const [row] = await session.rows<Progress>(
    `SELECT coalesce(sum(passages), 0)::bigint AS passages, coalesce(sum(bytes) FILTER (WHERE state <> 'planned'), 0)::bigint AS bytes,
      coalesce(sum(bytes), 0)::bigint AS "totalBytes" FROM onrecord.files WHERE born = $1`,
    [number],
  )
  return row as Progress
}

/** Waits a little for whoever plans to end. Throws INDEX_LOCKED. */
export async function lockAsPlanner(session: HeldSession): Promise<void> {
  for (let time = 1; !(await session.lock(PLANNER)); time++) {
    if (time === LOCK.times)
      throw new OnRecordError(
        'INDEX_LOCKED',
        'Another process plans a generation of the record in this database.',
        'Wait until it has ended; to help it, run: onrecord worker.',
      )
    await new Promise((resolve) => setTimeout(resolve, LOCK.every))
  }
}
