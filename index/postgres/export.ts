import { type BuildReport, interrupted } from '../build.ts'
import { DISK, type Disk } from '../disk.ts'
import type { Embedder } from '../embedders/embedder.ts'
import { GenerationWriter } from '../generation-writer.ts'
import { WriterLock } from '../lock.ts'
import type { StoredSource } from '../stored-sources.ts'
import type { StoredVectors } from '../stored-vectors.ts'
import type { StoreKind } from '../stores/store.ts'
import type { Database } from './connection.ts'
import { unitOf } from './half.ts'
import type { PostgresGeneration } from './reader.ts'
import { PASSAGES } from './rows.ts'

/** Sources that are fetched at a time. */
const PAGE = 50

export interface ExportOptions {
  /** The folder of the index. */
  index: string
  embedder: Embedder
  store: StoreKind
  disk?: Disk
  signal?: AbortSignal | undefined
  /** Is told how many passages are written. */
  onProgress?: ((passages: number) => void) | undefined
}

/**
 * Writes a generation of a database into an index in a folder, where it becomes the current one: nothing is embedded again, and vectors have the
 * digits that the database has. Throws INDEX_LOCKED, INDEX_UNWRITABLE, INTERRUPTED or DATABASE_...; then the index is as it was.
 */
export async function exportGeneration(database: Database, generation: PostgresGeneration, options: ExportOptions): Promise<BuildReport> {
  const { index, embedder, store, disk = DISK, signal, onProgress } = options
  const lock = await WriterLock.take(index, disk)
  try {
    const writer = await GenerationWriter.create({ index, embedder, kind: store, disk })
    try {
      for (let from = 0; from < generation.counts.sources; from += PAGE) {
        const page = generation.forQuestion()
        for (const source of await page.list(from, PAGE)) {
          if (signal?.aborted) throw interrupted()
          await write(writer, database, page, source)
        }
        onProgress?.(writer.passageCount)
      }
    } catch (error) {
      await writer.discard()
      throw error
    }
    const { generation: id, sources, passages, languages } = await writer.commit()
    return { generation: id, isNew: true, sources, passages, embedded: 0, languages, skipped: [] }
  } finally {
    await lock.release()
  }
}

async function write(writer: GenerationWriter, database: Database, generation: PostgresGeneration, stored: StoredSource): Promise<void> {
  const { textAt: _, textBytes: __, firstPassage, passages: ___, group: ____, ...source } = stored
  const numbers = await generation.passagesOf(stored)
  const number = generation.sourceOf(firstPassage)
  await generation.bringSources([number])
  const passages = numbers.map((passage) => generation.passage(passage))
  const prepared = {
    source,
    text: generation.text(number),
    passages: passages.map(({ start, end, sentences }) => ({ start, end, sentences })),
    before: null,
  }
  await writer.add(prepared, await vectorsOf(database, firstPassage / PASSAGES))
}

/** The vectors of a source's passages, in their order. */
async function vectorsOf(database: Database, source: number): Promise<StoredVectors[]> {
  const rows = await database.rows<{ embedding: string; sentences: Uint8Array; tokens: number[]; signs: Uint8Array }>(
    'SELECT embedding::text AS embedding, sentence_vectors AS sentences, tokens, signs FROM onrecord.passages WHERE source = $1 ORDER BY number',
    [source],
  )
  return rows.map(({ embedding, ...rest }) => ({ passage: unitOf(embedding), ...rest }))
}
