import { Readable } from 'node:stream'
import type { Database } from './connection.ts'

/** Bytes that are fetched at a time: a file may have 100 MB, and many may ask for it. */
const CHUNK = 1 << 20

/** The bytes of a file that was indexed; null where the record does not keep them. */
export async function originalOf(database: Database, sha256: string): Promise<Readable | null> {
  const [row] = await database.rows<{ bytes: number }>('SELECT octet_length(bytes) AS bytes FROM onrecord.originals WHERE sha256 = $1', [sha256])
  return row ? Readable.from(chunksOf(database, sha256, row.bytes)) : null
}

async function* chunksOf(database: Database, sha256: string, bytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes; at += CHUNK) {
    const [row] = await database.rows<{ chunk: Uint8Array }>('SELECT substring(bytes FROM $2 FOR $3) AS chunk FROM onrecord.originals WHERE sha256 = $1', [
      sha256,
      at + 1,
      CHUNK,
    ])
    if (!row) throw new Error('the file was removed while it was read')
    yield row.chunk
  }
}
