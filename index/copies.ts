import { Buffer } from 'node:buffer'
import { termsOf } from './terms.ts'

/** What stands for no text in the tables of `groupsOf`. */
const NONE = -1
/** What stands for no group where groups are numbers. */
export const NO_GROUP = -1
/** Raised whenever the signature of the same text would come out otherwise. */
export const SIGNATURES_VERSION = 1

/** Words of a shingle: few, so that one edited word spoils few of them; three in a row are seldom the same by chance. */
const SHINGLE = 3
/** Values of a signature, a byte of each minimum (Li and König 2010: of 128 such, the share that agree is within .05 of the resemblance). */
const VALUES = 126
/** Values of a band. Of two texts that share .35 of their shingles 84 in 100 pairs meet in a band, of those that share half 99. */
const ROWS = 3
/** Texts that share at least this much of their shingles are near-copies: a story cut to half of it, with some words edited, still is. */
const NEAR = 0.35
/** Texts that a text is compared with in one band, at most. */
const COMPARED = 8

const [FACTORS, ADDENDS] = permutations()

/**
 * What a text is known by among its near-copies: MinHash over its shingles (A. Broder, "On the resemblance and containment of documents",
 * 1997). The share of values in which two signatures agree is about the share of shingles that the two texts have in common. Base64, of one
 * length for every text; null for a text without words. Takes time in proportion to the text, and no room beside its words.
 */
export function signatureOf(text: string): string | null {
  const words = termsOf(text).map(hashOf)
  if (words.length === 0) return null
  const minima = new Int32Array(VALUES).fill(0x7fffffff)
  const size = Math.min(SHINGLE, words.length)
  for (let at = 0; at + size <= words.length; at++) {
    let shingle = 0
    for (let i = at; i < at + size; i++) shingle = scattered(Math.imul(shingle, 31) ^ (words[i] as number))
    for (let i = 0; i < VALUES; i++) {
      const value = (Math.imul(shingle, FACTORS[i] as number) + (ADDENDS[i] as number)) | 0
      if (value < (minima[i] as number)) minima[i] = value
    }
  }
  return Buffer.from(Uint8Array.from(minima, (minimum) => scattered(minimum) & 0xff)).toString('base64')
}

/**
 * Groups near-copies: for each signature the number of the first in its group, null where it has none. Texts that agree in all values of a
 * band are compared (locality-sensitive hashing: Indyk and Motwani 1998), and those that are near enough are joined, as are their groups.
 */
export function groupsOf(signatures: (string | null)[]): (number | null)[] {
  const values = new Uint8Array(signatures.length * VALUES)
  signatures.forEach((signature, i) => {
    if (signature !== null) values.set(Buffer.from(signature, 'base64'), i * VALUES)
  })
  const first = signatures.map((_, i) => i)
  const rootOf = (i: number): number => {
    let root = i
    while (first[root] !== root) root = first[root] = first[first[root] as number] as number
    return root
  }
  // A table of its own for the texts that met in a band, and after each the next with the same values: a Map with a list each takes eight times as long.
  const places = 1 << (33 - Math.clz32(signatures.length))
  const met = new Int32Array(places)
  const next = new Int32Array(signatures.length)
  for (let band = 0; band < VALUES; band += ROWS) {
    met.fill(NONE)
    next.fill(NONE)
    for (let i = 0; i < signatures.length; i++) {
      if (signatures[i] === null) continue
      const key = keyOf(i, band)
      let place = scattered(key) & (places - 1)
      while (met[place] !== NONE && keyOf(met[place] as number, band) !== key) place = (place + 1) & (places - 1)
      if (met[place] === NONE) met[place] = i
      else compare(i, met[place] as number)
    }
  }
  const sizes = new Map<number, number>()
  for (const i of first.keys()) sizes.set(rootOf(i), (sizes.get(rootOf(i)) ?? 0) + 1)
  return first.map((_, i) => ((sizes.get(rootOf(i)) ?? 0) > 1 ? rootOf(i) : null))

  function keyOf(i: number, band: number): number {
    const at = i * VALUES + band
    return ((values[at] as number) << 16) | ((values[at + 1] as number) << 8) | (values[at + 2] as number)
  }

  /** Joins a text to the first of those that met that is near enough, or puts it after them. */
  function compare(i: number, firstMet: number): void {
    let other = firstMet
    for (let compared = 1; !join(i, other); compared++) {
      if (next[other] !== NONE) other = next[other] as number
      else {
        if (compared < COMPARED) next[other] = i
        return
      }
    }
  }

  function join(i: number, other: number): boolean {
    const [a, b] = [rootOf(i), rootOf(other)]
    if (a !== b && resemblance(values, i, other) < NEAR) return false
    first[Math.max(a, b)] = Math.min(a, b)
    return true
  }
}

/** The share of shingles that two texts have in common, estimated; a byte of two other minima agrees by chance in 1 of 256. */
function resemblance(values: Uint8Array, one: number, other: number): number {
  let same = 0
  for (let i = 0; i < VALUES; i++) if (values[one * VALUES + i] === values[other * VALUES + i]) same++
  return (same / VALUES - 1 / 256) / (1 - 1 / 256)
}

/** FNV-1a, 32 bits. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193)
  return hash
}

/** The finalizer of MurmurHash3: every bit of the result depends on every bit given. */
function scattered(value: number): number {
  let bits = value
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return bits ^ (bits >>> 16)
}

/** Odd factors and addends, the same on every machine: one order of all shingles for each value. */
function permutations(): [Int32Array, Int32Array] {
  return [Int32Array.from({ length: VALUES }, (_, i) => scattered(2 * i + 1) | 1), Int32Array.from({ length: VALUES }, (_, i) => scattered(2 * i + 2))]
}
