import type { GenerationReader } from '../index/reader.ts'

/** What is to be verified: that a quote stands from `start` to `end` of a source's text. */
export interface Claim {
  /** Its id. */
  source: string
  start: number
  end: number
  quote: string
  /** Of the source's text when it was quoted. */
  sha256?: string | undefined
}

/** Whether a quote stands where it is said to. */
export interface Verification {
  verified: boolean
  /** Why it is not verified; null when it is. */
  reason: string | null
}

/** Does a citation's quote stand in the stored text at its offsets, and is that text the one it was quoted from? Throws INDEX_DAMAGED when it is not what was indexed. */
export async function verify(generation: GenerationReader, { source, start, end, quote, sha256 }: Claim): Promise<Verification> {
  const number = await generation.numberOf(source)
  if (number === undefined) return no('There is no source with this id in the index.')
  const stored = generation.source(number)
  const text = generation.text(number)
  if (sha256 !== undefined && sha256 !== stored.sha256) return no('The source has been changed since it was quoted: its checksum is another.')
  if (!Number.isInteger(start) || !Number.isInteger(end) || start < 0 || start >= end || end > text.length)
    return no(`The span lies outside the text, which has ${text.length} characters.`)
  return text.slice(start, end) === quote ? { verified: true, reason: null } : no('Other words stand at this place.')
}

function no(reason: string): Verification {
  return { verified: false, reason }
}
