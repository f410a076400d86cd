import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type LoadedDocument, load, pathOf, prepare, type Readable, reasonOf } from '../documents.ts'
import type { Embedder } from '../embedders/embedder.ts'
import { OnRecordError, SkipFile } from '../errors.ts'
import type { PreparedSource } from '../generation-content.ts'
import { inOrder } from '../in-order.ts'
import type { LoaderPool } from '../loader-pool.ts'
import { passagesOf } from '../passages.ts'
import { keyOf, type StoredVectors, stored } from '../stored-vectors.ts'
import type { Skipped } from '../types.ts'
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

/** A source with its vectors, or the end of a file: what of it was skipped. */
export type Step =
  | { file: ClaimedFile; source: PreparedSource; vectors: Promise<StoredVectors[]> }
  | { file: ClaimedFile; skipped: Skipped[]; embedded: number }

interface Reading {
  file: ClaimedFile
  readable: Readable
  documents: LoadedDocument[]
}

/**
 * The files of a job as documents -> passages -> vectors, in their order, each stage a bounded number of steps ahead of the next. Once the signal
 * is aborted nothing more is begun: what was, comes, and a file may be without its end. Throws EMBEDDER_FAILED, INDEX_UNWRITABLE or DATABASE_...
 */
export async function* stepsOf(files: ClaimedFile[], parts: JobParts): AsyncGenerator<Step> {
  const waiting: Step[] = []
  let ahead = 0
  const next = (): Step => {
    const step = waiting.shift() as Step
    if ('source' in step) ahead -= step.source.passages.length
    return step
  }
  for await (const { item: file, result } of inOrder(files, FILES_AHEAD, (file) => read(file, parts))) {
    if (parts.signal?.aborted) break
    if ('error' in result) {
      if (result.error instanceof OnRecordError) throw result.error
      waiting.push({ file, skipped: [{ path: file.path, ...reasonOf(result.error) }], embedded: 0 })
      continue
    }
    const counted = { embedded: 0 }
    const skipped: Skipped[] = []
    let isWhole = true
    let found = 0
    for (const document of result.value.documents) {
      isWhole = !parts.signal?.aborted
      if (!isWhole) break
      const source = await prepared(result.value.readable, document, parts)
      if (source === null) continue
      found++
      if (source instanceof Error) {
        skipped.push({ path: pathOf(result.value.readable.found, document.loaded.part), ...reasonOf(source) })
        continue
      }
      const vectors = vectorsOf(source, parts, counted)
      // It is waited for later, and must not count as unheard until then.
      vectors.catch(() => {})
      waiting.push({ file, source, vectors })
      ahead += source.passages.length
      while (ahead > AHEAD && waiting.length > 0) {
        const step = next()
        if ('source' in step) await step.vectors
        yield step
      }
    }
    if (!isWhole) break
    if (found === 0) skipped.push({ path: file.path, ...reasonOf(new SkipFile('EMPTY', 'There is no text in it; remove it or put some in.')) })
    waiting.push({
      file,
      skipped,
      get embedded() {
        return counted.embedded
      },
    })
  }
  while (waiting.length > 0) yield next()
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
    return { file, readable, documents: await load(readable, loaders) }
  } finally {
    await rm(place, { force: true })
  }
}

/** What is written of a document; null when there is no text in it, and why where it cannot be. */
async function prepared(readable: Readable, document: LoadedDocument, { embedder }: JobParts): Promise<PreparedSource | Error | null> {
  const { skip } = document.loaded
  if (skip) return new SkipFile(skip.code, skip.remedy)
  try {
    const split = async (text: string) => passagesOf(text, { countTokens: await embedder.tokenCounter(), maxTokens: embedder.maxTokens })
    return await prepare(readable, document, () => null, split)
  } catch (error) {
    if (error instanceof OnRecordError) throw error
    return error as Error
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
