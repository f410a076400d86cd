import { createHash } from 'node:crypto'
import { DISK } from './disk.ts'

/** Bytes that are read at a time, at most. */
export const CHUNK = 1 << 20

/** The sha256 of a file, hexadecimal; so many bytes are read at a time. */
export async function sha256OfFile(file: string, disk = DISK, bytes = CHUNK): Promise<string> {
  const hash = createHash('sha256')
  const handle = await disk.open(file, 'r')
  try {
    const chunk = Buffer.alloc(bytes)
    for (;;) {
      const { bytesRead } = await handle.read(chunk, 0, chunk.length, null)
      if (bytesRead === 0) return hash.digest('hex')
      hash.update(chunk.subarray(0, bytesRead))
    }
  } finally {
    await handle.close()
  }
}

/** The sha256 of bytes, hexadecimal. */
export function sha256OfBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** The sha256 of a text in UTF-8, hexadecimal. */
export function sha256OfText(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}
