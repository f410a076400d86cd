import { join } from 'node:path'
import { groupsOf, NO_GROUP } from './copies.ts'
import type { Disk } from './disk.ts'
import { DurableFile, type FileFacts, unwritable, writeDurably } from './durable.ts'
import { FILES, type Generation, PASSAGE_NUMBERS } from './generation.ts'
import { KeptLines } from './kept-lines.ts'
import { countLanguages } from './languages.ts'
import { LexicalWriter } from './lexical-writer.ts'
import { fileAsWritten } from './manifest.ts'
import { Numbers } from './numbers.ts'
import { bytesOfSigns } from './signs.mjs'
import type { RecordedSource, SourceLine, StoredSource } from './stored-sources.ts'
import type { StoredVectors } from './stored-vectors.ts'
import type { PassageStore, Successor } from './stores/store.ts'
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

/** Files in a row whose sources stand in a row in the generation before, and are taken over as they are there. */
export interface Run {
  bytes: number
  firstSource: number
  sources: number
  passages: number
}

export interface ContentOptions {
  /** The folder of the index. */
  index: string
  /** The folder that is written to. */
  draft: string
  disk: Disk
  store: PassageStore | Successor
  /** Numbers in a vector. */
  dimensions: number
  before: Generation | null
}

/** What a generation holds, source after source: files that grow on the disk, and the numbers and terms that are written at the end. */
export class GenerationContent {
  private readonly index: string
  private readonly draft: string
  private readonly disk: Disk
  private readonly store: PassageStore | Successor
  private readonly dimensions: number
  private readonly before: Generation | null
  private readonly lines: DurableFile
  private readonly texts: DurableFile
  private readonly vectors: DurableFile
  private readonly signs: DurableFile
  private readonly lexical: LexicalWriter
  private readonly ofEach: { language: string | null; signature: string | null }[] = []
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

  private constructor({ index, draft, disk, store, dimensions, before }: ContentOptions, files: DurableFile[]) {
    this.index = index
    this.draft = draft
    this.disk = disk
    this.store = store
    this.dimensions = dimensions
    this.before = before
    this.lexical = LexicalWriter.for(before?.lexical)
    const [lines, texts, vectors, signs] = files as [DurableFile, DurableFile, DurableFile, DurableFile]
    this.lines = lines
    this.texts = texts
    this.vectors = vectors
    this.signs = signs
  }

  static async create(options: ContentOptions): Promise<GenerationContent> {
    const files: DurableFile[] = []
    try {
      for (const name of [FILES.sources, FILES.texts, FILES.sentenceVectors, FILES.tokenSigns])
        files.push(await DurableFile.create(options.disk, options.draft, name))
      return new GenerationContent(options, files)
    } catch (cause) {
      for (const file of files) await file.abandon()
      throw cause
    }
  }

  get sourceCount(): number {
    return this.ofEach.length
  }

  get sentenceCount(): number {
    return this.sentenceNumbers.length / 2
  }

  get languages(): Record<string, number> {
    return countLanguages(this.ofEach.map(({ language }) => language))
  }

  /** Is what was appended what the generation before holds? Everything else is made of that. */
  get isSame(): boolean {
    const before = new Map(this.before?.manifest.files.map(({ name, sha256 }) => [name, sha256]))
    return this.appended.every(({ name, sha256 }) => before.get(name) === sha256)
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
    this.ofEach.push({ language: source.language, signature: source.signature })
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
      passages: this.store.size - passages[0],
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
    this.lexical.keep(passages[0], passages[1] - passages[0], this.store.size)
    for (const { language, signature } of before.sources.slice(firstSource, firstSource + sources)) this.ofEach.push({ language, signature })
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
      await copy(vectors, sentences, this.dimensions)
      await copy(signs, tokens, bytesOfSigns(this.dimensions))
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

  /** Finishes each file; what waits for the disk does not wait for each other. */
  finish(): Promise<FileFacts | FileFacts[]>[] {
    return [...this.appended.map((file) => file.finish()), this.writeNumbers()]
  }

  async abandon(): Promise<void> {
    for (const file of this.appended) await file.abandon()
  }

  private get appended(): DurableFile[] {
    return [this.lines, this.texts, this.vectors, this.signs]
  }

  private async writeNumbers(): Promise<FileFacts[]> {
    const whole = (name: string, content: Uint8Array) => writeDurably(this.disk, this.draft, name, content)
    const files = [
      await whole(FILES.passages, bytesOf(this.passageNumbers.all)),
      await whole(FILES.sentences, bytesOf(this.sentenceNumbers.all)),
      await whole(FILES.groups, bytesOf(groupsOf(this.ofEach.map(({ signature }) => signature)).map((group) => group ?? NO_GROUP))),
      await whole(FILES.tokens, bytesOf([...this.firstTokens.all, this.tokens])),
    ]
    for (const { name, bytes } of this.lexical.finish()) files.push(await whole(name, bytes))
    return files
  }
}

function bytesOf(numbers: ArrayLike<number>): Uint8Array {
  return new Uint8Array(Int32Array.from(numbers).buffer)
}
