import { readFile } from 'node:fs/promises'
import { parentPort } from 'node:worker_threads'
import { SkipFile } from '../errors.ts'
import { sha256OfBytes } from '../sha256.ts'
import type { Loaded } from '../types.ts'
import { LIMITS, type LoadOptions } from './loader.ts'
import { formatOf } from './registry.ts'

/** A file to be read: its place on the disk, and the path by which its format is known. */
export interface LoadJob {
  file: string
  path: string
  options: LoadOptions
}

/**
 * What came of a job: the documents with the size and sha256 of the file's bytes, why it is skipped, or what went wrong. After the last one
 * the process ends.
 */
export type LoadReply =
  | { documents: Loaded[]; bytes: number; sha256: string; last?: true }
  | { skip: { code: string; remedy: string }; last?: true }
  | { error: string; code?: string; last?: true }

parentPort?.on('message', async (job: LoadJob) => parentPort?.postMessage(await replyTo(job)))

async function replyTo({ file, path, options }: LoadJob): Promise<LoadReply> {
  try {
    const bytes = await readFile(file)
    const load = await formatOf(path)?.open()
    if (!load) throw new Error(`no loader reads ${path}`)
    const documents = await load(bytes, options)
    if (documents.length > LIMITS.documents) throw new SkipFile('TOO_MANY_DOCUMENTS', `It holds more than ${LIMITS.documents} documents; split it.`)
    if (documents.some(({ text }) => text.length > LIMITS.characters))
      throw new SkipFile('TOO_LONG', `Its text has more than ${LIMITS.characters / 1e6} million characters; split it.`)
    return { documents, bytes: bytes.length, sha256: sha256OfBytes(bytes) }
  } catch (error) {
    if (error instanceof SkipFile) return { skip: { code: error.code, remedy: error.remedy } }
    const { code, message } = error as NodeJS.ErrnoException
    return { error: message, ...(code && { code }) }
  }
}
