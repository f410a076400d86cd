import { SIGNATURES_VERSION } from '../copies.ts'
import { contentOf, type Readable } from '../documents.ts'
import { SPLITTER_VERSION } from '../passages.ts'
import { sha256OfText } from '../sha256.ts'
import type { Said } from '../sidecar.ts'
import { STATEMENTS_VERSION } from '../statements/version.ts'
import { TERMS_VERSION } from '../terms.ts'
import { version } from '../version.ts'

/** Raised whenever rows of the same file would be others for a reason that has no version of its own. */
const ROWS_VERSION = 1

/** What the rows of a file depend on beside the file. */
export const VERSIONS = `${ROWS_VERSION}.${SPLITTER_VERSION}.${TERMS_VERSION}.${STATEMENTS_VERSION}.${SIGNATURES_VERSION}`

/** What plans a generation, and what works on it: loaders have versions, too, which are those of the package. */
export const MADE_BY = `${version()} ${VERSIONS}`

/** What a worker needs to know of a file beside its path and bytes. */
interface Listing {
  real: string
  bytes: number
  /** Milliseconds since 1970; null of what is no file. */
  modified: number | null
  said: Said
  loader: string
}

/** Tells what the sources of a file depend on: its path and bytes, its loader, what is said of it, and the day that it was changed on, which a source may be dated by. */
export function keyOfFile({ found, said, content }: Readable): string {
  const day = found.modified && Math.floor(found.modified.getTime() / 86_400_000)
  return sha256OfText(JSON.stringify([VERSIONS, found.path, content, said, day]))
}

export function listingOf({ found, said, loader }: Readable): string {
  return JSON.stringify({ real: found.real, bytes: found.bytes, modified: found.modified?.getTime() ?? null, said, loader } satisfies Listing)
}

/** A file as it was planned, to be read from where a worker has put its bytes. */
export function readableOf(path: string, sha256: string, listing: string, file: string): Readable {
  const { real, bytes, modified, said, loader } = JSON.parse(listing) as Listing
  const found = { path, inFolder: path, folder: '', file, real, bytes, modified: modified === null ? null : new Date(modified), stamp: sha256 }
  return { found, said, loader, content: contentOf(sha256, loader) }
}
