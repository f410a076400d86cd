import type { Span } from '../types.ts'
import { AUXILIARIES, CLAUSE_STARTS, PAPERS, PREPOSITIONS, PRONOUNS } from './cues.ts'
import { FINITE, isFiniteVerb } from './inflection.ts'
import { BARRIER, CALENDAR, DETERMINER, lower, phraseEndingAt } from './noun-phrases.ts'
import type { Token } from './tokens.ts'

/** What may open an insertion between a subject and its verb. */
const INSERTED =
  /^(?:who|whose|which|including|whom|a|an|the|his|her|its|their|of|then|now|in|on|at|for|speaking|president|chief|director|chair\w*|head|leader|former|senior|\d+)$/

/** The noun phrase that is the subject of the verb at token i, or null. */
export function subjectBefore(tokens: Token[], i: number): Span | null {
  let j = i - 1
  while (j >= 0 && (AUXILIARIES.has(lower(tokens, j)) || /ly$/.test(lower(tokens, j)))) j--
  // "Dunnock on Wednesday said", "Dunnock (chair) said": the day and the bracket stand between.
  if (CALENDAR.test(lower(tokens, j))) j -= lower(tokens, j - 1) === 'on' ? 2 : 1
  if (tokens[j]?.text === ')') {
    const opening = tokens.slice(0, j).findLastIndex((t) => t.text === '(')
    if (opening > 0) j = opening - 1
  }
  if (j < 0) return null
  // "Dunnock, who chairs the association, said": the clause between the commas is passed over.
  if (tokens[j]?.text === ',' || tokens[j]?.text === '—' || tokens[j]?.text === '--') {
    const opening = openingComma(tokens, j)
    if (opening <= 0) return null
    const head = phraseEndingAt(tokens, opening - 1)
    // "The finance minister, Odile Marchetti, said": the name is the insertion.
    if (head && /^\p{Ll}/u.test((tokens[opening - 1] as Token).text) && /^\p{Lu}/u.test(tokens[opening + 1]?.text ?? '')) return span(tokens, head.from, j - 1)
    const opener = tokens[head?.from ?? 0] as Token
    return head && (/^[\p{Lu}\p{N}]/u.test(opener.text) || DETERMINER.test(opener.lower)) ? span(tokens, head.from, head.to) : null
  }
  const relative = relativeBefore(tokens, j)
  const phrase = relative > 0 ? phraseEndingAt(tokens, relative - 1) : phraseEndingAt(tokens, j)
  return phrase && span(tokens, phrase.from, phrase.to)
}

/** The subject of the sentence's first verb before token i. */
export function mainSubject(tokens: Token[], i: number): Span | null {
  for (let n = 1; n < i; n++) {
    if (isFiniteVerb(tokens[n] as Token)) return subjectBefore(tokens, n)
  }
  return subjectBefore(tokens, i)
}

/** The noun phrase that begins at token i: the subject of an inverted clause, or what "according to" names. */
export function subjectAfter(tokens: Token[], i: number): Span | null {
  const first = tokens[i]
  if (!first) return null
  if (PRONOUNS.has(first.lower)) return span(tokens, i, i)
  if (!/^\p{Lu}/u.test(first.text) && !DETERMINER.test(first.lower) && !/^\p{Ll}+s?$/u.test(first.text)) return null
  if (PREPOSITIONS.has(first.lower) || FINITE.test(first.lower)) return null
  if (/^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|that|it|in|on|at|to|as|when|by|during|after|before|for|with|of|from)$/.test(first.lower)) return null
  let j = i
  while (j + 1 < tokens.length) {
    const next = tokens[j + 1] as Token
    if (/^[,.;:!?]$/.test(next.text) || BARRIER.test(next.text)) break
    if (CLAUSE_STARTS.has(next.lower) && next.lower !== 'and') break
    if (next.lower === 'and' && !/^\p{Lu}/u.test(tokens[j + 2]?.text ?? '')) break
    const issued = next.lower === 'by' && PAPERS.has(lower(tokens, j))
    if (PREPOSITIONS.has(next.lower) && !issued && !/^(?:of|for|at|with|from)$/.test(next.lower)) break
    if (/^(?:mon|tues|wednes|thurs|fri|satur|sun)day$|^(?:last|yesterday|today|earlier|who|is|was|has|had|were|are|did)$/.test(next.lower)) break
    if (j - i > 14) break
    j++
  }
  return span(tokens, i, j)
}

/**
 * The comma that opens the insertion which the comma at j closes. The insertion may hold commas of its own ("Dunnock, at a meeting in Orrin, Estrey,
 * said", "Dunnock, chair of the board, a poet and a cook, said"): a comma whose subject begins the clause is preferred to a nearer one.
 */
function openingComma(tokens: Token[], j: number): number {
  let nearest = -1
  for (let k = j - 1; k > 0 && j - k < 36; k--) {
    const token = tokens[k] as Token
    if (BARRIER.test(token.text) && !/^[—–]$|^--$/.test(token.text)) break
    if (!/^(?:,|—|–|--)$/.test(token.text)) continue
    const before = tokens[k - 1] as Token
    const after = tokens[k + 1] as Token
    const opens = INSERTED.test(after.lower) || /^\p{Lu}/u.test(before.text) || /^\p{Lu}/u.test(after.text) || j - k > 12
    if (nearest < 0 && opens) nearest = k
    if (opens && beginsClause(tokens, k - 1)) return k
  }
  return nearest
}

/** Does the noun phrase that ends at a token begin its clause, and is it short and without a verb? */
function beginsClause(tokens: Token[], to: number): boolean {
  const head = phraseEndingAt(tokens, to)
  if (!head || head.to - head.from > 8) return false
  const opener = tokens[head.from] as Token
  if (!/^[\p{Lu}\p{N}]/u.test(opener.text) && !DETERMINER.test(opener.lower)) return false
  if (tokens.slice(head.from, head.to + 1).some((t) => /^\p{Ll}{3,}ed$|^(?:who|left|went)$/u.test(t.text))) return false
  const before = tokens[head.from - 1]
  return !before || /^(?:but|and|that|yet|[”"]|''|[—–]|--)$/.test(before.lower)
}

/** "Officials who spoke with the paper said": the token of "who", when a relative clause without commas stands between subject and cue. */
function relativeBefore(tokens: Token[], j: number): number {
  if (/^(?:who|which)$/.test(lower(tokens, j))) return j
  for (let k = j; k > 0 && j - k < 14; k--) {
    const token = tokens[k] as Token
    if (/^[,.;!?]$/.test(token.text) || BARRIER.test(token.text)) return -1
    if (token.lower === 'who' && j > k) return k
  }
  return -1
}

function span(tokens: Token[], from: number, to: number): Span {
  return { start: (tokens[from] as Token).start, end: (tokens[to] as Token).end }
}
