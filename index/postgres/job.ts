import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type LoadedDocument, load, pathOf, type Readable, reasonOf } from '../documents.ts'
import type { Embedder } from '../embedders/embedder.ts'
import { OnRecordError, SkipFile } from '../errors.ts'
import type { PreparedSource } from '../generation-content.ts'
import { inOrder } from '../in-order.ts'
import type { LoaderPool } from '../loader-pool.ts'
import { emptyFile, prepared } from '../prepared.ts'
import { keyOf, type StoredVectors, stored } from '../stored-vectors.ts'
import type { Skipped } from '../types.ts'
import { ahead } from './ahead.ts'
import type { ClaimedFile } from './claims.ts'
import type { HeldSession } from './held.ts'
import { knownVectors } from './known-vectors.ts'
import { readableOf } from './planned-file.ts'

/** Passages waiting for a thread, at most, so that memory stays bounded; enough to keep every thread busy. */
const AHEAD = 256
/** Files that are read before it is their turn. */
const FILES_AHEAD = 4

export interface JobParts {
  session: HeldSession
  embedder: Embedder
  loaders: LoaderPool
  /** A folder of this process alone, for files that are being read. */
  folder: string
  signal: AbortSignal | undefined
}

/** A source with its vectors, or the end of a file: what of it was skipped, and, once all vectors are there, how many were not known. */
export type Step =
  | { file: ClaimedFile; source: PreparedSource; vectors: Promise<StoredVectors[]> }
  | { file: ClaimedFile; skipped: Skipped[]; embedded: () => number }

interface Reading {
  readable: Readable
  documents: LoadedDocument[]
}

/** The files of a job as documents -> passages -> vectors, in their order, each stage a bounded number of steps ahead of the next. Throws like `made`. */
export function stepsOf(files: ClaimedFile[], parts: JobParts): AsyncGenerator<Step> {
  return ahead(made(files, parts), AHEAD, (step) => ('source' in step ? step.source.passages.length : 0))
}

/**
 * Steps whose vectors are on their way. Once the signal is aborted nothing more is begun, and a file may be without its end. Throws
 * EMBEDDER_FAILED, INDEX_UNWRITABLE or DATABASE_...
 */
async function* made(files: ClaimedFile[], parts: JobParts): AsyncGenerator<Step> {
  for await (const { item: file, result } of inOrder(files, FILES_AHEAD, (file) => read(file, parts))) {
    if (parts.signal?.aborted) return
    if ('error' in result) {
      if (result.error instanceof OnRecordError) throw result.error
      yield { file, skipped: [{ path: file.path, ...reasonOf(result.error) }], embedded: () => 0 }
      continue
    }
    const { readable, documents } = result.value
    const counted = { embedded: 0 }
    const skipped: Skipped[] = []
    let found = 0
    for (const document of documents) {
      if (parts.signal?.aborted) return
      const source = await prepared(readable, document, parts.embedder, () => null)
      if (source === null) continue
      found++
      if (source instanceof Error) {
        skipped.push({ path: pathOf(readable.found, document.loaded.part), ...reasonOf(source) })
        continue
      }
      const vectors = vectorsOf(source, parts, counted)
      // It is waited for later, and must not count as unheard until then.
      vectors.catch(() => {})
      yield { file, source, vectors }
    }
    if (found === 0) skipped.push({ path: file.path, ...reasonOf(emptyFile()) })
    yield { file, skipped, embedded: () => counted.embedded }
  }
}

/** The documents of a file, whose bytes are in the database. */
async function read(file: ClaimedFile, { session, loaders, folder }: JobParts): Promise<Reading> {
  const place = join(folder, String(file.file))
  const readable = readableOf(file.path, file.sha256, file.listing, place)
  const [original] = await session.rows<{ bytes: Buffer }>('SELECT bytes FROM onrecord.originals WHERE sha256 = $1', [file.sha256])
  if (!original) throw new SkipFile('GONE', 'Its bytes are not in the database; index again.')
  try {
    await writeFile(place, original.bytes, { mode: 0o600 }).catch((cause: NodeJS.ErrnoException) => {
      throw new OnRecordError('INDEX_UNWRITABLE', `${folder} cannot be written to (${cause.code}).`, 'Make room there, or set TMPDIR to another folder.', {
        cause,
      })
    })
    return { readable, documents: await load(readable, loaders) }
  } finally {
    await rm(place, { force: true })
  }
}

/** The vectors of a source's passages: those that some passage has already, else from the embedder. */
async function vectorsOf({ text, passages }: PreparedSource, { session, embedder }: JobParts, counted: { embedded: number }): Promise<StoredVectors[]> {
  const sentences = passages.map((passage) => passage.sentences.map(({ start, end }) => text.slice(start, end)))
  const keys = sentences.map(keyOf)
  const known = await knownVectors(session, keys)
  return Promise.all(
    sentences.map(async (texts, i) => {
      const vectors = known.get((keys[i] as Buffer).toString('latin1'))
      if (vectors) return vectors
      const made = stored(await embedder.embedPassage({ sentences: texts }))
      counted.embedded++
      return made
    }),
  )
}
