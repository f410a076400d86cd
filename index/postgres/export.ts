import { batches } from '../batches.ts'
import type { BuildReport } from '../build.ts'
import { DISK } from '../disk.ts'
import type { Embedder } from '../embedders/embedder.ts'
import { OnRecordError } from '../errors.ts'
import { GenerationWriter } from '../generation-writer.ts'
import { WriterLock } from '../lock.ts'
import type { Progress } from '../pipeline.ts'
import { sha256OfText } from '../sha256.ts'
import type { RecordedSource } from '../stored-sources.ts'
import type { StoredVectors } from '../stored-vectors.ts'
import type { StoreKind } from '../stores/store.ts'
import type { Passage } from '../types.ts'
import type { Database, Session } from './connection.ts'
import { damaged } from './content.ts'
import { otherModel } from './home.ts'
import { numbersOf } from './rows.ts'
import { checkSchema, noRecord } from './schema.ts'

/** All statements read the same generation, whatever becomes of it meanwhile. */
const SNAPSHOT = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'
/** Passages that are fetched at a time, or those of one source more, and sources. */
const TOGETHER = { passages: 256, sources: 256 }

export interface ExportOptions {
  /** The folder of the index. */
  index: string
  embedder: Embedder
  store: StoreKind
  signal: AbortSignal
  /** The bytes are those of the texts. */
  onProgress?: ((progress: Progress) => void) | undefined
}

/**
 * Writes the current generation of a record in a database into an index in a folder as a new generation, and switches to it; nothing is embedded.
 * Vectors of passages have the digits that the database has of them, all else is as it was indexed.
 * Throws INDEX_MISSING, INDEX_DAMAGED, INDEX_OTHER_MODEL, INDEX_LOCKED, INDEX_UNWRITABLE, INTERRUPTED or DATABASE_...; then the index is as it was.
 */
export async function exportRecord(database: Database, { index, embedder, store, signal, onProgress }: ExportOptions): Promise<BuildReport> {
  await checkSchema(database)
  await checkRecord(database, embedder)
  const lock = await WriterLock.take(index)
  try {
    const writer = await GenerationWriter.create({ index, embedder, kind: store, disk: DISK })
    try {
      await database.inTransaction((session) => copy(session, writer, signal, onProgress), SNAPSHOT)
      signal.throwIfAborted()
    } catch (error) {
      await writer.discard()
      throw error
    }
    const { generation, sources, passages, languages } = await writer.commit()
    return { generation, isNew: true, sources, passages, embedded: 0, languages, skipped: [] }
  } catch (error) {
    throw signal.aborted ? interrupted() : error
  } finally {
    await lock.release()
  }
}

/** Throws INDEX_MISSING or INDEX_OTHER_MODEL. */
async function checkRecord(database: Database, embedder: Embedder): Promise<void> {
  const [record] = await database.rows<{ embedder: string; current: number | null }>('SELECT embedder, current FROM onrecord.record')
  if (!record || record.current === null) throw noRecord(database.place)
  if (record.embedder !== embedder.fingerprint) throw otherModel(database.place, record.embedder, embedder)
}

/** Writes the sources of the current generation, in the order of files. */
async function copy(session: Session, writer: GenerationWriter, signal: AbortSignal, onProgress: ExportOptions['onProgress']): Promise<void> {
  const alive = `onrecord.sources s JOIN onrecord.record r ON s.born <= r.current AND (s.died IS NULL OR s.died > r.current)`
  const [total] = await session.rows<{ bytes: number }>(`SELECT coalesce(sum(octet_length(s.text)), 0)::bigint AS bytes FROM ${alive}`)
  const progress: Progress = { passages: 0, bytes: 0, totalBytes: total?.bytes ?? 0 }
  await session.run(
    `DECLARE exported NO SCROLL CURSOR FOR SELECT s.source, s.passages FROM ${alive} JOIN onrecord.files f USING (file)
      ORDER BY f.path, f.file, s.position`,
  )
  for (;;) {
    const rows = await session.rows<SourceSize>(`FETCH ${TOGETHER.sources} FROM exported`)
    if (rows.length === 0) return
    for (const some of batches(rows, [{ of: ({ passages }) => passages, reach: TOGETHER.passages }])) {
      signal.throwIfAborted()
      for (const { source, text, passages, vectors } of await contentOf(session, some)) {
        await writer.add({ source, text, passages, before: null }, vectors)
        progress.passages += passages.length
        progress.bytes += Buffer.byteLength(text)
      }
      onProgress?.(progress)
    }
  }
}

interface SourceSize {
  source: number
  passages: number
}

interface SourceContent {
  source: RecordedSource
  text: string
  passages: Passage[]
  vectors: StoredVectors[]
}

interface PassageRow extends Omit<StoredVectors, 'passage' | 'sentences'> {
  source: number
  start: number
  end: number
  spans: number[]
  embedding: string
  sentences: Uint8Array
}

/** Sources in their order. Throws INDEX_DAMAGED when the text of one, or a passage, is not there as it was indexed. */
async function contentOf(session: Session, sizes: SourceSize[]): Promise<SourceContent[]> {
  const numbers = sizes.map(({ source }) => source)
  const sources = await session.rows<{ source: number; line: string; text: Uint8Array }>(
    'SELECT source, line, text FROM onrecord.sources WHERE source = ANY($1::bigint[])',
    [numbers],
  )
  const passages = await session.rows<PassageRow>(
    `SELECT source, start, "end", sentences AS spans, embedding::text AS embedding, sentence_vectors AS sentences, tokens, signs
      FROM onrecord.passages WHERE source = ANY($1::bigint[]) ORDER BY source, number`,
    [numbers],
  )
  const rowOf = new Map(sources.map((row) => [row.source, row]))
  return sizes.map(({ source: number, passages: count }) => {
    const { line, text: bytes } = rowOf.get(number) as (typeof sources)[number]
    const source = JSON.parse(line) as RecordedSource
    const text = Buffer.from(bytes).toString('utf8')
    const rows = passages.filter(({ source }) => source === number)
    if (sha256OfText(text) !== source.sha256 || rows.length !== count) throw damaged(source.path)
    return { source, text, passages: rows.map(passageOf), vectors: rows.map(vectorsOf) }
  })
}

function passageOf({ start, end, spans }: PassageRow): Passage {
  return { start, end, sentences: Array.from({ length: spans.length / 2 }, (_, i) => ({ start: spans[2 * i] as number, end: spans[2 * i + 1] as number })) }
}

function vectorsOf({ embedding, sentences, tokens, signs }: PassageRow): StoredVectors {
  return { passage: unitOf(embedding), sentences, tokens, signs }
}

/** A vector as the database writes it, with length 1: it is not quite that long in half precision. */
function unitOf(halfvec: string): Float32Array {
  const numbers = numbersOf(halfvec)
  const length = Math.hypot(...numbers) || 1
  return numbers.map((x) => x / length)
}

function interrupted(): OnRecordError {
  return new OnRecordError('INTERRUPTED', 'The export was interrupted.', 'The index is as it was before; run the command again.')
}
