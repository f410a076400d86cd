import { createHash } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { DISK, type Disk } from './disk.ts'
import type { Embedder, PassageVectors } from './embedders/embedder.ts'
import { OnRecordError, SkipFile } from './errors.ts'
import { joinFacts } from './facts.ts'
import type { Original } from './generation.ts'
import { GenerationWriter, type PreparedSource } from './generation-writer.ts'
import { languageOf } from './language.ts'
import { LOADERS, loaderFor } from './loaders/registry.ts'
import { WriterLock } from './lock.ts'
import { passagesOf } from './passages.ts'
import { sha256OfText } from './sha256.ts'
import { type FactsByPath, readSidecar, SIDECAR } from './sidecar.ts'
import { statementsOf } from './statements/extract.ts'
import type { StoreKind } from './stores/store.ts'
import type { Loaded, Skipped } from './types.ts'
import { type Found, walk } from './walk.ts'

/** Bytes of a file, at most. */
export const MAX_FILE_BYTES = 20_000_000
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
    for (const { found, sidecar } of files) {
      stopIfAsked(signal)
      const prepared = await prepare(found, sidecar, { countTokens, maxTokens: embedder.maxTokens }).catch((error: unknown) => {
        skipped.push({ path: found.path, ...reasonOf(error) })
        progress.bytes += found.bytes
        return null
      })
      if (!prepared) continue
      const vectors = embedAll(prepared, embedder, signal, () => {
        progress.passages++
        onProgress?.(progress)
      })
      vectors.catch(() => {})
      waiting.push({ prepared, vectors, bytes: found.bytes })
      ahead += prepared.passages.length
      while (ahead > AHEAD && waiting.length > 0) await writeFirst()
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

interface Listed {
  files: { found: Found; sidecar: FactsByPath }[]
  skipped: Skipped[]
}

async function list(folders: string[]): Promise<Listed> {
  const files: { found: Found; sidecar: FactsByPath }[] = []
  const skipped: Skipped[] = []
  const names = new Map<string, number>()
  for (const folder of new Set(folders.map((f) => resolve(f)))) {
    // Two folders of the same name are told apart, or their documents would have the same ids.
    const count = (names.get(basename(folder)) ?? 0) + 1
    names.set(basename(folder), count)
    const name = count === 1 ? basename(folder) : `${basename(folder)}-${count}`
    const entries = await walk(folder, name)
    const sidecar = await readSidecar(folder).catch((error: OnRecordError): FactsByPath => {
      skipped.push({ path: `${name}/${SIDECAR}`, code: error.code, remedy: error.message })
      return () => ({})
    })
    for (const entry of entries) {
      if ('skipped' in entry) skipped.push(entry.skipped)
      else files.push({ found: entry.found, sidecar })
    }
  }
  return { files, skipped }
}

/** Loads one file, joins its facts and splits its text. */
async function prepare(found: Found, sidecar: FactsByPath, options: Parameters<typeof passagesOf>[1]): Promise<PreparedSource> {
  const { loaded, original } = await load(found)
  const passages = passagesOf(loaded.text, options)
  if (passages.length === 0) throw new SkipFile('EMPTY', 'There is no text in it; remove it or put some in.')
  const facts = joinFacts({ sidecar: sidecar(found.inFolder), metadata: loaded.facts, text: loaded.text, path: found.path, modified: found.modified })
  const id = createHash('sha256').update(found.path).digest('hex').slice(0, 16)
  const source = { id, path: found.path, ...facts, mediaType: loaded.mediaType, sha256: sha256OfText(loaded.text) }
  const statements = statementsOf(loaded.text, source)
  return { source, text: loaded.text, language: languageOf(loaded.text), statements, passages, original }
}

async function load(found: Found): Promise<{ loaded: Loaded; original: Original }> {
  const loader = loaderFor(found.path)
  if (!loader) throw new SkipFile('UNSUPPORTED', `Only ${LOADERS.flatMap((l) => l.extensions).join(', ')} are read; convert it or remove it.`)
  if (found.bytes > MAX_FILE_BYTES)
    throw new SkipFile('TOO_LARGE', `It has ${(found.bytes / 1e6).toFixed(0)} MB and the limit is ${MAX_FILE_BYTES / 1e6} MB; split it.`)
  const bytes = await readFile(found.file)
  const original = { file: found.real, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
  return { loaded: await loader.load(bytes), original }
}

function reasonOf(error: unknown): Omit<Skipped, 'path'> {
  if (error instanceof SkipFile) return { code: error.code, remedy: error.remedy }
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOENT') return { code: 'GONE', remedy: 'It went away while indexing; index again if that was not meant.' }
  if (code === 'EACCES' || code === 'EPERM') return { code: 'NO_PERMISSION', remedy: 'It may not be read; change its permissions.' }
  return { code: 'UNREADABLE', remedy: `It could not be read (${error instanceof Error ? error.message : String(error)}); check the file.` }
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
