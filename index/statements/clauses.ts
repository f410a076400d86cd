import { ADVERBIAL_STARTS, PREPOSITIONS } from './cues.ts'
import { type CueVerb, isFiniteVerb } from './inflection.ts'
import type { Token } from './tokens.ts'

/** "the cost at 2 million crowns" */
export function namesFigure(rest: Token[]): boolean {
  const at = rest.slice(0, 12).findIndex((t) => t.lower === 'at' || t.lower === 'between')
  return (
    at > 0 &&
    rest
      .slice(at + 1, at + 5)
      .some((t) => /^\p{N}|^(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|half|a|nearly|hundreds|thousands|millions)$/u.test(t.lower))
  )
}

const AUXILIARY = /^(?:is|are|was|were|has|have|had|will|would|could|should|may|might|must|can|cannot|did|does|do|\p{L}+n['’]t|['’](?:s|re|ll|d|ve))$/u

/** A subject and soon a finite verb: "the company would not be able". */
export function looksClausal(rest: Token[], begin: number): boolean {
  if (/^(?:it|he|she|they|we|i|you|there|that)['’]/.test(rest[begin]?.lower ?? '')) return true
  const comma = rest.findIndex((t, n) => n > begin && t.text === ',')
  return rest
    .slice(begin, begin + 10)
    .some(({ lower }, n) => n > 0 && (AUXILIARY.test(lower) || (/^\p{L}{3,}ed$/u.test(lower) && (comma < 0 || begin + n < comma))))
}

/** "explained, call for certificates that take years", "holds 19 that pay": the clause is about a thing before it. */
export function isRelative(rest: Token[], that: number, verb: CueVerb): boolean {
  const first = rest[0] as Token
  if (that === 0) return false
  if (first.text === ',') return rest.slice(1, that).every((t) => t.text !== ',')
  if ((rest[that] as Token).lower !== 'that' || verb.classes.has('addressed')) return false
  if (/^(?:the|those|an?|some|many)$|^\p{N}/u.test(first.lower)) return true
  return (
    !ADVERBIAL_STARTS.has(first.lower) &&
    !PREPOSITIONS.has(first.lower) &&
    !/ly$|^(?:it|them|me|us|him|her|you|both|all|clear)$|day$/.test(first.lower) &&
    isFiniteVerb(rest[that + 1] as Token)
  )
}

/** Between "told" and "that" only the one who is told, and when. */
export function addresseeOnly(rest: Token[], that: number): boolean {
  return !rest.slice(0, that).some((t) => /^(?:is|are|was|were|has|have|had|will|would|said|who|(?:he|she|they|we|i|it|there|that)['’]\p{L}+)$/u.test(t.lower))
}
