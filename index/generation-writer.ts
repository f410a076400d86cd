import { randomBytes } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { current, GENERATIONS, setCurrent } from './current.ts'
import { sync } from './durable.ts'
import type { Embedder, PassageVectors } from './embedders/embedder.ts'
import { OnRecordError } from './errors.ts'
import { FILES, type Original, type StoredSource } from './generation.ts'
import { countLanguages } from './language.ts'
import { LexicalIndex } from './lexical.ts'
import { checkedManifest, FORMAT, listFiles, MANIFEST, type Manifest, sealed } from './manifest.ts'
import type { StoreName } from './stores/registry.ts'
import type { PassageStore, StoreKind } from './stores/store.ts'
import { signsOf } from './token-signs.ts'
import type { Passage, Source, Statement } from './types.ts'
import { quantise } from './vectors.ts'

export interface PreparedSource {
  source: Source
  text: string
  language: string | null
  statements: Statement[]
  passages: Passage[]
  original: Original
}

/**
 * Writes a new generation beside the others: everything into a draft folder, then read back and checked, forced to disk, renamed,
 * and only then made the current one. Whatever happens before that, the index stays as it was.
 */
export class GenerationWriter {
  readonly id: string
  private readonly index: string
  private readonly draft: string
  private readonly embedder: Embedder
  private readonly kind: StoreKind
  private readonly store: PassageStore
  private readonly texts: FileHandle
  private readonly vectors: FileHandle
  private readonly signs: FileHandle
  private readonly lexical = new LexicalIndex()
  private readonly sources: StoredSource[] = []
  private readonly passageNumbers: number[] = []
  private readonly sentenceNumbers: number[] = []
  private readonly firstTokens: number[] = []
  private tokens = 0
  private textBytes = 0

  private constructor(index: string, id: string, embedder: Embedder, kind: StoreKind, store: PassageStore, files: FileHandle[]) {
    this.index = index
    this.id = id
    this.draft = draftOf(index, id)
    this.embedder = embedder
    this.kind = kind
    this.store = store
    const [texts, vectors, signs] = files as [FileHandle, FileHandle, FileHandle]
    this.texts = texts
    this.vectors = vectors
    this.signs = signs
  }

  static async create(index: string, embedder: Embedder, kind: StoreKind): Promise<GenerationWriter> {
    const id = `${new Date().toISOString().replace(/[-:.]/g, '')}-${randomBytes(3).toString('hex')}`
    const draft = draftOf(index, id)
    try {
      await mkdir(draft, { recursive: true })
      const files = await Promise.all([FILES.texts, FILES.sentenceVectors, FILES.tokenSigns].map((name) => open(join(draft, name), 'w')))
      const documentOf = () => {
        throw new Error('a generation is read once it is written')
      }
      return new GenerationWriter(index, id, embedder, kind, await kind.create({ embeddings: embedder, dimensions: embedder.dimensions, documentOf }), files)
    } catch (cause) {
      throw unwritable(index, cause)
    }
  }

  get passageCount(): number {
    return this.store.size
  }

  get sourceCount(): number {
    return this.sources.length
  }

  /** Appends a source with the vectors of its passages, in their order. */
  async add({ source, text, language, statements, passages, original }: PreparedSource, vectors: PassageVectors[]): Promise<void> {
    const bytes = Buffer.from(text, 'utf8')
    const stored = { textAt: this.textBytes, textBytes: bytes.length, firstPassage: this.store.size, passages: passages.length }
    this.sources.push({ ...source, language, statements, original, ...stored })
    this.textBytes += bytes.length
    passages.forEach((passage, i) => {
      this.passageNumbers.push(this.sources.length - 1, passage.start, passage.end, this.sentenceNumbers.length / 2)
      for (const { start, end } of passage.sentences) this.sentenceNumbers.push(start, end)
      this.lexical.add(this.store.size + i, text.slice(passage.start, passage.end), source.title)
    })
    await this.store.add(vectors.map((v) => v.passage))
    await this.texts.appendFile(bytes)
    await this.vectors.appendFile(Buffer.concat(vectors.flatMap((v) => v.sentences.map((s) => Buffer.from(quantise(s).buffer)))))
    for (const rows of vectors.flatMap((v) => v.tokens)) {
      this.firstTokens.push(this.tokens)
      this.tokens += rows.length / this.embedder.dimensions
    }
    await this.signs.appendFile(Buffer.concat(vectors.flatMap((v) => v.tokens.map((rows) => signsOf(rows, this.embedder.dimensions)))))
  }

  /** Finishes the files, checks them, and makes this generation the current one. */
  async commit(): Promise<Manifest> {
    try {
      return await this.finish()
    } catch (cause) {
      await this.discard()
      throw unwritable(this.index, cause)
    }
  }

  /** Removes the draft; the index stays as it was. */
  async discard(): Promise<void> {
    await Promise.allSettled([this.texts, this.vectors, this.signs].map((file) => file.close()))
    await rm(this.draft, { recursive: true, force: true })
  }

  private async finish(): Promise<Manifest> {
    await Promise.all([this.texts, this.vectors, this.signs].map((file) => file.close()))
    const path = (name: string) => join(this.draft, name)
    await writeFile(path(FILES.sources), JSON.stringify(this.sources))
    await writeFile(path(FILES.passages), new Uint8Array(Int32Array.from(this.passageNumbers).buffer))
    await writeFile(path(FILES.sentences), new Uint8Array(Int32Array.from(this.sentenceNumbers).buffer))
    await writeFile(path(FILES.tokens), new Uint8Array(Int32Array.from([...this.firstTokens, this.tokens]).buffer))
    await writeFile(path(FILES.lexical), this.lexical.toJSON())
    await this.store.writeTo(this.draft)
    const files = await listFiles(this.draft)
    const expected = this.store.size * this.embedder.dimensions
    const stored = files.find((f) => f.name.startsWith('vectors.'))
    // hnswlib reports success on a full disk: what it wrote is at least as long as its vectors.
    if (!stored || stored.bytes < expected * 4) throw new Error('the vectors were not written whole; is the disk full?')
    const manifest: Manifest = {
      format: FORMAT,
      generation: this.id,
      created: new Date().toISOString(),
      embedder: this.embedder.fingerprint,
      dimensions: this.embedder.dimensions,
      store: this.kind.name as StoreName,
      sources: this.sources.length,
      languages: countLanguages(this.sources.map((source) => source.language)),
      passages: this.store.size,
      sentences: this.sentenceNumbers.length / 2,
      files,
    }
    await writeFile(path(MANIFEST), sealed(manifest))
    for (const name of await readdir(this.draft)) await sync(path(name))
    await sync(this.draft)
    await checkedManifest(this.draft)
    const home = join(this.index, GENERATIONS)
    await rename(this.draft, join(home, this.id))
    await sync(home)
    const previous = await current(this.index)
    await setCurrent(this.index, this.id)
    await this.removeOld(previous)
    return manifest
  }

  /** Keeps the current generation and the one before it. */
  private async removeOld(previous: string | null): Promise<void> {
    const home = join(this.index, GENERATIONS)
    for (const name of await readdir(home)) {
      if (name.startsWith('.') || name === this.id || name === previous || name > this.id) continue
      await rm(join(home, name), { recursive: true, force: true })
    }
  }
}

function draftOf(index: string, id: string): string {
  return join(index, GENERATIONS, `.${id}`)
}

function unwritable(index: string, cause: unknown): OnRecordError {
  if (cause instanceof OnRecordError) return cause
  const why = cause instanceof Error ? cause.message : String(cause)
  return new OnRecordError(
    'INDEX_UNWRITABLE',
    `The index in ${index} cannot be written: ${why}.`,
    'Check that the folder can be written and the disk has room; the index before it is untouched.',
    { cause },
  )
}
