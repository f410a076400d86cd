import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Run } from './before.ts'
import { groupsOf, NO_GROUP } from './copies.ts'
import { current, GENERATIONS, generationsIn, setCurrent } from './current.ts'
import type { Disk } from './disk.ts'
import { DurableFile, type FileFacts, makeFolder, sync, unwritable, writeDurably } from './durable.ts'
import type { Embedder } from './embedders/embedder.ts'
import { FILES, type Generation, PASSAGE_NUMBERS } from './generation.ts'
import { allEnded } from './in-order.ts'
import { KeptLines } from './kept-lines.ts'
import { countLanguages } from './languages.ts'
import { LexicalWriter } from './lexical-writer.ts'
import { checkedManifest, FORMAT, factsOf, fileAsWritten, MANIFEST, type Manifest, sealed } from './manifest.ts'
import { Numbers } from './numbers.ts'
import type { RecordedSource, SourceLine, StoredSource } from './stored-sources.ts'
import type { StoredVectors } from './stored-vectors.ts'
import type { StoreName } from './stores/registry.ts'
import type { PassageStore, StoreKind, Successor } from './stores/store.ts'
import { bytesOfSigns } from './token-signs.ts'
import type { Passage } from './types.ts'

export interface PreparedSource {
  source: RecordedSource
  text: string
  passages: Passage[]
  /** A source of the same text in the generation before; null when there is none. */
  before: StoredSource | null
}

/** The vectors of a passage: new ones, or those that a passage of the generation before has. */
export type TakenVectors = StoredVectors | number

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
  private readonly texts: DurableFile
  private readonly vectors: DurableFile
  private readonly signs: DurableFile
  private readonly lexical: LexicalWriter
  private readonly lines: DurableFile
  private readonly languages: (string | null)[] = []
  private readonly signatures: (string | null)[] = []
  /** Passages of the generation before that are in this one. */
  private readonly kept = new Set<number>()
  private readonly passageNumbers = new Numbers()
  private readonly sentenceNumbers = new Numbers()
  private readonly firstTokens = new Numbers()
  /** What runs are taken from, once there is one. */
  private keptLines: KeptLines | undefined
  private keptTexts: Buffer | undefined
  private tokens = 0
  private textBytes = 0

  private constructor({ index, embedder, kind, disk, before = null }: WriterOptions, id: string, store: PassageStore | Successor, files: DurableFile[]) {
    this.index = index
    this.id = id
    this.draft = draftOf(index, id)
    this.embedder = embedder
    this.kind = kind
    this.disk = disk
    this.before = before
    this.lexical = LexicalWriter.for(before?.lexical)
    this.store = store
    const [lines, texts, vectors, signs] = files as [DurableFile, DurableFile, DurableFile, DurableFile]
    this.lines = lines
    this.texts = texts
    this.vectors = vectors
    this.signs = signs
  }

  /** Begins a generation in an index whose lock is held. Throws INDEX_UNWRITABLE. */
  static async create(options: WriterOptions): Promise<GenerationWriter> {
    const { index, embedder, kind, disk, before, kept = 0 } = options
    const id = `${new Date().toISOString().replace(/[-:.]/g, '')}-${randomBytes(3).toString('hex')}`
    const draft = draftOf(index, id)
    const files: DurableFile[] = []
    try {
      await makeFolder(draft, disk)
      for (const name of [FILES.sources, FILES.texts, FILES.sentenceVectors, FILES.tokenSigns]) files.push(await DurableFile.create(disk, draft, name))
      const documentOf = () => {
        throw new Error('a generation is read once it is written')
      }
      const about = { embeddings: embedder, dimensions: embedder.dimensions, documentOf }
      const goesOn = before?.manifest.store === kind.name
      const store = goesOn ? await kind.succeed(before.store, { ...about, kept }) : await kind.create(about)
      return new GenerationWriter(options, id, store, files)
    } catch (cause) {
      for (const file of files) await file.abandon()
      await disk.rm(draft, { recursive: true, force: true }).catch(() => {})
      throw unwritable(index, cause)
    }
  }

  get passageCount(): number {
    return this.store.size
  }

  private get sentenceCount(): number {
    return this.sentenceNumbers.length / 2
  }

  get sourceCount(): number {
    return this.languages.length
  }

  /** Is what was appended what the generation before holds? Everything else is made of that. */
  get isSame(): boolean {
    const before = new Map(this.before?.manifest.files.map(({ name, sha256 }) => [name, sha256]))
    return [this.lines, this.texts, this.vectors, this.signs].every(({ name, sha256 }) => before.get(name) === sha256)
  }

  /** Appends a source with the vectors of its passages, in their order. Throws INDEX_UNWRITABLE. */
  async add({ source, text, passages, before }: PreparedSource, taken: TakenVectors[]): Promise<void> {
    const bytes = Buffer.from(text, 'utf8')
    const line: SourceLine = { ...source, textAt: this.textBytes, textBytes: bytes.length, firstPassage: this.store.size, passages: passages.length }
    passages.forEach((passage, i) => {
      for (const number of [this.sourceCount, passage.start, passage.end, this.sentenceCount]) this.passageNumbers.push(number)
      for (const { start, end } of passage.sentences) {
        this.sentenceNumbers.push(start)
        this.sentenceNumbers.push(end)
      }
      if (before?.title !== source.title) this.lexical.add(this.store.size + i, text.slice(passage.start, passage.end), source.title)
    })
    if (before?.title === source.title) this.lexical.keep(before.firstPassage, passages.length, this.store.size)
    this.textBytes += bytes.length
    this.languages.push(source.language)
    this.signatures.push(source.signature)
    const vectors = taken.map((one) => (typeof one === 'number' ? (this.before as Generation).sentencesOf(one) : one))
    for (const count of vectors.flatMap(({ tokens }) => tokens)) {
      this.firstTokens.push(this.tokens)
      this.tokens += count
    }
    for (const one of taken) await this.addPassage(one)
    try {
      await this.texts.append(bytes)
      await this.vectors.append(Buffer.concat(vectors.map(({ sentences }) => sentences)))
      await this.signs.append(Buffer.concat(vectors.map(({ signs }) => signs)))
      await this.lines.append(Buffer.from(`${JSON.stringify(line)}\n`))
    } catch (cause) {
      throw unwritable(this.index, cause)
    }
  }

  /** Appends a run of the generation before. Throws INDEX_UNWRITABLE. */
  async keep({ firstSource, sources }: Run): Promise<void> {
    const { disk, texts, vectors, signs, lines } = this
    const before = this.before as Generation
    const { passages, sentences, tokens, textBytes } = before.extentOf(firstSource, sources)
    const further = {
      sources: this.sourceCount - firstSource,
      passages: this.passageCount - passages[0],
      sentences: this.sentenceCount - sentences[0],
      tokens: this.tokens - tokens[0],
      textBytes: this.textBytes - textBytes[0],
    }
    for (let at = passages[0] * PASSAGE_NUMBERS; at < passages[1] * PASSAGE_NUMBERS; at += PASSAGE_NUMBERS) {
      const [source = 0, start = 0, end = 0, firstSentence = 0] = before.passageNumbers.subarray(at, at + PASSAGE_NUMBERS)
      for (const number of [source + further.sources, start, end, firstSentence + further.sentences]) this.passageNumbers.push(number)
    }
    this.sentenceNumbers.append(before.sentenceNumbers.subarray(2 * sentences[0], 2 * sentences[1]))
    for (const token of before.firstTokens.subarray(...sentences)) this.firstTokens.push(token + further.tokens)
    this.lexical.keep(passages[0], passages[1] - passages[0], this.passageCount)
    for (const { language, signature } of before.sources.slice(firstSource, firstSource + sources)) {
      this.languages.push(language)
      this.signatures.push(signature)
    }
    this.tokens += tokens[1] - tokens[0]
    this.textBytes += textBytes[1] - textBytes[0]
    for (let passage = passages[0]; passage < passages[1]; passage++) await this.addPassage(passage)
    try {
      this.keptLines ??= await KeptLines.read(before, disk)
      await lines.append(this.keptLines.of(firstSource, sources, further.textBytes, further.passages))
      this.keptTexts ??= await fileAsWritten(before.directory, FILES.texts, before.manifest, disk)
      await texts.append(this.keptTexts.subarray(...textBytes))
      const copy = (file: DurableFile, [from, to]: [number, number], width: number) =>
        file.appendFrom(join(before.directory, file.name), from * width, to * width, disk)
      await copy(vectors, sentences, this.embedder.dimensions)
      await copy(signs, tokens, bytesOfSigns(this.embedder.dimensions))
    } catch (cause) {
      throw unwritable(this.index, cause)
    }
  }

  private async addPassage(taken: TakenVectors): Promise<void> {
    if (typeof taken !== 'number') return this.store.add([taken.passage])
    // The same passage may stand in several places; the store goes on with it in the first.
    if (this.kept.has(taken) || !('keep' in this.store)) return this.store.add([(this.before as Generation).store.vectorOf(taken)])
    this.kept.add(taken)
    await this.store.keep(taken)
  }

  /** Finishes the files, checks them, and makes this generation the current one. Throws INDEX_UNWRITABLE. */
  async commit(): Promise<Manifest> {
    try {
      const manifest = await this.finish()
      await this.switchTo()
      return manifest
    } catch (cause) {
      await this.discard()
      throw unwritable(this.index, cause)
    }
  }

  /** Removes what was written, unless it has become the current generation all the same; the index stays as it was. */
  async discard(): Promise<void> {
    for (const file of [this.lines, this.texts, this.vectors, this.signs]) await file.abandon()
    const remove = (path: string) => this.disk.rm(path, { recursive: true, force: true }).catch(() => {})
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
    const appended = [this.lines, this.texts, this.vectors, this.signs].map((file) => file.finish())
    const [manifest] = await allEnded([this.seal([...appended, this.writeNumbers(), stored]), probed])
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

  private async writeNumbers(): Promise<FileFacts[]> {
    const whole = (name: string, content: Uint8Array) => writeDurably(this.disk, this.draft, name, content)
    const files = [
      await whole(FILES.passages, bytesOf(this.passageNumbers.all)),
      await whole(FILES.sentences, bytesOf(this.sentenceNumbers.all)),
      await whole(FILES.groups, bytesOf(groupsOf(this.signatures).map((group) => group ?? NO_GROUP))),
      await whole(FILES.tokens, bytesOf([...this.firstTokens.all, this.tokens])),
    ]
    for (const { name, bytes } of this.lexical.finish()) files.push(await whole(name, bytes))
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
      store: this.kind.name as StoreName,
      sources: this.sourceCount,
      languages: countLanguages(this.languages),
      passages: this.store.size,
      sentences: this.sentenceCount,
      files: files.sort((a, b) => (a.name < b.name ? -1 : 1)),
    }
    await writeDurably(disk, draft, MANIFEST, sealed(manifest))
    await sync(draft, disk)
    return checkedManifest(draft, disk)
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
    const remove = (name: string) => this.disk.rm(place(name), { recursive: true, force: true })
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

function bytesOf(numbers: ArrayLike<number>): Uint8Array {
  return new Uint8Array(Int32Array.from(numbers).buffer)
}
