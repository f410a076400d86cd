import type { Loaded } from '../types.ts'

/**
 * Reads one format: the documents in a file's bytes, one in most formats. It opens no other file, evaluates nothing, and throws SkipFile
 * with a remedy when the bytes are not what it reads or are more than the limits allow. It runs in a process that is ended when it takes
 * too long or too much memory.
 */
export type Load = (bytes: Uint8Array, options?: LoadOptions) => Loaded[] | Promise<Loaded[]>

export interface LoadOptions {
  /** How the fields of a record are called, for formats whose records are documents; what sources.yaml says of the file. */
  fields?: Record<string, string>
}

/** A format, known without its loader being read. */
export interface Format {
  /** The name of the loader's file. */
  name: string
  /** Raised whenever the same bytes would give another text, other facts or other places in it. */
  version: number
  /** Lower-case extensions with the dot. */
  extensions: string[]
  open(): Promise<Load>
}

/** What a document may take, at most, so that a few bytes cannot stand for gigabytes. */
export const LIMITS = {
  pages: 5000,
  /** Bytes that the parts of a compressed file may have together once they are unpacked. */
  unpackedBytes: 200_000_000,
  /** Characters of a text. */
  characters: 20_000_000,
  /** Documents in one file. */
  documents: 100_000,
}

/** What the process that reads documents may take for one of them, at most. */
export const PROCESS_LIMITS = { seconds: 60, megabytes: 1000, heapMegabytes: 700 }
