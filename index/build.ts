import { setMaxListeners } from 'node:events'
import { BuildMemory } from './build-memory.ts'
import type { Digests } from './digests.ts'
import { DISK, type Disk } from './disk.ts'
import { type Listed, type Listing, list, type Readable, readable, reasonOf } from './documents.ts'
import type { Embedder } from './embedders/embedder.ts'
import { OnRecordError } from './errors.ts'
import { GenerationWriter } from './generation-writer.ts'
import { type GivenDocument, readablesOf } from './given.ts'
import { inOrder } from './in-order.ts'
import { Journal } from './journal.ts'
import { LoaderPool } from './loader-pool.ts'
import { EXTENSIONS } from './loaders/registry.ts'
import { WriterLock } from './lock.ts'
import { Pipeline, type Progress } from './pipeline.ts'
import type { StoreKind } from './stores/store.ts'
import type { Skipped } from './types.ts'

/** Files whose bytes are compared with the generation before at a time. */
const COMPARED = 8

export interface BuildOptions {
  folders: string[]
  /** Documents that are handed over, to be indexed after those of the folders. Default: none. */
  given?: GivenDocument[]
  /** The folder of the index. */
  index: string
  embedder: Embedder
  store: StoreKind
  signal?: AbortSignal
  onProgress?: (progress: Progress) => void
  /** What the index is written with; the machine's own unless named. */
  disk?: Disk
  /** Is nothing written when it would be the same as the generation before? Default: no. */
  unlessSame?: boolean
  /** What documents are read in, and what is known from earlier builds of this process; of this build alone unless named. */
  loaders?: LoaderPool
  memory?: BuildMemory
}

export interface BuildReport {
  generation: string
  /** Is it a new one? */
  isNew: boolean
  sources: number
  passages: number
  /** Passages that were embedded; the others were so by the generation before, or by a build that did not end. */
  embedded: number
  /** Documents in each language that could be told. */
  languages: Record<string, number>
  skipped: Skipped[]
}

/**
 * Indexes folders, and documents that are given, into a new generation and switches to it. What is the same as in the generation before is taken from it, and what a build
 * that did not end has embedded is not embedded again; answers are those of an index that is made without either. A document that cannot be
 * read is skipped and reported.
 * Throws FOLDER_MISSING, NOTHING_INDEXED, INDEX_LOCKED, INDEX_UNWRITABLE, EMBEDDER_FAILED or INTERRUPTED; then the index is as it was.
 */
export async function build(options: BuildOptions): Promise<BuildReport> {
  const listed = await list(options.folders, options.index)
  const lock = await WriterLock.take(options.index, options.disk)
  const loaders = options.loaders ?? new LoaderPool()
  try {
    return await write(listed, loaders, options)
  } catch (error) {
    throw options.signal?.aborted ? interrupted() : error
  } finally {
    if (!options.loaders) loaders.close()
    await lock.release()
  }
}

async function write({ files, skipped }: Listed, loaders: LoaderPool, options: BuildOptions): Promise<BuildReport> {
  const { folders, given = [], index, embedder, store, signal, onProgress, disk = DISK, unlessSame = false, memory = new BuildMemory() } = options
  // Every passage that waits listens to the signal.
  if (signal) setMaxListeners(0, signal)
  const before = await memory.before(index, embedder)
  let journal: Journal | undefined
  try {
    journal = await Journal.open(index, embedder, disk)
    const known = [...(await compared(files, memory.digests, skipped, signal)), ...readablesOf(given, files)]
    const kept = known.reduce((sum, file) => sum + (before?.passagesOf(file) ?? 0), 0)
    const writer = await GenerationWriter.create({ index, embedder, kind: store, disk, before: before?.generation ?? null, kept })
    const pipeline = new Pipeline({ embedder, loaders, before, journal, writer, skipped, signal, onProgress })
    try {
      await pipeline.run(before?.inRuns(known, (file) => memory.isUnchanged(file, before)) ?? known)
      if (writer.sourceCount === 0) throw nothing(given.length > 0 || folders.length === 0 ? [...folders, 'what was given'] : folders, skipped)
    } catch (error) {
      await writer.discard()
      throw error
    }
    skipped.sort((a, b) => (a.path < b.path ? -1 : 1))
    const isNew = !(unlessSame && before?.isCurrent && writer.isSame && before.generation.manifest.store === store.name)
    if (!isNew) await writer.discard()
    const { generation, sources, passages, languages } = isNew ? await writer.commit(signal) : before.generation.manifest
    journal.isNeeded = false
    memory.remember(
      generation,
      known.filter(({ found }) => !pipeline.unread.has(found.path)),
    )
    return { generation, isNew, sources, passages, embedded: pipeline.embedded, languages, skipped }
  } finally {
    await before?.generation.close()
    await journal?.close()
  }
}

/** What the bytes of the files are; what cannot be read is skipped. */
async function compared(files: Listing[], digests: Digests, skipped: Skipped[], signal: AbortSignal | undefined): Promise<Readable[]> {
  const found: Readable[] = []
  for await (const { item, result } of inOrder(files, COMPARED, (file) => readable(file, digests))) {
    signal?.throwIfAborted()
    if ('error' in result) skipped.push({ path: item.found.path, ...reasonOf(result.error) })
    else found.push(result.value)
  }
  return found
}

/** What a build throws that was told to stop. */
export function interrupted(): OnRecordError {
  return new OnRecordError(
    'INTERRUPTED',
    'Indexing was interrupted.',
    'The index is as it was before; run the command again: what was embedded is kept, and it goes on from there.',
  )
}

/** Nothing could be indexed; `skipped` says of every file why. */
export class NothingIndexed extends OnRecordError {
  readonly skipped: Skipped[]

  constructor(what: string, remedy: string, skipped: Skipped[]) {
    super('NOTHING_INDEXED', what, remedy)
    this.skipped = skipped
  }
}

/** What a build of folders throws in which nothing could be indexed. */
export function nothing(folders: string[], skipped: Skipped[]): NothingIndexed {
  const seen =
    skipped.length === 0
      ? 'no files'
      : `${skipped.length} ${skipped.length === 1 ? 'file' : 'files'}, none of them readable (${skipped[0]?.path}: ${skipped[0]?.code})`
  return new NothingIndexed(
    `Nothing was indexed: ${folders.join(', ')} ${folders.length === 1 ? 'holds' : 'hold'} ${seen}.`,
    `Name a folder that holds documents (${EXTENSIONS.join(', ')}).`,
    skipped,
  )
}
