import { type LoadedDocument, prepare, type Readable, type Same } from './documents.ts'
import type { Embedder } from './embedders/embedder.ts'
import { OnRecordError, SkipFile } from './errors.ts'
import type { PreparedSource } from './generation-content.ts'
import { passagesOf } from './passages.ts'

/** Why a file is skipped in which there is nothing to read. */
export function emptyFile(): SkipFile {
  return new SkipFile('EMPTY', 'There is no text in it; remove it or put some in.')
}

/**
 * What is written of a document; null when there is no text in it, and why where it cannot be. `withText` gives one of an earlier generation
 * with the same text, by its sha256 and path. Throws what ends the build.
 */
export async function prepared(
  file: Readable,
  document: LoadedDocument,
  embedder: Embedder,
  withText: (sha256: string, path: string) => Same | null,
): Promise<PreparedSource | Error | null> {
  const { skip } = document.loaded
  if (skip) return new SkipFile(skip.code, skip.remedy)
  try {
    // What counts tokens takes long to load, and where nothing is new it is not needed.
    const split = async (text: string) => passagesOf(text, { countTokens: await embedder.tokenCounter(), maxTokens: embedder.maxTokens })
    return await prepare(file, document, withText, split)
  } catch (error) {
    if (error instanceof OnRecordError) throw error
    return error as Error
  }
}
