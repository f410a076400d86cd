import { SkipFile } from './errors.ts'

/**
 * The characters of a text file: UTF-8, or UTF-16 when a byte order mark says so. The mark is removed, line ends are kept.
 * Throws SkipFile for a binary file and for any other encoding.
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decode('utf-16le', bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decode('utf-16be', bytes)
  if (bytes.includes(0)) throw new SkipFile('BINARY', 'The file is binary, not text; remove it or give it its proper extension.')
  return decode('utf-8', bytes)
}

function decode(encoding: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    throw new SkipFile('NOT_UTF8', `The file is not valid ${encoding.toUpperCase()}; save it as UTF-8.`)
  }
}
