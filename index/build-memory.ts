import { GenerationBefore } from './before.ts'
import { current } from './current.ts'
import { Digests } from './digests.ts'
import type { Readable } from './documents.ts'
import type { Embedder } from './embedders/embedder.ts'

/** What a process that builds an index again and again knows from one build to the next. Nothing in an index depends on it but how soon it is made. */
export class BuildMemory {
  readonly digests = new Digests()
  /** The generation that was made last, and its files by their paths. */
  private last: { generation: string; files: Map<string, Readable> } | null = null
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
    const before = this.last?.generation === generation.id ? this.last.files.get(file.found.path) : undefined
    return before !== undefined && isMadeOfTheSame(before, file)
  }

  /** A generation was made of these files. */
  remember(generation: string, files: Readable[]): void {
    this.last = { generation, files: new Map(files.map((file) => [file.found.path, file])) }
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

/** Is all the same that the sources of a file depend on, besides the index being of this version and model? */
function isMadeOfTheSame(one: Readable, other: Readable): boolean {
  return (
    one.content === other.content &&
    one.found.real === other.found.real &&
    dayOf(one) === dayOf(other) &&
    JSON.stringify(one.said) === JSON.stringify(other.said)
  )
}

/** The day on which a file was last changed, as its source may name it: whole days of UTC. */
function dayOf({ found }: Readable): number | null {
  return found.modified && Math.floor(found.modified.getTime() / 86_400_000)
}
