import { openIndex } from './current.ts'
import type { LoadedDocument, Readable } from './documents.ts'
import type { Embedder } from './embedders/embedder.ts'
import { OnRecordError } from './errors.ts'
import type { Generation, StoredSource } from './generation.ts'
import { keyOf } from './stored-vectors.ts'

/** The generation before the one that is built: what of it is the same need not be made again. */
export class GenerationBefore {
  readonly generation: Generation
  private readonly byFile = new Map<string, { file: string; numbers: number[] }>()
  private readonly byText = new Map<string, number>()
  private byKey: Map<string, number> | null = null

  private constructor(generation: Generation) {
    this.generation = generation
    for (const [number, { original, origin, sha256 }] of generation.sources.entries()) {
      this.byText.set(sha256, number)
      if (origin.loader === null) continue
      const file = fileOf(original.sha256, origin.loader)
      const known = this.byFile.get(file)
      if (!known) this.byFile.set(file, { file: original.file, numbers: [number] })
      // Another file of the same bytes has the same documents.
      else if (known.file === original.file) known.numbers.push(number)
    }
  }

  /** Null when there is none that this version of On Record can read, made by this model; what is damaged is made anew. */
  static async open(index: string, embedder: Embedder): Promise<GenerationBefore | null> {
    try {
      return new GenerationBefore((await openIndex(index, embedder)).generation)
    } catch (error) {
      if (error instanceof OnRecordError) return null
      throw error
    }
  }

  /** The documents of a file whose bytes and loader are the same; null when it has none such. */
  documentsOf({ found, sha256, loader }: Readable): LoadedDocument[] | null {
    return this.byFile.get(fileOf(sha256, loader))?.numbers.map((number) => this.documentOf(number, found.real)) ?? null
  }

  /** Passages of a file of which `documentsOf` gives documents. */
  passagesOf({ sha256, loader }: Readable): number {
    const numbers = this.byFile.get(fileOf(sha256, loader))?.numbers ?? []
    return numbers.reduce((sum, number) => sum + (this.generation.sources[number] as StoredSource).passages, 0)
  }

  /** A document of this text, by its sha256; null when there is none. */
  withText(sha256: string): StoredSource | null {
    const number = this.byText.get(sha256)
    return number === undefined ? null : (this.generation.sources[number] as StoredSource)
  }

  /** A passage whose sentences have this key; null when there is none. */
  passageOf(key: Buffer): number | null {
    this.byKey ??= keysOf(this.generation)
    return this.byKey.get(key.toString('latin1')) ?? null
  }

  private documentOf(number: number, file: string): LoadedDocument {
    const { mediaType, pages, moments, original, origin } = this.generation.sources[number] as StoredSource
    const { facts, part, turns } = origin
    return { loaded: { text: this.generation.text(number), mediaType, facts, part, turns, pages, moments }, original: { ...original, file }, origin }
  }
}

function fileOf(sha256: string, loader: string): string {
  return `${sha256} ${loader}`
}

function keysOf(generation: Generation): Map<string, number> {
  const keys = new Map<string, number>()
  for (const [number, { firstPassage, passages }] of generation.sources.entries()) {
    const text = generation.text(number)
    for (let passage = firstPassage; passage < firstPassage + passages; passage++) {
      const sentences = generation.passage(passage).sentences.map((s) => text.slice(s.start, s.end))
      keys.set(keyOf(sentences).toString('latin1'), passage)
    }
  }
  return keys
}
