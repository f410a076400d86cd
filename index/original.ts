import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, open, realpath } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { Original } from './stored-sources.ts'

/** A link is not followed, and a pipe that nobody writes to is not waited for. Windows has neither flag. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)
/** Bytes that are read at a time: a file may have 100 MB, and many may ask for it. */
const CHUNK = 1 << 18

/**
 * The bytes of a file that was indexed; null when it is gone or holds others now: whatever stands there then is nobody's to see. Should it be
 * written to while it is read, the stream fails before its end.
 */
export async function openOriginal({ file, bytes, sha256 }: Original): Promise<Readable | null> {
  let handle: FileHandle | undefined
  try {
    // A folder on the way may have become a link.
    if ((await realpath(file)) !== file) return null
    handle = await open(file, FLAGS)
    const facts = await handle.stat()
    if (facts.isFile() && facts.size === bytes) {
      // Read to its end, it holds what was indexed.
      for await (const _ of chunksOf(handle, sha256));
      const opened = handle
      return Readable.from(chunksOf(handle, sha256)).once('close', () => opened.close().catch(() => {}))
    }
  } catch {
    // It cannot be read, or holds something else.
  }
  await handle?.close()
  return null
}

/** The bytes of a file, a part after the other. Throws before the last one when their checksum is another. */
async function* chunksOf(handle: FileHandle, sha256: string): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  let last = new Uint8Array(0)
  for (let at = 0; ; at += last.length) {
    const { bytesRead, buffer } = await handle.read(new Uint8Array(CHUNK), 0, CHUNK, at)
    hash.update(buffer.subarray(0, bytesRead))
    if (bytesRead === 0 && hash.digest('hex') !== sha256) throw new Error('the file is not the one that was indexed')
    if (last.length > 0) yield last
    if (bytesRead === 0) return
    last = buffer.subarray(0, bytesRead)
  }
}
