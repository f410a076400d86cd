import type { Span } from '../types.ts'
import { CUE_FORMS } from './inflection.ts'

/** A dash after a quotation and a name to the end of the line: "“The light must be lit.” — Nerys Tolgarth, chief pilot". */
const SIGNATURE = /^[ \t]{0,8}\n?[ \t]{0,8}(?:[—–―]|--?)[ \t]{0,8}(\p{Lu}[\p{L}.'’-]{0,30}(?:[ ][\p{L}.'’-]{1,30}){0,5})(?:,[^\n]{0,80})?[ \t]{0,8}(?=\n|$)/u

/** Whose name a quotation is signed with, or null. */
export function signatureAfter(text: string, { end }: Span): Span | null {
  const match = SIGNATURE.exec(text.slice(end, end + 300))
  const name = match?.[1]
  if (!match || !name || name.split(' ').some((word) => CUE_FORMS.has(word))) return null
  const start = end + match[0].indexOf(name)
  return { start, end: start + name.length }
}
