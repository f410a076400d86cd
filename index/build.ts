import { setMaxListeners } from 'node:events'
import { DISK, type Disk } from './disk.ts'
import { type Listed, list, prepare, reasonOf } from './documents.ts'
import type { Embedder, PassageVectors } from './embedders/embedder.ts'
import { OnRecordError } from './errors.ts'
import { GenerationWriter, type PreparedSource } from './generation-writer.ts'
import { WriterLock } from './lock.ts'
import type { StoreKind } from './stores/store.ts'
import type { Skipped } from './types.ts'

/** Passages waiting for a thread, at most, so that memory stays bounded; enough to keep every thread busy. */
const AHEAD = 256

export interface Progress {
  passages: number
  /** Bytes of the documents that are done, and of all of them. */
  bytes: number
  totalBytes: number
}

export interface BuildOptions {
  folders: string[]
  /** The folder of the index. */
  index: string
  embedder: Embedder
  store: StoreKind
  signal?: AbortSignal
  onProgress?: (progress: Progress) => void
  /** What the index is written with; the machine's own unless named. */
  disk?: Disk
}

export interface BuildReport {
  generation: string
  sources: number
  passages: number
  /** Documents in each language that could be told. */
  languages: Record<string, number>
  skipped: Skipped[]
}

/**
 * Indexes folders into a new generation and switches to it. A document that cannot be read is skipped and reported.
 * Throws FOLDER_MISSING, NOTHING_INDEXED, INDEX_LOCKED, INDEX_UNWRITABLE, EMBEDDER_FAILED or INTERRUPTED; then the index is as it was.
 */
export async function build(options: BuildOptions): Promise<BuildReport> {
  const listed = await list(options.folders)
  const lock = await WriterLock.take(options.index, options.disk)
  try {
    return await write(listed, options)
  } finally {
    await lock.release()
  }
}

async function write({ files, skipped }: Listed, { folders, index, embedder, store, signal, onProgress, disk = DISK }: BuildOptions): Promise<BuildReport> {
  // Every passage that waits listens to the signal.
  if (signal) setMaxListeners(0, signal)
  const totalBytes = files.reduce((sum, { found }) => sum + found.bytes, 0)
  const countTokens = await embedder.tokenCounter()
  const writer = await GenerationWriter.create({ index, embedder, kind: store, disk })
  const progress: Progress = { passages: 0, bytes: 0, totalBytes }
  const waiting: Embedding[] = []
  let ahead = 0

  const writeFirst = async () => {
    const { prepared, vectors, bytes } = waiting.shift() as Embedding
    await writer.add(prepared, await vectors)
    ahead -= prepared.passages.length
    progress.bytes += bytes
    onProgress?.(progress)
  }

  try {
    for (const listing of files) {
      const { found } = listing
      stopIfAsked(signal)
      const prepared = await prepare(listing, { countTokens, maxTokens: embedder.maxTokens }).catch((error: unknown) => {
        skipped.push({ path: found.path, ...reasonOf(error) })
        progress.bytes += found.bytes
        return null
      })
      if (!prepared) continue
      for (const [i, one] of prepared.entries()) {
        const vectors = embedAll(one, embedder, signal, () => {
          progress.passages++
          onProgress?.(progress)
        })
        vectors.catch(() => {})
        waiting.push({ prepared: one, vectors, bytes: i === prepared.length - 1 ? found.bytes : 0 })
        ahead += one.passages.length
        while (ahead > AHEAD && waiting.length > 0) await writeFirst()
      }
    }
    while (waiting.length > 0) await writeFirst()
    stopIfAsked(signal)
    if (writer.sourceCount === 0) throw nothing(folders, skipped)
  } catch (error) {
    await writer.discard()
    throw signal?.aborted ? interrupted() : error
  }
  const manifest = await writer.commit()
  const { generation, sources, passages, languages } = manifest
  return { generation, sources, passages, languages, skipped }
}

interface Embedding {
  prepared: PreparedSource
  vectors: Promise<PassageVectors[]>
  bytes: number
}

function embedAll({ text, passages }: PreparedSource, embedder: Embedder, signal: AbortSignal | undefined, onEach: () => void): Promise<PassageVectors[]> {
  return Promise.all(
    passages.map(async ({ sentences }) => {
      const vectors = await embedder.embedPassage({ sentences: sentences.map((s) => text.slice(s.start, s.end)) }, signal)
      onEach()
      return vectors
    }),
  )
}

function stopIfAsked(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw interrupted()
}

function interrupted(): OnRecordError {
  return new OnRecordError('INTERRUPTED', 'Indexing was interrupted.', 'The index is as it was before; run the command again to make a new one.')
}

/** Nothing could be indexed; `skipped` says of every file why. */
export class NothingIndexed extends OnRecordError {
  readonly skipped: Skipped[]

  constructor(what: string, remedy: string, skipped: Skipped[]) {
    super('NOTHING_INDEXED', what, remedy)
    this.skipped = skipped
  }
}

function nothing(folders: string[], skipped: Skipped[]): NothingIndexed {
  const seen =
    skipped.length === 0
      ? 'no files'
      : `${skipped.length} ${skipped.length === 1 ? 'file' : 'files'}, none of them readable (${skipped[0]?.path}: ${skipped[0]?.code})`
  return new NothingIndexed(
    `Nothing was indexed: ${folders.join(', ')} ${folders.length === 1 ? 'holds' : 'hold'} ${seen}.`,
    'Name a folder with .txt, .md or .html documents.',
    skipped,
  )
}
