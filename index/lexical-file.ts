export const LEXICAL_FILE = 'lexical.bm25'

/** Raised whenever the form of the file changes. */
export const LEXICAL_VERSION = 1

const MAGIC = 0x35324d42 // "BM25"
/** Numbers in the header: magic, version, and the four sizes. */
const HEADER = 6

interface Sizes {
  passages: number
  terms: number
  /** UTF-16 code units of all terms together. */
  letters: number
  /** Bytes of all postings together. */
  postings: number
}

/** The file of a lexical index, little endian, as columns over its bytes: nothing is copied when it is read. */
export interface LexicalColumns {
  /** The number of different terms in each passage's text, and in its title. */
  textLengths: Uint32Array
  titleLengths: Uint32Array
  /** Where each term begins in `letters`, and where the last one ends; the terms are sorted by their code units. */
  termStarts: Uint32Array
  /** Where the postings of each term begin, in texts at 2 t and in titles at 2 t + 1, and where the last ones end. */
  listStarts: Uint32Array
  letters: Uint16Array
  /** A list is the number of its passages, and then of each the distance from the one before and how often it holds the term. */
  postings: Uint8Array
}

/** A new file of these sizes, to be filled. */
export function newLexicalFile(sizes: Sizes): { bytes: Uint8Array; columns: LexicalColumns } {
  const bytes = new Uint8Array(bytesOf(sizes))
  new Uint32Array(bytes.buffer, 0, HEADER).set([MAGIC, LEXICAL_VERSION, sizes.passages, sizes.terms, sizes.letters, sizes.postings])
  return { bytes, columns: columnsOver(bytes, sizes) }
}

/** Throws when the bytes are no such file. */
export function readLexicalFile(read: Uint8Array): LexicalColumns {
  const bytes = read.byteOffset % 4 === 0 ? read : new Uint8Array(read)
  if (bytes.length < HEADER * 4) throw new Error('it is cut short')
  const [magic, version, passages = 0, terms = 0, letters = 0, postings = 0] = new Uint32Array(bytes.buffer, bytes.byteOffset, HEADER)
  const sizes = { passages, terms, letters, postings }
  if (magic !== MAGIC || version !== LEXICAL_VERSION || bytes.length !== bytesOf(sizes)) throw new Error('it is no lexical index')
  return columnsOver(bytes, sizes)
}

export function termAt({ letters, termStarts }: LexicalColumns, term: number): string {
  const { buffer, byteOffset, byteLength } = letters.subarray(termStarts[term], termStarts[term + 1])
  return Buffer.from(buffer, byteOffset, byteLength).toString('utf16le')
}

/** The number of the first term that is this one or comes after it. */
export function placeOf(columns: LexicalColumns, term: string): number {
  let low = 0
  let high = columns.termStarts.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (termAt(columns, middle) < term) low = middle + 1
    else high = middle
  }
  return low
}

/** The number of a term, or -1. */
export function numberOf(columns: LexicalColumns, term: string): number {
  const place = placeOf(columns, term)
  return place < columns.termStarts.length - 1 && termAt(columns, place) === term ? place : -1
}

/** Calls `visit` for each passage of a list, in ascending order, and `begin` before with their number; for an empty list neither. */
export function readList(
  { postings, listStarts }: LexicalColumns,
  list: number,
  visit: (passage: number, frequency: number) => void,
  begin?: (passages: number) => void,
): void {
  let at = listStarts[list] as number
  const end = listStarts[list + 1] as number
  const next = () => {
    let byte = postings[at++] as number
    let value = byte & 127
    for (let shift = 7; byte > 127; shift += 7) {
      byte = postings[at++] as number
      value |= (byte & 127) << shift
    }
    return value
  }
  if (at === end) return
  const passages = next()
  begin?.(passages)
  for (let passage = -1; at < end; ) {
    const code = next()
    passage += (code >> 1) + 1
    visit(passage, code & 1 ? next() : 1)
  }
}

/** Bytes of a number, seven bits in each. */
export function lengthOfNumber(value: number): number {
  return value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : value < 1 << 21 ? 3 : value < 1 << 28 ? 4 : 5
}

/** Writes a number and returns where the next one goes. */
export function writeNumber(bytes: Uint8Array, at: number, value: number): number {
  let rest = value
  let next = at
  for (; rest > 127; rest >>>= 7) bytes[next++] = (rest & 127) | 128
  bytes[next++] = rest
  return next
}

/** A posting as one number: how far its passage lies behind the one before, and in the lowest bit whether its frequency follows because it is not 1. */
export function codeOf(passage: number, before: number, frequency: number): number {
  return ((passage - before - 1) << 1) | (frequency > 1 ? 1 : 0)
}

function bytesOf({ passages, terms, letters, postings }: Sizes): number {
  return 4 * (HEADER + 2 * passages + (terms + 1) + (2 * terms + 1)) + 2 * letters + postings
}

function columnsOver({ buffer, byteOffset }: Uint8Array, { passages, terms, letters, postings }: Sizes): LexicalColumns {
  let at = byteOffset + 4 * HEADER
  const numbers = (length: number) => {
    at += 4 * length
    return new Uint32Array(buffer, at - 4 * length, length)
  }
  return {
    textLengths: numbers(passages),
    titleLengths: numbers(passages),
    termStarts: numbers(terms + 1),
    listStarts: numbers(2 * terms + 1),
    letters: new Uint16Array(buffer, at, letters),
    postings: new Uint8Array(buffer, at + 2 * letters, postings),
  }
}
