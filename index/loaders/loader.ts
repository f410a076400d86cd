import type { Loaded } from '../types.ts'

/**
 * Reads one format. A loader is a plain function over the file's bytes: it opens no other file, evaluates nothing,
 * and throws SkipFile with a remedy when the bytes are not what it reads.
 */
export interface Loader {
  /** Lower-case extensions with the dot. */
  extensions: string[]
  load(bytes: Uint8Array): Loaded
}
