import { batches } from '../batches.ts'
import type { Generation } from '../generation.ts'
import { openOriginal } from '../original.ts'
import { sha256OfText } from '../sha256.ts'
import type { Original, RecordedSource, StoredSource } from '../stored-sources.ts'
import type { Skipped } from '../types.ts'
import type { HeldSession } from './held.ts'
import { VERSIONS } from './planned-file.ts'
import { insertSources, type NewSource, nextSources, plain } from './rows.ts'

/** Passages that are written in one statement, or those of one source more. */
const TOGETHER = 256

/** A file of a generation in a folder, whose sources stand in a row there. */
export interface ImportedFile {
  path: string
  /** Tells all that is recorded of its sources. */
  key: string
  original: Original
  skipped: Skipped[]
  firstSource: number
  sources: number
  passages: number
  textBytes: number
}

export function filesOf({ sources }: Generation): ImportedFile[] {
  const files: ImportedFile[] = []
  for (const [number, source] of sources.entries()) {
    const { path, original, origin, passages, textBytes } = source
    const filePath = origin.part === undefined ? path : path.slice(0, -origin.part.length - 1)
    const last = files.at(-1)
    const file: ImportedFile =
      last?.path === filePath ? last : { path: filePath, key: VERSIONS, original, skipped: [], firstSource: number, sources: 0, passages: 0, textBytes: 0 }
    if (file !== last) files.push(file)
    file.key = sha256OfText(`${file.key} ${JSON.stringify(recorded(source))}`)
    for (const { part, skip } of origin.skipped ?? []) if (skip) file.skipped.push({ path: `${filePath}#${part}`, ...skip })
    file.sources++
    file.passages += passages
    file.textBytes += textBytes
  }
  return files
}

/** Writes files with all that belongs to them, and their bytes where they are still there, in one transaction: they are done, and no worker looks at them. */
export async function insertFiles(session: HeldSession, born: number, generation: Generation, files: ImportedFile[]): Promise<void> {
  const originals = await originalsOf(session, files)
  await session.transaction(async () => {
    for (const [sha256, bytes] of originals)
      await session.run('INSERT INTO onrecord.originals (sha256, bytes) VALUES ($1, $2) ON CONFLICT DO NOTHING', [sha256, bytes])
    const rows = await session.rows<{ file: number; key: string }>(
      `INSERT INTO onrecord.files (path, key, sha256, bytes, passages, skipped, born, state)
        SELECT *, $7, 'done' FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::int[], $6::text[]) RETURNING file, key`,
      [
        files.map(({ path }) => plain(path)),
        files.map(({ key }) => key),
        files.map(({ original }) => original.sha256),
        files.map(({ original }) => original.bytes),
        files.map(({ passages }) => passages),
        files.map(({ skipped }) => (skipped.length > 0 ? JSON.stringify(skipped) : null)),
        born,
      ],
    )
    const fileOf = new Map(rows.map(({ key, file }) => [key, file]))
    const sources = files.flatMap(({ key, firstSource, sources }) =>
      Array.from({ length: sources }, (_, position) => ({ file: fileOf.get(key) as number, position, place: firstSource + position })),
    )
    for (const some of batches(sources, [{ of: ({ place }) => generation.source(place).passages, reach: TOGETHER }])) {
      const numbers = await nextSources(session, some.length)
      await insertSources(
        session,
        born,
        some.map(({ place, ...about }, i) => ({ number: numbers[i] as number, ...about, ...contentOf(generation, place) })),
      )
    }
  })
}

/** The bytes of files that are as they were indexed, and that the database does not have, by their sha256. */
async function originalsOf(session: HeldSession, files: ImportedFile[]): Promise<Map<string, Buffer>> {
  const rows = await session.rows<{ sha256: string }>('SELECT sha256 FROM onrecord.originals WHERE sha256 = ANY($1::text[])', [
    files.map(({ original }) => original.sha256),
  ])
  const held = new Set(rows.map(({ sha256 }) => sha256))
  const found = new Map<string, Buffer>()
  for (const { original } of files) {
    const { sha256 } = original
    if (held.has(sha256) || found.has(sha256)) continue
    const stream = await openOriginal(original)
    // It may be written to while it is read.
    const bytes = await stream?.toArray().catch(() => null)
    if (bytes) found.set(sha256, Buffer.concat(bytes))
  }
  return found
}

function contentOf(generation: Generation, number: number): Pick<NewSource, 'source' | 'text' | 'passages' | 'vectors'> {
  const stored = generation.source(number)
  const numbers = generation.passagesOf(stored)
  return {
    source: recorded(stored),
    text: generation.text(number),
    passages: numbers.map((passage) => {
      const { start, end, sentences } = generation.passage(passage)
      return { start, end, sentences }
    }),
    vectors: numbers.map((passage) => ({ passage: generation.store.vectorOf(passage), ...generation.sentencesOf(passage) })),
  }
}

/** What is recorded of a source, in the order in which indexing writes it. */
function recorded(stored: StoredSource): RecordedSource {
  const { textAt: _, textBytes: __, firstPassage: ___, passages: ____, group: _____, original, origin, pages, moments, ...facts } = stored
  return { ...facts, statements: stored.statements, original, origin, pages, moments }
}
