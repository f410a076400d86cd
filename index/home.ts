import { current, type Opened, openIndex } from './current.ts'
import type { Embedder } from './embedders/embedder.ts'
import type { OpenOptions } from './generation.ts'

/** Where the generations of an index are, for whoever answers from the newest one. */
export interface IndexHome {
  /** As a person is told of it; without a password. */
  readonly name: string
  /** The folder of what is an operator's own, such as the calibration. */
  readonly folder: string
  /** How often it is looked whether a new generation is there, in ms. */
  readonly lookEvery: number
  /** The name of the current generation; null where there is none. */
  current(): Promise<string | null>
  /** Opens it. Throws INDEX_MISSING, and what else is wrong with it. */
  open(embedder: Embedder, options?: OpenOptions): Promise<Opened>
  /** Is it there, and does it answer soon? What there is to say of it. Throws why not. */
  check(): Promise<string>
  close(): Promise<void>
}

/** A folder: it is there, or what is read from it fails. */
export class FolderHome implements IndexHome {
  readonly name: string
  /** Whoever asks first after a change is to have it, too. */
  readonly lookEvery = 250

  constructor(folder: string) {
    this.name = folder
  }

  get folder(): string {
    return this.name
  }

  current(): Promise<string | null> {
    return current(this.name)
  }

  open(embedder: Embedder, options: OpenOptions = {}): Promise<Opened> {
    return openIndex(this.name, embedder, options)
  }

  async check(): Promise<string> {
    return 'a folder'
  }

  async close(): Promise<void> {}
}
