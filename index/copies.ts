import { Buffer } from 'node:buffer'
import { termsOf } from './terms.ts'

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
  const values = signatures.map((signature) => (signature === null ? null : Buffer.from(signature, 'base64')))
  const first = values.map((_, i) => i)
  const rootOf = (i: number): number => {
    let root = i
    while (first[root] !== root) root = first[root] = first[first[root] as number] as number
    return root
  }
  for (let band = 0; band < VALUES; band += ROWS) {
    const met = new Map<number, number[]>()
    values.forEach((own, i) => {
      if (!own) return
      const key = own.readUIntBE(band, ROWS)
      const others = met.get(key)
      if (!others) met.set(key, [i])
      else if (!others.some((other) => join(own, i, other)) && others.length < COMPARED) others.push(i)
    })
  }
  const sizes = new Map<number, number>()
  for (const i of first.keys()) sizes.set(rootOf(i), (sizes.get(rootOf(i)) ?? 0) + 1)
  return first.map((_, i) => ((sizes.get(rootOf(i)) ?? 0) > 1 ? rootOf(i) : null))

  function join(own: Buffer, i: number, other: number): boolean {
    const [a, b] = [rootOf(i), rootOf(other)]
    if (a !== b && resemblance(own, values[other] as Buffer) < NEAR) return false
    first[Math.max(a, b)] = Math.min(a, b)
    return true
  }
}

/** The share of shingles that two texts have in common, estimated; a byte of two other minima agrees by chance in 1 of 256. */
function resemblance(a: Buffer, b: Buffer): number {
  let same = 0
  for (let i = 0; i < VALUES; i++) if (a[i] === b[i]) same++
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
