import { batches } from '../batches.ts'
import type { BuildReport } from '../build.ts'
import { openIndex } from '../current.ts'
import type { Embedder } from '../embedders/embedder.ts'
import { OnRecordError } from '../errors.ts'
import type { Generation } from '../generation.ts'
import type { Progress } from '../pipeline.ts'
import { lockAsPlanner } from './build.ts'
import { beginGeneration } from './building.ts'
import { commit } from './commit.ts'
import type { Database } from './connection.ts'
import type { HeldSession } from './held.ts'
import { filesOf, type ImportedFile, insertFiles } from './imported-files.ts'
import { knownFiles, leaveOut } from './known-files.ts'
import { overAndOver } from './reconnect.ts'
import { removeDead } from './removal.ts'
import { migrate } from './schema.ts'

/** Passages, and bytes of files, that are written in one transaction, or one file more. */
const TOGETHER = [
  { of: ({ passages }: ImportedFile) => passages, reach: 256 },
  { of: ({ original }: ImportedFile) => original.bytes, reach: 8_000_000 },
]

export interface ImportOptions {
  /** The folder of the index. */
  index: string
  embedder: Embedder
  signal: AbortSignal
  /** The bytes are those of the texts. */
  onProgress?: ((progress: Progress) => void) | undefined
  onLost?: ((error: OnRecordError | null) => void) | undefined
}

export interface ImportReport extends BuildReport {
  /** Files that are gone or hold something else now: the record has their texts alone. */
  withoutFile: number
}

/**
 * Writes the current generation of an index in a folder into a database as a new generation of the record, and switches to it; nothing is embedded,
 * and no document is read. What an earlier import has written the same stays as it is there; one that was stopped goes on.
 * Throws INDEX_MISSING, INDEX_DAMAGED, INDEX_OTHER_MODEL, INDEX_OTHER_VERSION, INDEX_LOCKED, INTERRUPTED or DATABASE_...; then the record is as
 * it was.
 */
export async function importIndex(database: Database, options: ImportOptions): Promise<ImportReport> {
  const { index, embedder, signal, onLost } = options
  const { generation, degraded } = await openIndex(index, embedder)
  try {
    // An older generation stands in for one that is damaged: that is for answers meanwhile, and not to be moved.
    if (degraded) throw degraded
    await migrate(database)
    return await overAndOver(database, { signal, onLost }, (session) => importOver(session, generation, options))
  } catch (error) {
    throw signal.aborted ? interrupted() : error
  } finally {
    await generation.close()
  }
}

async function importOver(session: HeldSession, generation: Generation, options: ImportOptions): Promise<ImportReport> {
  const { index, embedder, signal, onProgress } = options
  await lockAsPlanner(session)
  const building = await beginGeneration(session, embedder)
  const known = await knownFiles(session, building)
  const gone = new Set(known.values())
  const files = filesOf(generation)
  const fresh: ImportedFile[] = []
  for (const file of files) {
    const before = known.get(file.key)
    if (before) gone.delete(before)
    else fresh.push(file)
  }
  await leaveOut(session, building, [...gone])
  const all = sizeOf(files)
  let left = sizeOf(fresh)
  for (const some of batches(fresh, TOGETHER)) {
    signal.throwIfAborted()
    await insertFiles(session, building.number, generation, some)
    const { passages, bytes } = sizeOf(some)
    left = { passages: left.passages - passages, bytes: left.bytes - bytes }
    onProgress?.({ passages: all.passages - left.passages, bytes: all.bytes - left.bytes, totalBytes: all.bytes })
  }
  signal.throwIfAborted()
  const report = await commit(session, building, { folders: [index], dimensions: embedder.dimensions, skipped: [] })
  await removeDead(session, report.isNew ? building.number : building.number - 1)
  return { ...report, withoutFile: await countWithoutFile(session) }
}

function sizeOf(files: ImportedFile[]): { passages: number; bytes: number } {
  return {
    passages: files.reduce((sum, { passages }) => sum + passages, 0),
    bytes: files.reduce((sum, { textBytes }) => sum + textBytes, 0),
  }
}

async function countWithoutFile(session: HeldSession): Promise<number> {
  const [row] = await session.rows<{ count: number }>(
    `SELECT count(*) AS count FROM onrecord.files WHERE state = 'done' AND died IS NULL
      AND NOT EXISTS (SELECT FROM onrecord.originals WHERE originals.sha256 = files.sha256)`,
  )
  return row?.count ?? 0
}

function interrupted(): OnRecordError {
  return new OnRecordError('INTERRUPTED', 'The import was interrupted.', 'The record is as it was before; run the command again: it goes on from there.')
}
