import type { Citation } from '../cite.ts'
import { type Evidence, evidenceOf } from './evidence.ts'
import { namesAreThere } from './names.ts'
import { numbersAreThere } from './numbers.ts'
import { isPlainText } from './plain.ts'
import { quotationsAreThere } from './quotations.ts'
import type { ProseSentence, Written } from './sentence.ts'
import { isEnglish, isSupported } from './support.ts'

/** Why a sentence of a model is dropped: what of it is not proven by what it cites. */
export type Fault = 'citation' | 'length' | 'markup' | 'language' | 'quotation' | 'number' | 'name' | 'unsupported'

/** Characters of a sentence, at most. */
export const MAX_LENGTH = 400

/** What each check asks of a sentence; the first that fails names the fault. */
const CHECKS: [Fault, (text: string, evidence: Evidence) => boolean][] = [
  ['length', (text) => [...text].length <= MAX_LENGTH],
  ['markup', isPlainText],
  ['quotation', quotationsAreThere],
  ['number', numbersAreThere],
  ['name', namesAreThere],
  ['language', isEnglish],
  ['unsupported', isSupported],
]

/**
 * A sentence as it may be shown, or why it may not. It is proven as far as a program can: its citations exist, its quotations are the exact words
 * of a cited quote, its numbers and names occur in one, and it is nothing but text. Whether it says what the quotes mean, nothing here can tell.
 */
export function checked(written: Written, citations: Citation[]): ProseSentence | Fault {
  const text = written.text.trim()
  const numbers = [...new Set(written.citations)].sort((a, b) => a - b)
  const cited = numbers.flatMap((number) => citations[number - 1] ?? [])
  if (cited.length === 0 || cited.length < numbers.length) return 'citation'
  const evidence = evidenceOf(cited)
  const fault = CHECKS.find(([, holds]) => !holds(text, evidence))?.[0]
  return fault ?? { text, citations: numbers.map((number) => number - 1) }
}
