import { Readable } from 'node:stream'
import { createInflate } from 'node:zlib'
import { SkipFile } from '../../errors.ts'
import { LIMITS } from '../loader.ts'

/** How deep packed bytes are packed again. */
const DEPTH = 4
/** Bytes before a stream in which its dictionary says that it is an image. */
const DICTIONARY = 400

/**
 * Unpacks what is packed with Flate in a PDF and keeps none of it, since pdf.js unpacks as much as there is. Pictures are never unpacked
 * for a text: each of them may have as much as all the rest together. What is encrypted cannot be counted. Throws TOO_LARGE_UNPACKED.
 */
export async function assureUnpackable(bytes: Buffer): Promise<void> {
  let total = 0
  for (let at = bytes.indexOf('stream'); at >= 0; at = bytes.indexOf('stream', at + 6)) {
    if (bytes.subarray(at - 3, at).toString('latin1') === 'end') continue
    const begin = at + (bytes[at + 6] === 13 ? 8 : 7)
    if (!isPacked(bytes.subarray(begin))) continue
    const isImage = /\/Subtype\s*\/Image/.test(bytes.subarray(Math.max(0, at - DICTIONARY), at).toString('latin1'))
    const size = await sizeUnpacked(Readable.from([bytes.subarray(begin)]), LIMITS.unpackedBytes - (isImage ? 0 : total), DEPTH)
    if (!isImage) total += size
  }
}

function isPacked(bytes: Uint8Array): boolean {
  const [method = 0, flags = 0] = bytes
  return (method & 15) === 8 && (method * 256 + flags) % 31 === 0
}

async function sizeUnpacked(packed: Readable, limit: number, depth: number): Promise<number> {
  const inflate = createInflate({ chunkSize: 65_536 })
  packed.on('error', () => inflate.end()).pipe(inflate)
  let size = 0
  const inner = new Readable({ read() {} })
  let innerSize: Promise<number> | undefined
  try {
    for await (const chunk of inflate as AsyncIterable<Buffer>) {
      if (size === 0 && depth > 0 && isPacked(chunk)) innerSize = sizeUnpacked(inner, limit, depth - 1)
      size += chunk.length
      if (innerSize) inner.push(chunk)
      if (size > limit) throw new SkipFile('TOO_LARGE_UNPACKED', `It unpacks to more than ${LIMITS.unpackedBytes / 1e6} MB; split it or print it anew.`)
    }
  } catch (error) {
    // What is broken is for pdf.js to mend or refuse.
    if (error instanceof SkipFile) throw error
  } finally {
    packed.destroy()
    inner.push(null)
  }
  return Math.max(size, (await innerSize) ?? 0)
}
