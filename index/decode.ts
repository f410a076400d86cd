import chardet from 'chardet'
import { SkipFile } from './errors.ts'

/** Bytes from the first that is not ASCII on by which an encoding is told. */
const SAMPLE = 65_536
/** Confidence, of 100, below which a guess of chardet is worth less than that the text is Western; measured on sentences of 20 languages. */
const CONFIDENT = 15
/** What windows-1252 has at 80 to 9F. Some versions of Node, 20.20.2 for one, decode it as ISO-8859-1, which has control characters there. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

/** Control characters of texts: white space, the marks of a newswire's blocks, the end of a file in DOS, escapes. */
const USED = new Set([1, 2, 3, 4, 9, 10, 11, 12, 13, 26, 27])

/**
 * The characters of a text file, in whatever encoding: as a byte order mark says, else UTF-8 where the bytes are valid in it, else as it is
 * declared, else UTF-16 or a legacy encoding as it is detected. The mark is removed, line ends are kept.
 * Throws SkipFile for a binary file and where no encoding fits.
 */
export function decodeText(bytes: Uint8Array, declared: string | null = null): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return marked('utf-16le', bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return marked('utf-16be', bytes)
  if (bytes.includes(0)) return unmarked(bytes) ?? binary()
  const text = decoded('utf-8', bytes) ?? (declared === null ? null : decoded(declared, bytes)) ?? detected(bytes)
  return text ?? refuse('NOT_TEXT', 'No encoding of text fits the bytes of the file; save it as UTF-8, or give it its proper extension.')
}

/** A text with the characters in place of the control characters that windows-1252 is decoded to. */
export function mended(text: string): string {
  return text.replace(/[\x80-\x9f]/g, (control) => WINDOWS_1252[control.charCodeAt(0) - 0x80] as string)
}

function marked(encoding: string, bytes: Uint8Array): string {
  // The mark of UTF-32 begins like that of UTF-16.
  if (bytes.length > 3 && bytes[2] === 0 && bytes[3] === 0) return binary()
  return decoded(encoding, bytes) ?? refuse('NOT_TEXT', `The file has the mark of ${encoding.toUpperCase()} and is not valid in it; save it as UTF-8.`)
}

/** UTF-16 without a mark, told by the bytes that are null: the high ones of what is written in the alphabet, or of line ends at least. */
function unmarked(bytes: Uint8Array): string | null {
  const nulls: [number, number] = [0, 0]
  let ascii = true
  bytes.forEach((byte, at) => {
    if (byte === 0) nulls[(at % 2) as 0 | 1]++
    else if (byte >= 0x80) ascii = false
  })
  const count = Math.max(...nulls)
  if (bytes.length % 2 === 1 || Math.min(...nulls) > 0 || (ascii && count * 2.5 < bytes.length)) return null
  const text = decoded(nulls[0] > 0 ? 'utf-16be' : 'utf-16le', bytes)
  // Pairs of any bytes are characters that are not assigned, for private use or for control, soon enough.
  return text === null || /[\p{Cn}\p{Co}]|[^\P{Cc}\t\n\f\r]/u.test(text) ? null : text
}

function detected(bytes: Uint8Array): string | null {
  const first = bytes.findIndex((byte) => byte >= 0x80)
  const line = bytes.lastIndexOf(0x0a, first) + 1
  const sample = bytes.subarray(line, line + SAMPLE)
  if (controls(sample) * 100 > sample.length) return binary()
  const guesses = chardet.analyse(sample)
  // A few broken bytes in a text that is UTF-8 otherwise are shown as broken, as they are everywhere.
  if (guesses.some(({ name, confidence }) => name === 'UTF-8' && confidence > CONFIDENT)) return new TextDecoder().decode(bytes)
  for (const { name, confidence } of guesses) {
    const text = confidence >= CONFIDENT ? decoded(name, bytes) : null
    if (text !== null && isPlausible(text)) return text
  }
  const western = decoded('windows-1252', bytes) ?? ''
  const beyond = western.match(/[^\0-\x7f]/g)?.length ?? 0
  return beyond * 2 > western.replace(/\s+/g, '').length || /[\x80-\x9f]/.test(western) ? null : western
}

/** Has a text neither characters that nothing is written with nor, more than now and then, words in two alphabets? */
function isPlausible(text: string): boolean {
  const mixed = text.match(/[a-z](?=[\p{sc=Grek}\p{sc=Cyrl}\p{sc=Hebr}\p{sc=Arab}])|[\p{sc=Grek}\p{sc=Cyrl}\p{sc=Hebr}\p{sc=Arab}](?=[a-z])/giu)
  return (mixed?.length ?? 0) * 50 <= text.length && !/[\x80-\x9f\p{Cn}\p{Co}]/u.test(text)
}

function decoded(encoding: string, bytes: Uint8Array): string | null {
  try {
    const decoder = new TextDecoder(encoding, { fatal: true })
    const text = decoder.decode(bytes)
    return decoder.encoding === 'windows-1252' ? mended(text) : text
  } catch {
    return null
  }
}

/** Bytes that text has no use for. */
function controls(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum + (byte < 0x20 && !USED.has(byte) ? 1 : 0), 0)
}

function binary(): never {
  return refuse('BINARY', 'The file is binary, not text; remove it or give it its proper extension.')
}

function refuse(code: string, remedy: string): never {
  throw new SkipFile(code, remedy)
}
