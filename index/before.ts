import { openIndex } from './current.ts'
import { contentOf, type LoadedDocument, type Readable, type Same } from './documents.ts'
import type { Embedder } from './embedders/embedder.ts'
import { OnRecordError } from './errors.ts'
import type { Generation } from './generation.ts'
import type { Run } from './generation-content.ts'
import type { StoredSource } from './stored-sources.ts'
import { keyOf } from './stored-vectors.ts'

/** The generation before the one that is built: what of it is the same need not be made again. */
export class GenerationBefore {
  readonly generation: Generation
  /** Is it the newest, and not one that stands in for it because that is damaged? */
  readonly isCurrent: boolean
  private readonly byContent = new Map<string, { path: string; numbers: number[] }>()
  private readonly byText = new Map<string, number[]>()
  /** The sources of each file, by its path. */
  private readonly byFile = new Map<string, { first: number; count: number }>()
  private readonly given = new Set<number>()
  private readonly inRun = new Set<number>()
  private byKey: Map<string, number> | null = null

  private constructor(generation: Generation, isCurrent: boolean) {
    this.generation = generation
    this.isCurrent = isCurrent
    for (const [number, { path, original, origin, sha256 }] of generation.sources.entries()) {
      const sameText = this.byText.get(sha256)
      if (sameText) sameText.push(number)
      else this.byText.set(sha256, [number])
      const content = contentOf(original.sha256, origin.loader)
      const known = this.byContent.get(content)
      const filePath = origin.part === undefined ? path : path.slice(0, -origin.part.length - 1)
      const file = this.byFile.get(filePath)
      if (file) file.count++
      else this.byFile.set(filePath, { first: number, count: 1 })
      if (!known) this.byContent.set(content, { path: filePath, numbers: [number] })
      // Another file of the same bytes, or the same one under another name, has the same documents.
      else if (known.path === filePath) known.numbers.push(number)
    }
  }

  /** Null when there is none that this version of On Record can read, made by this model; what is damaged is made anew. */
  static async open(index: string, embedder: Embedder): Promise<GenerationBefore | null> {
    try {
      const { generation, degraded } = await openIndex(index, embedder, { toGoOn: true })
      return new GenerationBefore(generation, degraded === null)
    } catch (error) {
      if (error instanceof OnRecordError) return null
      throw error
    }
  }

  /** Joins files that are unchanged to runs; those that follow each other are in one. The others are as they were given, in their places. */
  inRuns(files: Readable[], isUnchanged: (file: Readable) => boolean): (Readable | Run)[] {
    const steps: (Readable | Run)[] = []
    let run: Run | null = null
    for (const file of files) {
      const sources = isUnchanged(file) ? this.byFile.get(file.found.path) : undefined
      if (!sources) {
        steps.push(file)
        run = null
        continue
      }
      if (!run || run.firstSource + run.sources !== sources.first) {
        run = { bytes: 0, firstSource: sources.first, sources: 0, passages: 0 }
        steps.push(run)
      }
      run.bytes += file.found.bytes
      run.sources += sources.count
      for (let number = sources.first; number < sources.first + sources.count; number++) {
        run.passages += (this.generation.sources[number] as StoredSource).passages
        this.given.add(number)
        this.inRun.add(number)
      }
    }
    return steps
  }

  /** The documents of a file whose bytes and loader are the same; null when it has none such. */
  documentsOf({ found, content }: Readable): LoadedDocument[] | null {
    return this.byContent.get(content)?.numbers.flatMap((number) => this.documentsAt(number, found.real)) ?? null
  }

  /** Passages of a file of which `documentsOf` gives documents. */
  passagesOf({ content }: Readable): number {
    const numbers = this.byContent.get(content)?.numbers ?? []
    return numbers.reduce((sum, number) => sum + (this.generation.sources[number] as StoredSource).passages, 0)
  }

  /** A document of this text, by its sha256: that of the same path, else one that was not given yet, so that each copy has its own; or null. */
  withText(sha256: string, path: string): Same | null {
    const { generation } = this
    const { sources } = generation
    const numbers = this.byText.get(sha256) ?? []
    const number = numbers.find((n) => sources[n]?.path === path) ?? numbers.find((n) => !this.given.has(n)) ?? numbers[0]
    if (number === undefined) return null
    this.given.add(number)
    return { generation, source: sources[number] as StoredSource }
  }

  /**
   * A passage whose sentences have this key; null when there is none. Those of files in runs are not looked at: to embed one that was copied
   * from them is sooner done than to read them all.
   */
  passageOf(key: Buffer): number | null {
    this.byKey ??= keysOf(this.generation, this.inRun)
    return this.byKey.get(key.toString('latin1')) ?? null
  }

  /** A document, and those of its file that could not be read. */
  private documentsAt(number: number, file: string): LoadedDocument[] {
    const source = this.generation.sources[number] as StoredSource
    const { mediaType, pages, moments, origin } = source
    const { facts, part, turns, skipped = [] } = origin
    const original = { ...source.original, file }
    const loaded = { text: this.generation.text(number), mediaType, facts, part, turns, pages, moments }
    return [{ loaded, original, origin }, ...skipped.map((one) => ({ loaded: { ...one, text: '', mediaType, facts: {} }, original, origin }))]
  }
}

function keysOf(generation: Generation, leftOut: ReadonlySet<number>): Map<string, number> {
  const keys = new Map<string, number>()
  for (const [number, { firstPassage, passages }] of generation.sources.entries()) {
    if (leftOut.has(number)) continue
    const text = generation.text(number)
    for (let passage = firstPassage; passage < firstPassage + passages; passage++) {
      const sentences = generation.passage(passage).sentences.map((s) => text.slice(s.start, s.end))
      keys.set(keyOf(sentences).toString('latin1'), passage)
    }
  }
  return keys
}
