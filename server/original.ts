import { constants } from 'node:fs'
import { open, realpath } from 'node:fs/promises'
import type { Original } from '../index/generation.ts'
import { sha256OfBytes } from '../index/sha256.ts'

/** A link is not followed, and a pipe that nobody writes to is not waited for. Windows has neither flag. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** The bytes of a file that was indexed; null when it is gone or holds others now: whatever stands there then is nobody's to see. */
export async function bytesOf({ file, bytes, sha256 }: Original): Promise<Buffer | null> {
  try {
    // A folder on the way may have become a link.
    if ((await realpath(file)) !== file) return null
    const handle = await open(file, FLAGS)
    try {
      const facts = await handle.stat()
      if (!facts.isFile() || facts.size !== bytes) return null
      const content = await handle.readFile()
      return sha256OfBytes(content) === sha256 ? content : null
    } finally {
      await handle.close()
    }
  } catch {
    return null
  }
}
