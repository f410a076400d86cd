import { type BuildReport, interrupted } from '../build.ts'
import type { Embedder } from '../embedders/embedder.ts'
import type { Generation } from '../generation.ts'
import { openOriginal } from '../original.ts'
import type { RecordedSource, StoredSource } from '../stored-sources.ts'
import { lockAsPlanner } from './build.ts'
import { beginGeneration, dropGeneration } from './building.ts'
import { commit } from './commit.ts'
import type { Database } from './connection.ts'
import { HeldSession } from './held.ts'
import { removeDead } from './removal.ts'
import { insertSources, type NewSource, nextSources } from './rows.ts'
import { migrate } from './schema.ts'

/** Passages that are written at a time, or a few more. */
const TOGETHER = 512

export interface ImportOptions {
  embedder: Embedder
  signal?: AbortSignal | undefined
  /** Is told how many passages are written. */
  onProgress?: ((passages: number) => void) | undefined
  /** Is told what is done once all are. */
  onStep?: ((step: string) => void) | undefined
}

/**
 * Writes a generation of an index in a folder into a database, where it becomes the current one: nothing is read or embedded again. Throws
 * INDEX_LOCKED, INDEX_OTHER_MODEL, INTERRUPTED or DATABASE_...; then the record is as it was.
 */
export async function importGeneration(database: Database, generation: Generation, options: ImportOptions): Promise<BuildReport> {
  const { embedder, signal, onStep } = options
  await migrate(database)
  return database.session(async (connection) => {
    const session = await HeldSession.of(connection)
    await lockAsPlanner(session)
    try {
      const begun = await beginGeneration(session, embedder)
      // What a build that was stopped has written is of no use here.
      if (begun.isResumed) await dropGeneration(session, begun.number)
      const building = begun.isResumed ? await beginGeneration(session, embedder) : begun
      await session.run('UPDATE onrecord.files SET died = $1 WHERE died IS NULL AND born < $1', [building.number])
      try {
        await write(session, generation, building.number, options)
        if (signal?.aborted) throw interrupted()
      } catch (error) {
        await dropGeneration(session, building.number).catch(() => {})
        throw error
      }
      const report = await commit(session, building, { folders: [generation.directory], dimensions: embedder.dimensions, skipped: [], told: onStep })
      await removeDead(session, building.number)
      return report
    } finally {
      await session.unlockAll().catch(() => {})
    }
  })
}

async function write(session: HeldSession, generation: Generation, born: number, { signal, onProgress }: ImportOptions): Promise<void> {
  let written = 0
  for (const files of together(filesOf(generation.sources))) {
    if (signal?.aborted) return
    await session.transaction(async () => {
      const sources: NewSource[] = []
      for (const { first, count } of files) {
        const file = await writeFile(session, generation.source(first), born)
        const numbers = await nextSources(session, count)
        for (const [position, number] of numbers.entries()) sources.push({ number, file, position, ...contentOf(generation, first + position) })
      }
      await insertSources(session, born, sources)
      written += sources.reduce((sum, { passages }) => sum + passages.length, 0)
    })
    onProgress?.(written)
  }
}

/** Sources of one file that follow each other. */
interface FileSources {
  first: number
  count: number
  passages: number
}

function filesOf(sources: readonly StoredSource[]): FileSources[] {
  const files: FileSources[] = []
  for (const [number, { original, passages, origin }] of sources.entries()) {
    const [last, before] = [files.at(-1), sources[number - 1]]
    if (last && origin.part !== undefined && before?.original.file === original.file && before.original.sha256 === original.sha256) {
      last.count++
      last.passages += passages
    } else files.push({ first: number, count: 1, passages })
  }
  return files
}

function* together(files: FileSources[]): Generator<FileSources[]> {
  let some: FileSources[] = []
  let passages = 0
  for (const file of files) {
    some.push(file)
    passages += file.passages
    if (passages < TOGETHER) continue
    yield some
    ;[some, passages] = [[], 0]
  }
  if (some.length > 0) yield some
}

/** The file of a source, with its bytes where they are still there. Its key is none of a file's: the next build compares it anew, and embeds nothing of it again. */
async function writeFile(session: HeldSession, { path, original, origin }: StoredSource, born: number): Promise<number> {
  const stream = await openOriginal(original)
  const bytes = stream && Buffer.concat(await stream.toArray())
  if (bytes) await session.run('INSERT INTO onrecord.originals (sha256, bytes) VALUES ($1, $2) ON CONFLICT DO NOTHING', [original.sha256, bytes])
  const [row] = await session.rows<{ file: number }>(
    `INSERT INTO onrecord.files (path, key, sha256, bytes, born, state) VALUES ($1, $2, $3, $4, $5, 'done') RETURNING file`,
    [path, `imported ${origin.loader} ${original.sha256}`, original.sha256, original.bytes, born],
  )
  return row?.file as number
}

function contentOf(generation: Generation, number: number): Pick<NewSource, 'source' | 'text' | 'passages' | 'vectors'> {
  const stored = generation.source(number)
  const { textAt: _, textBytes: __, firstPassage, passages: count, group: ___, ...recorded } = stored
  // Statements are made when they are asked for, and are no field of its own.
  const source: RecordedSource = { ...recorded, statements: stored.statements }
  const numbers = Array.from({ length: count }, (_, i) => firstPassage + i)
  return {
    source,
    text: generation.text(number),
    passages: numbers.map((passage) => {
      const { start, end, sentences } = generation.passage(passage)
      return { start, end, sentences }
    }),
    vectors: numbers.map((passage) => ({ passage: generation.store.vectorOf(passage), ...generation.sentencesOf(passage) })),
  }
}
