import type { Span } from '../types.ts'
import { rightOf } from './after-cue.ts'
import { PAPERS, RAISING } from './cues.ts'
import { type Attribution, type Clause, type Cue, clauseEnd, finish } from './extents.ts'
import { finite } from './finite.ts'
import { CUE_FORMS } from './inflection.ts'
import { mainSubject, subjectAfter, subjectBefore } from './subjects.ts'
import type { Token } from './tokens.ts'

/** An attribution by the verb at token i: "said that", ", adding", "was told by", "was quoted as saying". */
export function verbal(clause: Clause, i: number, subject: Span | null, previous: Attribution | undefined): Attribution | null {
  const { tokens } = clause
  const token = tokens[i] as Token
  const verb = CUE_FORMS.get(token.lower)?.find((cue) => !cue.particle || tokens[i + 1]?.lower === cue.particle)
  if (!verb || isNoun(clause, i)) return null
  const found: Cue = { clause, i, at: governor(tokens, i), verb, cue: { start: token.start, end: (verb.particle ? (tokens[i + 1] as Token) : token).end } }
  const passive = /^(?:been|be|was|were|is|are|am|being|get|gets|got|['’](?:s|re|m)|\p{L}+['’](?:s|re|m))$/u.test(beforeAdverbs(tokens, i))
  if (verb.form === 'past' && passive) return byWhom(found)
  // "is seeking", "was urging"
  return verb.form === 'ing' && !passive ? participle(found, subject) : finite(found, subject, previous)
}

/** "The United States", "the reporter's notes": these are no verbs. A headline writes its verbs with capitals. */
function isNoun({ tokens, titled }: Clause, i: number): boolean {
  const before = tokens[i - 1]?.text ?? ''
  const capital = i > 0 && /^\p{Lu}\p{Ll}/u.test((tokens[i] as Token).text) && !/[“"”]/.test(before)
  return (capital && !titled) || /\p{L}['’]s?$/u.test(before)
}

/** "seemed to say", "went on to say", "was quick to add": the token of the verb that has the subject. */
function governor(tokens: Token[], i: number): number {
  if (tokens[i - 1]?.lower !== 'to') return i
  const word = tokens[i - 2]?.lower ?? ''
  if (RAISING.has(word)) return i - 2
  return word === 'on' && /^(?:went|goes|go)$/.test(tokens[i - 3]?.lower ?? '') ? i - 3 : i
}

/** ", adding that ..." has the subject of the clause before it; "quoted as saying" and "a letter saying" have one of their own. */
function participle({ clause, i, verb, cue }: Cue, subject: Span | null): Attribution | null {
  const { tokens } = clause
  const before = tokens[i - 1]
  const quoted = before?.lower === 'as' ? quotedSpeaker(tokens, i) : null
  const own = quoted ?? letterWriter(tokens, i) ?? subject ?? mainSubject(tokens, i)
  if (!own || (!quoted && before && !/^(?:,|and|by|—|--)$/.test(before.text) && !/[”"']/.test(before.text))) return null
  const content = rightOf(clause, i, verb, cue)
  return content ? { content, source: own, cue } : null
}

/** "Dunnock was quoted in it as saying", "the report quoted Dunnock as saying". */
function quotedSpeaker(tokens: Token[], i: number): Span | null {
  for (let k = i - 2; k >= 0 && i - k < 16; k--) {
    if (!/^(?:quot|cit|report|record|hear|remember)(?:ed|es?|ing|d|s)$/.test((tokens[k] as Token).lower)) continue
    return /^(?:been|was|were|is|are)$/.test(beforeAdverbs(tokens, k)) ? subjectBefore(tokens, k) : subjectAfter(tokens, k + 1)
  }
  return null
}

/** "A letter was read from the guild, stating that": who wrote it. */
function letterWriter(tokens: Token[], i: number): Span | null {
  const paper = tokens.slice(0, 3).findIndex((t) => PAPERS.has(t.lower))
  const from = paper < 0 ? -1 : tokens.slice(0, Math.min(i, paper + 8)).findIndex((t, n) => n > paper && /^(?:from|by)$/.test(t.lower))
  return from > 0 ? subjectAfter(tokens, from + 1) : null
}

/** "It was reported by the clerk that", "members were told by the engineer that", "was asked by the board to". */
function byWhom({ clause, i, verb, cue }: Cue): Attribution | null {
  const { tokens } = clause
  if (tokens[i + 1]?.lower !== 'by') return null
  const source = subjectAfter(tokens, i + 2)
  const next = source && tokens.find((t) => t.start >= source.end)
  if (!next || !(next.lower === 'that' || (next.lower === 'to' && verb.classes.has('to')))) return null
  const content = finish(clause, next.start, clauseEnd(clause, next.start, i))
  return content && { content, source, cue }
}

/** The word before a token and the adverbs that stand before it. */
function beforeAdverbs(tokens: Token[], i: number): string {
  let j = i - 1
  while (j >= 0 && /ly$|^(?:also|not|already|just|never|often|widely|now|still)$/.test((tokens[j] as Token).lower)) j--
  return tokens[j]?.lower ?? ''
}
