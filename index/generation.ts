import { closeSync, openSync, readSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { DocumentInterface } from '@langchain/core/documents'
import { numbersIn } from './durable.ts'
import type { Embedder } from './embedders/embedder.ts'
import { OnRecordError } from './errors.ts'
import { allEnded } from './in-order.ts'
import { kindFor } from './kind-for.ts'
import { LexicalIndex } from './lexical.ts'
import { LEXICAL_FILE } from './lexical-file.ts'
import { checkedManifest, damaged, type Manifest } from './manifest.ts'
import { dot } from './nearest.ts'
import { openOriginal } from './original.ts'
import { People } from './people.ts'
import type { Counts, Fetched, GenerationReader, ListedSpeaker, Matches, PassageSet, SaidBy, SentencePlace, Within } from './reader.ts'
import { Searching } from './searching.ts'
import { sha256OfText } from './sha256.ts'
import { speakersOf } from './speaker-list.ts'
import { readSources, type StoredSource } from './stored-sources.ts'
import type { StoredVectors } from './stored-vectors.ts'
import type { Neighbour, PassageStore, StoreKind } from './stores/store.ts'
import { TokenSigns } from './token-signs.ts'
import type { Passage, Source, Span } from './types.ts'
import { SentenceVectors } from './vectors.ts'
import type { Voice } from './voices.ts'

/** The files of a generation, beside its manifest and the store's own. */
export const FILES = {
  /** A source each line. */
  sources: 'sources.jsonl',
  texts: 'texts.utf8',
  /** The group of near-copies that each source is in. */
  groups: 'groups.i32',
  passages: 'passages.i32',
  sentences: 'sentences.i32',
  sentenceVectors: 'sentences.i8',
  /** The number of each sentence's first token, and of all tokens. */
  tokens: 'tokens.i32',
  tokenSigns: 'tokens.bits',
  lexical: LEXICAL_FILE,
}

export interface OpenOptions {
  /** Is the store read in a process of its own first, so that a file which ends a process does not end this one? */
  probe?: boolean
  /** What searches the passages outside of the index; it has to be one that was made for that. */
  outside?: StoreKind | undefined
  /** Is a generation made of it? Then it is not searched, and one whose passages are searched outside is opened without. */
  toGoOn?: boolean
}

/** Numbers a passage has in passages.i32: its source, start, end and first sentence. */
export const PASSAGE_NUMBERS = 4

/** Where the sources of a run lie in the files of a generation: from each number or byte on, up to but without the other. */
export interface Extent {
  passages: [number, number]
  sentences: [number, number]
  tokens: [number, number]
  textBytes: [number, number]
}

/** Texts kept in memory, in characters. */
const TEXT_CACHE = 16_000_000

/** One complete, immutable index on disk, opened for asking. */
export class Generation implements GenerationReader {
  readonly id: string
  readonly directory: string
  readonly manifest: Manifest
  readonly sources: readonly StoredSource[]
  readonly lexical: LexicalIndex
  readonly store: PassageStore
  readonly sentenceVectors: SentenceVectors
  readonly tokenSigns: TokenSigns
  /** Said once when the store is not the one that the index was made for. */
  readonly notice: string | null
  /** What passages.i32, sentences.i32 and tokens.i32 hold. */
  readonly passageNumbers: Int32Array
  readonly sentenceNumbers: Int32Array
  readonly firstTokens: Int32Array
  private readonly textFile: number
  private readonly texts = new Map<number, string>()
  private cached = 0
  private readonly byId: Map<string, number>
  private readonly searching = new Searching(this)
  private readonly people = new People(this)

  private constructor(parts: Parts) {
    this.id = parts.manifest.generation
    this.directory = parts.directory
    this.manifest = parts.manifest
    this.sources = parts.sources
    this.lexical = parts.lexical
    this.store = parts.store
    this.notice = parts.notice
    this.sentenceVectors = parts.sentenceVectors
    this.tokenSigns = parts.tokenSigns
    this.passageNumbers = parts.passageNumbers
    this.sentenceNumbers = parts.sentenceNumbers
    this.firstTokens = parts.firstTokens
    this.textFile = parts.textFile
    this.byId = new Map(parts.sources.map((source, i) => [source.id, i]))
  }

  /**
   * Opens a generation's folder: its files are checked against its manifest first. Throws INDEX_DAMAGED, INDEX_OTHER_VERSION,
   * or INDEX_OTHER_MODEL when the embedder is not the one that made it.
   */
  static async open(directory: string, embedder: Embedder, options: OpenOptions = {}): Promise<Generation> {
    const manifest = await checkedManifest(directory)
    if (manifest.embedder !== embedder.fingerprint) throw otherModel(directory, manifest, embedder)
    const path = (name: string) => join(directory, name)
    const { kind, notice } = await kindFor(directory, manifest, options)
    const { dimensions, passages } = manifest
    // Another process probes while this one reads.
    const probed = options.probe
      ? kind.probe(directory, { dimensions, size: passages }).catch((error: Error) => {
          throw damaged(directory, `cannot be opened (${error.message})`, error)
        })
      : undefined
    const [[sources, passageNumbers, sentenceNumbers, firstTokens, lexical]] = await allEnded([
      Promise.all([
        readSources(path(FILES.sources), path(FILES.groups)),
        numbersIn(path(FILES.passages)),
        numbersIn(path(FILES.sentences)),
        numbersIn(path(FILES.tokens)),
        readFile(path(FILES.lexical)).then(LexicalIndex.from),
      ]),
      probed,
    ])
    let generation: Generation | undefined
    const documentOf = (passage: number) => (generation as Generation).documentOf(passage)
    const store = await kind.open(directory, { embeddings: embedder, dimensions, documentOf, size: passages, generation: manifest.generation })
    const textFile = openSync(path(FILES.texts), 'r')
    const sentenceVectors = SentenceVectors.open(path(FILES.sentenceVectors), dimensions)
    const tokenSigns = TokenSigns.open(path(FILES.tokenSigns), dimensions, firstTokens)
    const numbers = { passageNumbers, sentenceNumbers, firstTokens }
    generation = new Generation({ directory, manifest, sources, lexical, store, notice, sentenceVectors, tokenSigns, ...numbers, textFile })
    return generation
  }

  get passageCount(): number {
    return this.manifest.passages
  }

  get created(): string {
    return this.manifest.created
  }

  get counts(): Counts {
    return this.manifest
  }

  get hasTokens(): boolean {
    return !this.tokenSigns.isEmpty
  }

  forQuestion(): this {
    return this
  }

  source(number: number): StoredSource {
    return this.sources[number] as StoredSource
  }

  list(from: number, most: number): StoredSource[] {
    return this.sources.slice(from, from + most)
  }

  nearest(vector: Float32Array, k: number, within: Within = {}): Fetched<Neighbour[]> {
    return this.searching.nearest(vector, k, within)
  }

  cosines(vector: Float32Array, passages: number[]): number[] {
    return passages.map((passage) => dot(this.store.vectorOf(passage), vector))
  }

  matching(terms: string[], within: Within = {}): Matches {
    return this.searching.matching(terms, within)
  }

  unheld(terms: string[]): string[] {
    return terms.filter((term) => !this.lexical.has(term))
  }

  similar(term: string): string[] {
    return this.lexical.similar(term)
  }

  groupsOf(passages: number[]): (number | null)[] {
    return passages.map((passage) => this.source(this.sourceOf(passage)).group)
  }

  likeIn(source: StoredSource, passage: number, most: number): Promise<number[]> {
    return this.searching.likeIn(source, passage, most)
  }

  voices(needed: string[]): Voice[] {
    return this.people.directory.called(needed)
  }

  nameInFull(source: Pick<Source, 'id'>, speaker: string): string {
    return this.people.directory.nameInFull(source, speaker)
  }

  passagesSaid(by: SaidBy, papers: boolean): PassageSet {
    return this.people.passagesSaid(by, papers)
  }

  dates(): ReadonlyMap<string, number> {
    return this.people.dates
  }

  membersOf(group: number, most: number): number[] {
    return this.people.membersOf(group).slice(0, most)
  }

  sourcesLike(part: string, most: number): { ids: string[]; total: number } {
    const wanted = part.toLowerCase()
    const fits = ({ id, path, title }: StoredSource) => id.startsWith(wanted) || `${path}\n${title}`.toLowerCase().includes(wanted)
    const ids = this.sources.filter(fits).map(({ id }) => id)
    return { ids: ids.slice(0, most), total: ids.length }
  }

  original({ original }: StoredSource): Promise<Readable | null> {
    return openOriginal(original)
  }

  speakers(most: number): ListedSpeaker[] {
    return speakersOf(this.sources).slice(0, most)
  }

  someStatements(most: number): { source: number; statement: number }[] {
    const all = this.sources.flatMap(({ statements }, source) => statements.map((_, statement) => ({ source, statement })))
    const step = Math.max(1, Math.floor(all.length / most))
    return all.filter((_, i) => i % step === 0)
  }

  passagesOf({ firstPassage, passages }: StoredSource): number[] {
    return Array.from({ length: passages }, (_, i) => firstPassage + i)
  }

  /** All of it is at hand. */
  bring(): void {}

  bringVectors(): void {}

  sentenceCosines(vector: Float32Array, passage: number): number[] {
    const { firstSentence, sentences } = this.passage(passage)
    return this.sentenceVectors.similarities(vector, firstSentence, sentences.length)
  }

  between(one: SentencePlace, other: SentencePlace): number {
    const numberOf = ({ passage, sentence }: SentencePlace) => this.passage(passage).firstSentence + sentence
    return this.sentenceVectors.between(numberOf(one), numberOf(other))
  }

  highest(rows: Float32Array, passages: number[]): Float32Array[][] {
    const runs = passages.map((passage) => {
      const { sentences, firstSentence } = this.passage(passage)
      return { from: firstSentence, count: sentences.length }
    })
    return this.tokenSigns.highest(rows, runs)
  }

  /** The number of the source of an id, or undefined. */
  numberOf(id: string): number | undefined {
    return this.byId.get(id)
  }

  /** The number of the source that a passage is in. */
  sourceOf(passage: number): number {
    return this.passageNumbers[passage * PASSAGE_NUMBERS] as number
  }

  passage(passage: number): Passage & { firstSentence: number } {
    const [, start = 0, end = 0, firstSentence = 0] = this.passageNumbers.subarray(passage * PASSAGE_NUMBERS, (passage + 1) * PASSAGE_NUMBERS)
    const afterLast = this.passageNumbers[(passage + 1) * PASSAGE_NUMBERS + 3] ?? this.sentenceNumbers.length / 2
    const sentences: Span[] = []
    for (let s = firstSentence; s < afterLast; s++)
      sentences.push({ start: this.sentenceNumbers[2 * s] as number, end: this.sentenceNumbers[2 * s + 1] as number })
    return { start, end, sentences, firstSentence }
  }

  /** Where so many sources from a number on lie. */
  extentOf(first: number, count: number): Extent {
    const [from, last] = [this.sources[first] as StoredSource, this.sources[first + count - 1] as StoredSource]
    const after = last.firstPassage + last.passages
    const sentenceAt = (passage: number) => this.passageNumbers[passage * PASSAGE_NUMBERS + 3] ?? this.sentenceNumbers.length / 2
    const sentences: [number, number] = [sentenceAt(from.firstPassage), sentenceAt(after)]
    return {
      passages: [from.firstPassage, after],
      sentences,
      tokens: [this.firstTokens[sentences[0]] as number, this.firstTokens[sentences[1]] as number],
      textBytes: [from.textAt, last.textAt + last.textBytes],
    }
  }

  /** The numbers of a source's passages that a span of its text touches; passages lie in the order of the text. */
  passagesOver(source: StoredSource, { start, end }: Span): number[] {
    const startOf = (passage: number) => this.passageNumbers[passage * PASSAGE_NUMBERS + 1] as number
    const endOf = (passage: number) => this.passageNumbers[passage * PASSAGE_NUMBERS + 2] as number
    let low = source.firstPassage
    let high = source.firstPassage + source.passages
    const after = high
    while (low < high) {
      const middle = (low + high) >> 1
      if (endOf(middle) > start) high = middle
      else low = middle + 1
    }
    const found: number[] = []
    for (let passage = low; passage < after && startOf(passage) < end; passage++) found.push(passage)
    return found
  }

  /** The whole text of a source, by its number. Throws INDEX_DAMAGED when the file no longer holds it. */
  text(source: number): string {
    const known = this.texts.get(source)
    if (known !== undefined) return known
    const { path, textAt, textBytes, sha256 } = this.sources[source] as StoredSource
    const bytes = Buffer.alloc(textBytes)
    readSync(this.textFile, bytes, 0, textBytes, textAt)
    const text = bytes.toString('utf8')
    // A disk can fail at any time after the index was opened.
    if (sha256OfText(text) !== sha256) throw damaged(FILES.texts, `no longer holds the text of ${path}`)
    this.texts.set(source, text)
    this.cached += text.length
    for (const [oldest, old] of this.texts) {
      if (this.cached <= TEXT_CACHE || oldest === source) break
      this.texts.delete(oldest)
      this.cached -= old.length
    }
    return text
  }

  /** The vectors of a passage, but for its own, which is the store's. */
  sentencesOf(passage: number): Omit<StoredVectors, 'passage'> {
    const { firstSentence, sentences } = this.passage(passage)
    return { sentences: this.sentenceVectors.read(firstSentence, sentences.length), ...this.tokenSigns.read(firstSentence, sentences.length) }
  }

  /** A passage as a LangChain document. */
  documentOf(passage: number): DocumentInterface {
    const { start, end } = this.passage(passage)
    const source = this.sourceOf(passage)
    const { id, path, title } = this.sources[source] as StoredSource
    return { id: String(passage), pageContent: this.text(source).slice(start, end), metadata: { passage, source: id, path, title, start, end } }
  }

  async close(): Promise<void> {
    closeSync(this.textFile)
    this.store.close()
    this.sentenceVectors.close()
    this.tokenSigns.close()
  }
}

interface Parts {
  directory: string
  manifest: Manifest
  sources: StoredSource[]
  lexical: LexicalIndex
  store: PassageStore
  notice: string | null
  sentenceVectors: SentenceVectors
  tokenSigns: TokenSigns
  passageNumbers: Int32Array
  sentenceNumbers: Int32Array
  firstTokens: Int32Array
  textFile: number
}

function otherModel(directory: string, manifest: Manifest, embedder: Embedder): OnRecordError {
  return new OnRecordError(
    'INDEX_OTHER_MODEL',
    `The index in ${directory} was made with the model ${manifest.embedder}, and the one in use is ${embedder.fingerprint}.`,
    'Make it again with this model (onrecord index FOLDER), or set ONRECORD_EMBEDDING_MODEL to the one it was made with.',
  )
}
