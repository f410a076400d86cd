import type { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createGunzip } from 'node:zlib'
import { NotFetched } from './not-fetched.ts'

/** What a reply may be packed with, for the request. */
export const ENCODINGS = 'gzip, br'

const UNPACK: Record<string, () => Transform> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  br: createBrotliDecompress,
}

export interface BodyLimit {
  /** Bytes, at most, unpacked. */
  limit: number
  /** Is what lies beyond left out, or the whole refused? Refused unless told. */
  beyond?: 'refuse' | 'cut'
}

/** Reads a reply's body and unpacks it, counting what comes out. Throws NotFetched when it is too large or packed in an unknown way. */
export async function readBody(body: Readable, encoding = 'identity', { limit, beyond }: BodyLimit): Promise<Uint8Array> {
  const name = encoding.trim().toLowerCase()
  const unpack = Object.hasOwn(UNPACK, name) ? UNPACK[name] : undefined
  if (!unpack && name !== 'identity' && name !== '') {
    discard(body)
    throw new NotFetched('PACKED', `It is packed as "${name.slice(0, 40)}", which was not asked for; save the page by hand.`)
  }
  const parts: Uint8Array[] = []
  let bytes = 0
  const collect = async (chunks: AsyncIterable<Uint8Array>) => {
    for await (const chunk of chunks) {
      parts.push(chunk.subarray(0, limit - bytes))
      bytes += chunk.length
      if (bytes > limit) break
    }
  }
  await (unpack ? pipeline(body, unpack(), collect) : pipeline(body, collect)).catch((error: unknown) => {
    // Whoever stops reading has cut it short.
    if (bytes <= limit) throw error
  })
  if (bytes > limit && beyond !== 'cut') throw tooLarge(limit)
  return Buffer.concat(parts)
}

/** Ends a reply whose body nobody wants. */
export function discard(body: Readable): void {
  body.on('error', () => {}).destroy()
}

export function tooLarge(limit: number): NotFetched {
  return new NotFetched('TOO_LARGE', `It has more than ${limit / 1e6} MB, which is the limit; save a part of it by hand.`)
}
