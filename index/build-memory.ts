import { GenerationBefore } from './before.ts'
import { current } from './current.ts'
import { Digests } from './digests.ts'
import type { Readable } from './documents.ts'
import type { Embedder } from './embedders/embedder.ts'

/** What a process that builds an index again and again knows from one build to the next. Nothing in an index depends on it but how soon it is made. */
export class BuildMemory {
  readonly digests = new Digests()
  /** The generation that was made last, and of each of its files what its sources were made of. */
  private last: { generation: string; madeOf: Map<string, string> } | null = null
  private ahead: Promise<GenerationBefore | null> | null = null

  /** Begins to open the generation that the next build goes on from, while that cannot begin yet. */
  openAhead(index: string, embedder: Embedder): void {
    this.ahead ??= GenerationBefore.open(index, embedder)
    // A build that needs it opens it again, and says why it cannot.
    this.ahead.catch(() => {})
  }

  /** The generation that a build goes on from, by the lock's holder; it is the build's to close. */
  async before(index: string, embedder: Embedder): Promise<GenerationBefore | null> {
    const opened = await this.takeAhead()
    if (opened?.isCurrent && (await current(index).catch(() => null)) === opened.generation.id) return opened
    await opened?.generation.close()
    return GenerationBefore.open(index, embedder)
  }

  /** Would the sources of a file be what they are in this generation, but for where they lie? False when that is not known. */
  isUnchanged(file: Readable, { generation }: GenerationBefore): boolean {
    return this.last?.generation === generation.id && this.last.madeOf.get(file.found.path) === madeOf(file)
  }

  /** A generation was made of these files. */
  remember(generation: string, files: Readable[]): void {
    this.last = { generation, madeOf: new Map(files.map((file) => [file.found.path, madeOf(file)])) }
  }

  async close(): Promise<void> {
    await (await this.takeAhead())?.generation.close()
  }

  private async takeAhead(): Promise<GenerationBefore | null> {
    const { ahead } = this
    this.ahead = null
    return (await ahead?.catch(() => null)) ?? null
  }
}

/** All that the sources of a file depend on, besides the index being of this version and model. */
function madeOf({ found, said, content }: Readable): string {
  return JSON.stringify([content, found.real, found.modified.toISOString().slice(0, 10), said])
}
