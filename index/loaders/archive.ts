import { buffer } from 'node:stream/consumers'
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import { SkipFile } from '../errors.ts'
import { LIMITS } from './loader.ts'

/** A ZIP archive in memory. Its names are keys, never paths: nothing of it is written anywhere. */
export interface Archive {
  has(name: string): boolean
  /** One entry, unpacked. Throws SkipFile. */
  read(name: string): Promise<Uint8Array>
}

/** Entries of one archive, at most: a document of 5,000 pages has an entry or two for each. */
const MAX_ENTRIES = 20_000

const DAMAGED = 'It is cut off or damaged; open it in the program that wrote it and save it again.'

/**
 * Opens a ZIP archive. No entry is unpacked beyond the size that it declares, nor all that are read beyond the limit.
 * Throws SkipFile: DAMAGED, TOO_MANY_ENTRIES; and when an entry is read, ENCRYPTED or TOO_LARGE_UNPACKED as well.
 */
export async function openArchive(bytes: Uint8Array): Promise<Archive> {
  const { zip, entries } = await orDamaged(() => directoryOf(bytes))
  let unpacked = 0
  return {
    has: (name) => entries.has(name),
    read: async (name) => {
      const entry = entries.get(name)
      if (!entry) throw new SkipFile('DAMAGED', `It has no ${name}; open it in the program that wrote it and save it again.`)
      if (entry.isEncrypted()) throw new SkipFile('ENCRYPTED', 'It is encrypted; save it without a password.')
      // An entry that holds more than it declares is damaged to yauzl, which counts the bytes as they come.
      unpacked += entry.uncompressedSize
      if (unpacked > LIMITS.unpackedBytes) throw tooLarge()
      return orDamaged(async () => buffer(await zip.openReadStreamPromise(entry)))
    },
  }
}

async function directoryOf(bytes: Uint8Array): Promise<{ zip: ZipFile; entries: Map<string, Entry> }> {
  const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  const entries = new Map<string, Entry>()
  if (zip.entryCount > MAX_ENTRIES) throw new SkipFile('TOO_MANY_ENTRIES', `It has more than ${MAX_ENTRIES} parts; split it.`)
  for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry)
  return { zip, entries }
}

function tooLarge(): SkipFile {
  return new SkipFile('TOO_LARGE_UNPACKED', `It has more than ${LIMITS.unpackedBytes / 1e6} MB once it is unpacked; split it.`)
}

/** Whatever yauzl and zlib say of an archive, in one word. */
async function orDamaged<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    throw error instanceof SkipFile ? error : new SkipFile('DAMAGED', DAMAGED)
  }
}
