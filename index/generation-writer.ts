import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { current, GENERATIONS, generationsIn, setCurrent } from './current.ts'
import type { Disk } from './disk.ts'
import { type FileFacts, makeFolder, sync, unwritable, writeDurably } from './durable.ts'
import type { Embedder } from './embedders/embedder.ts'
import { FILES, Generation } from './generation.ts'
import { GenerationContent, type PreparedSource, type Run, type TakenVectors } from './generation-content.ts'
import { allEnded } from './in-order.ts'
import { checkedManifest, FORMAT, factsOf, MANIFEST, type Manifest, sealed } from './manifest.ts'
import type { StoredName } from './stores/registry.ts'
import type { PassageStore, StoreKind, Successor } from './stores/store.ts'

/**
 * Writes a new generation beside the others: everything into a draft folder and forced to disk, then read back and checked against what
 * was meant to be written, opened and asked in a process of its own, renamed, and only then made the current one. Whatever happens
 * before that, the index stays as it was. One process writes an index at a time (WriterLock).
 */
export class GenerationWriter {
  readonly id: string
  private readonly index: string
  private readonly draft: string
  private readonly embedder: Embedder
  private readonly kind: StoreKind
  private readonly disk: Disk
  private readonly before: Generation | null
  private readonly store: PassageStore | Successor
  private readonly content: GenerationContent

  private constructor({ index, embedder, kind, disk, before = null }: WriterOptions, id: string, store: PassageStore | Successor, content: GenerationContent) {
    this.index = index
    this.id = id
    this.draft = draftOf(index, id)
    this.embedder = embedder
    this.kind = kind
    this.disk = disk
    this.before = before
    this.store = store
    this.content = content
  }

  /** Begins a generation in an index whose lock is held. Throws INDEX_UNWRITABLE. */
  static async create(options: WriterOptions): Promise<GenerationWriter> {
    const { index, embedder, kind, disk, before = null, kept = 0 } = options
    const id = `${new Date().toISOString().replace(/[-:.]/g, '')}-${randomBytes(3).toString('hex')}`
    const draft = draftOf(index, id)
    try {
      await makeFolder(draft, disk)
      const documentOf = () => {
        throw new Error('a generation is read once it is written')
      }
      const { dimensions } = embedder
      const about = { embeddings: embedder, dimensions, documentOf }
      const store = before?.manifest.store === kind.name ? await kind.succeed(before.store, { ...about, kept }) : await kind.create(about)
      const content = await GenerationContent.create({ index, draft, disk, store, dimensions, before })
      return new GenerationWriter(options, id, store, content)
    } catch (cause) {
      await disk.rm(draft, { recursive: true, force: true }).catch(() => {})
      throw unwritable(index, cause)
    }
  }

  get passageCount(): number {
    return this.store.size
  }

  get sourceCount(): number {
    return this.content.sourceCount
  }

  /** Is what was appended what the generation before holds? */
  get isSame(): boolean {
    return this.content.isSame
  }

  /** Appends a source with the vectors of its passages, in their order. Throws INDEX_UNWRITABLE. */
  add(source: PreparedSource, taken: TakenVectors[]): Promise<void> {
    return this.content.add(source, taken)
  }

  /** Appends a run of the generation before. Throws INDEX_UNWRITABLE. */
  keep(run: Run): Promise<void> {
    return this.content.keep(run)
  }

  /**
   * Finishes the files, checks them, hands over what is kept outside of them, and makes this generation the current one. Throws INDEX_UNWRITABLE,
   * VECTOR_STORE_FAILED, or the signal's reason while it hands over.
   */
  async commit(signal?: AbortSignal): Promise<Manifest> {
    try {
      const manifest = await this.finish()
      await this.publish(signal)
      await this.switchTo()
      return manifest
    } catch (cause) {
      await this.discard()
      throw unwritable(this.index, cause)
    }
  }

  /**
   * Removes what was written, unless it has become the current generation all the same; the index stays as it was. Where something outside cannot
   * be removed, the folder stays, so that the next build knows of it.
   */
  async discard(): Promise<void> {
    await this.content.abandon()
    const remove = async (path: string) => {
      try {
        await this.kind.outside?.withdraw(path)
        await this.disk.rm(path, { recursive: true, force: true })
      } catch {}
    }
    await remove(this.draft)
    const switched = await current(this.index, this.disk).then(
      (name) => name === this.id,
      () => true,
    )
    if (!switched) await remove(join(this.index, GENERATIONS, this.id))
  }

  /** Writes everything that is not written yet, and the manifest; then reads all of it back. What waits for the disk does not wait for each other. */
  private async finish(): Promise<Manifest> {
    const { draft, kind, store, embedder } = this
    const stored = this.writeStore()
    const probed = stored.then(() => kind.probe(draft, { dimensions: embedder.dimensions, size: store.size }))
    const [manifest] = await allEnded([this.seal([...this.content.finish(), stored]), probed])
    return manifest
  }

  /** Writes the store's files. What it wrote by itself is only known from the disk, and hnswlib reports success on a full one: so it is asked as well. */
  private async writeStore(): Promise<FileFacts[]> {
    const { disk, draft, store } = this
    await store.writeTo(draft)
    const ours = new Set(Object.values(FILES))
    const files: FileFacts[] = []
    for (const name of (await disk.readdir(draft)).filter((name) => !ours.has(name))) {
      await sync(join(draft, name), disk)
      files.push(await factsOf(draft, name, disk))
    }
    return files
  }

  private async seal(written: Promise<FileFacts | FileFacts[]>[]): Promise<Manifest> {
    const { disk, draft, embedder } = this
    const files = (await allEnded(written)).flat()
    const manifest: Manifest = {
      format: FORMAT,
      generation: this.id,
      created: new Date().toISOString(),
      embedder: embedder.fingerprint,
      dimensions: embedder.dimensions,
      store: this.kind.name as StoredName,
      sources: this.sourceCount,
      languages: this.content.languages,
      passages: this.store.size,
      sentences: this.content.sentenceCount,
      files: files.sort((a, b) => (a.name < b.name ? -1 : 1)),
    }
    await writeDurably(disk, draft, MANIFEST, sealed(manifest))
    await sync(draft, disk)
    return checkedManifest(draft, disk)
  }

  private async publish(signal: AbortSignal | undefined): Promise<void> {
    const { outside } = this.kind
    if (!outside) return
    const written = await Generation.open(this.draft, this.embedder, { outside: this.kind })
    try {
      await outside.publish(written.store, signal)
    } finally {
      await written.close()
    }
  }

  private async switchTo(): Promise<void> {
    const home = join(this.index, GENERATIONS)
    await this.disk.rename(this.draft, join(home, this.id))
    await sync(home, this.disk)
    await setCurrent(this.index, this.id, this.disk)
    // It is done: what stays because it cannot be removed is removed after the next one.
    await this.removeOld().catch(() => {})
  }

  /** Keeps this generation and the newest whole one before it; drafts are of builds that were killed, since the lock is held. */
  private async removeOld(): Promise<void> {
    const place = (name: string) => join(this.index, GENERATIONS, name)
    const remove = async (name: string) => {
      // A store that cannot delete keeps what is believed no more.
      await this.kind.outside?.withdraw(place(name)).catch(() => {})
      await this.disk.rm(place(name), { recursive: true, force: true })
    }
    const { finished, drafts } = await generationsIn(this.index, this.disk)
    let kept = false
    for (const name of finished.filter((one) => one !== this.id)) {
      // The one that this build went on from was compared when it was opened.
      if (!kept && (name === this.before?.id || (await isWhole(place(name), this.disk)))) kept = true
      else await remove(name)
    }
    for (const draft of drafts) await remove(draft)
  }
}

export interface WriterOptions {
  /** The folder of the index. */
  index: string
  embedder: Embedder
  kind: StoreKind
  disk: Disk
  /** The generation that the store goes on from, and how many of its passages are to be kept. */
  before?: Generation | null
  kept?: number
}

function isWhole(directory: string, disk: Disk): Promise<boolean> {
  return checkedManifest(directory, disk).then(
    () => true,
    () => false,
  )
}

function draftOf(index: string, id: string): string {
  return join(index, GENERATIONS, `.${id}`)
}
