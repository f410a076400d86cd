import type { GenerationBefore } from './before.ts'
import { type LoadedDocument, load, pathOf, type Readable, reasonOf } from './documents.ts'
import type { Embedder } from './embedders/embedder.ts'
import type { PreparedSource, Run, TakenVectors } from './generation-content.ts'
import type { GenerationWriter } from './generation-writer.ts'
import { inOrder } from './in-order.ts'
import type { Journal } from './journal.ts'
import type { LoaderPool } from './loader-pool.ts'
import { emptyFile, prepared } from './prepared.ts'
import { keyOf, stored } from './stored-vectors.ts'
import type { Skipped } from './types.ts'

/** Passages waiting for a thread, at most, so that memory stays bounded; enough to keep every thread busy. */
const AHEAD = 256
/** Files that are read before it is their turn. */
const FILES_AHEAD = 4

/** How far a build has come. */
export interface Progress {
  /** Passages that are done, those included that need not be embedded again. */
  passages: number
  /** Bytes of the documents that are done, and of all of them. */
  bytes: number
  totalBytes: number
}

export interface PipelineParts {
  embedder: Embedder
  loaders: LoaderPool
  before: GenerationBefore | null
  journal: Journal
  writer: GenerationWriter
  /** What is skipped is added to it. */
  skipped: Skipped[]
  signal: AbortSignal | undefined
  onProgress: ((progress: Progress) => void) | undefined
}

/** A source that waits for its vectors, and the bytes of files that are done with it; or a run that waits for what is before it. */
type Waiting = { prepared: PreparedSource; vectors: Promise<TakenVectors[]>; bytes: number } | Run

/** Files -> documents -> passages -> vectors -> the generation, in the order of the files, each stage a bounded number of steps ahead of the next. */
export class Pipeline {
  /** Passages that were embedded. */
  embedded = 0
  /** Paths of files of which something was skipped. */
  readonly unread = new Set<string>()
  private readonly parts: PipelineParts
  private readonly waiting: Waiting[] = []
  private ahead = 0
  private readonly progress: Progress = { passages: 0, bytes: 0, totalBytes: 0 }

  constructor(parts: PipelineParts) {
    this.parts = parts
  }

  /** Writes the documents of files, and runs. Throws INDEX_UNWRITABLE, EMBEDDER_FAILED, or the reason of the signal. */
  async run(steps: (Readable | Run)[]): Promise<void> {
    const { signal } = this.parts
    this.progress.totalBytes = steps.reduce((sum, step) => sum + ('found' in step ? step.found.bytes : step.bytes), 0)
    for await (const { item, result } of inOrder(steps, FILES_AHEAD, (step) => ('found' in step ? this.documentsOf(step) : []))) {
      signal?.throwIfAborted()
      if (!('found' in item)) this.waiting.push(item)
      else if ('value' in result) await this.writeDocuments(item, result.value)
      else this.skip(item, undefined, result.error, item.found.bytes)
    }
    while (this.waiting.length > 0) await this.writeFirst()
    signal?.throwIfAborted()
  }

  private async writeDocuments(file: Readable, documents: LoadedDocument[]): Promise<void> {
    const { before, embedder, signal } = this.parts
    const bytes = file.found.bytes / documents.length
    let read = 0
    for (const document of documents) {
      signal?.throwIfAborted()
      const source = await prepared(file, document, embedder, (sha256, path) => before?.withText(sha256, path) ?? null)
      if (source instanceof Error) this.skip(file, document.loaded.part, source, bytes)
      else if (source === null) this.tell(0, bytes)
      else {
        this.waiting.push({ prepared: source, vectors: this.taken(source), bytes })
        this.ahead += source.passages.length
        while (this.ahead > AHEAD && this.waiting.length > 0) await this.writeFirst()
      }
      if (source !== null) read++
    }
    if (read === 0) this.skip(file, undefined, emptyFile(), 0)
  }

  private async documentsOf(file: Readable): Promise<LoadedDocument[]> {
    return this.parts.before?.documentsOf(file) ?? load(file, this.parts.loaders)
  }

  private skip({ found }: Readable, part: string | undefined, error: unknown, bytes: number): void {
    this.unread.add(found.path)
    this.parts.skipped.push({ path: pathOf(found, part), ...reasonOf(error) })
    this.tell(0, bytes)
  }

  /** The vectors of a source's passages: known ones where there are, else from the embedder. */
  private taken({ text, passages, before }: PreparedSource): Promise<TakenVectors[]> {
    const vectors = Promise.all(
      passages.map(async ({ sentences }, i) => {
        const taken = before ? before.firstPassage + i : await this.vectorsOf(sentences.map((s) => text.slice(s.start, s.end)))
        this.tell(1, 0)
        return taken
      }),
    )
    // It is waited for later, and must not count as unheard until then.
    vectors.catch(() => {})
    return vectors
  }

  private async vectorsOf(sentences: string[]): Promise<TakenVectors> {
    const { before, journal, embedder, signal } = this.parts
    const key = keyOf(sentences)
    const known = before?.passageOf(key) ?? (await journal.find(key))
    if (known !== null) return known
    const vectors = stored(await embedder.embedPassage({ sentences }, signal))
    this.embedded++
    await journal.add(key, vectors)
    return vectors
  }

  private async writeFirst(): Promise<void> {
    const first = this.waiting.shift() as Waiting
    if ('prepared' in first) {
      await this.parts.writer.add(first.prepared, await first.vectors)
      this.ahead -= first.prepared.passages.length
      this.tell(0, first.bytes)
    } else {
      await this.parts.writer.keep(first)
      this.tell(first.passages, first.bytes)
    }
  }

  private tell(passages: number, bytes: number): void {
    this.progress.passages += passages
    this.progress.bytes += bytes
    this.parts.onProgress?.(this.progress)
  }
}
