import type { Span } from '../types.ts'
import { ADJECTIVES, FEELING, LIGHT_VERBS, NOUNS } from './cues.ts'
import { type Attribution, type Clause, clauseEnd, finish } from './extents.ts'
import { isFiniteVerb } from './inflection.ts'
import { subjectAfter, subjectBefore } from './subjects.ts'
import type { Token } from './tokens.ts'

/** An attribution by a noun or an adjective: "Tolgarth's claim that", "expressed concern about", "the board is confident that". */
export function nominal(clause: Clause, i: number): Attribution | null {
  return byNoun(clause, i) ?? byAdjective(clause, i)
}

function byNoun(clause: Clause, i: number): Attribution | null {
  const { tokens } = clause
  const noun = tokens[i] as Token
  const takes = NOUNS.get(noun.lower)
  if (!takes) return null
  const of = /^(?:from|by|of|among)$/.test(tokens[i + 1]?.lower ?? '') ? subjectAfter(tokens, i + 2) : null
  const next = of ? tokens.findIndex((t) => t.start >= of.end) : i + 1
  const start = next < 0 ? -1 : contentAfter(clause, next, takes)
  if (start < 0) return null
  const source = possessor(tokens, i) ?? lightSubject(tokens, i) ?? of
  const content = source && finish(clause, (tokens[start] as Token).start, endOf(clause, start, i))
  return content && { content, source, cue: { start: noun.start, end: noun.end } }
}

/** The token at which begins what the noun is about, or -1. */
function contentAfter(clause: Clause, from: number, takes: Set<string>): number {
  const { tokens, quotations } = clause
  const first = tokens[from]
  if (!first) return -1
  if (quotations.some((q) => q.start === first.start)) return from
  if (/^(?:is|was|remains)$/.test(first.lower)) return takes.has('that') && tokens[from + 1]?.lower === 'that' ? from + 1 : -1
  if (takes.has('to') && first.lower === 'to' && /^\p{Ll}/u.test(tokens[from + 1]?.text ?? '')) return from
  if (takes.has('about') && /^(?:about|over|for|of|against|on|at)$/.test(first.lower)) return tokens[from + 1] ? from + 1 : -1
  if (!takes.has('that')) return -1
  // "her assertion during the debate that": a phrase may stand between.
  for (let k = from; k < Math.min(tokens.length - 1, from + 7); k++) {
    const token = tokens[k] as Token
    if (token.lower === 'that') return isFiniteVerb(tokens[k + 1] as Token) ? -1 : k
    if (!/^[\p{L}’'-]+$/u.test(token.text) || isFiniteVerb(token)) return -1
  }
  return -1
}

/** "The chief pilot's repeated claim", "her claim": whose it is. */
function possessor(tokens: Token[], i: number): Span | null {
  for (let k = i - 1; k >= 0 && i - k < 5; k--) {
    const token = tokens[k] as Token
    if (/^(?:his|her|their|its|our|my)$/.test(token.lower)) return { start: token.start, end: token.end }
    if (!/['’]s?$/.test(token.text)) {
      if (/^\p{Ll}[\p{L}-]+$/u.test(token.text) && !isFiniteVerb(token) && !/^(?:the|an?|of|to|and|for|in)$/.test(token.lower)) continue
      return null
    }
    let from = k
    while (from > 0 && k - from < 6 && /^\p{Lu}|^(?:the|an?|his|her|their|and|of|\p{Ll}{3,})$/u.test((tokens[from - 1] as Token).text)) {
      const before = tokens[from - 1] as Token
      if (
        /^\p{Ll}/u.test(before.text) &&
        (isFiniteVerb(before) || /^(?:that|with|from|for|about|against|over|while|when|but|because|despite)$/.test(before.lower))
      )
        break
      from--
      if (/^(?:the|an?)$/.test(before.lower)) break
    }
    return { start: (tokens[from] as Token).start, end: token.end - (/['’]s$/.test(token.text) ? 2 : 1) }
  }
  return null
}

/** "Dunnock expressed grave concern": the subject of a verb that says little without its noun. */
function lightSubject(tokens: Token[], i: number): Span | null {
  for (let k = i - 1; k > 0 && i - k < 7; k--) {
    const { lower, text } = tokens[k] as Token
    if (LIGHT_VERBS.has(lower)) return subjectBefore(tokens, k)
    if (!/^\p{Ll}[\p{L}-]*$/u.test(text)) return null
  }
  return null
}

/** A noun that is the subject of its clause ends what it is about before the verb: "Her claim that it leaks surprised us." */
function endOf(clause: Clause, start: number, i: number): number {
  const { tokens } = clause
  const end = clauseEnd(clause, (tokens[start] as Token).start, i)
  if (tokens.slice(0, i).some((t) => isFiniteVerb(t))) return end
  let verbs = (tokens[start] as Token).lower === 'that' ? -1 : 0
  for (let k = start + 1; k < tokens.length && (tokens[k] as Token).start < end; k++) {
    if (!isFiniteVerb(tokens[k] as Token)) continue
    // "had drifted" is one verb, "drifted was" are two.
    if (isFiniteVerb(tokens[k - 1] as Token) && /ed$|^be(?:en|ing)?$/.test((tokens[k] as Token).lower)) continue
    if (/^(?:who|which|that|and|or|to|not)$/.test((tokens[k - 1] as Token).lower)) continue
    if (++verbs > 0) return (tokens[k] as Token).start
  }
  return end
}

/** "The board is confident that", "she was not sure he would". */
function byAdjective(clause: Clause, i: number): Attribution | null {
  const { tokens } = clause
  const word = tokens[i] as Token
  const takes = ADJECTIVES.get(word.lower)
  const next = tokens[i + 1]
  if (!takes || !next) return null
  let at = i - 1
  while (at > 0 && /ly$|^(?:not|also|still|very|so|more|now|less|quite|too)$/.test((tokens[at] as Token).lower)) at--
  if (at < 1 || !FEELING.test((tokens[at] as Token).lower)) return null
  const source = subjectBefore(tokens, at)
  if (!source || /^(?:it|that|this|there|what)\b/i.test(clause.text.slice(source.start, source.end))) return null
  const clausal = takes.has('that') && /^(?:that|whether|he|she|they|it|we|i|you|the|his|her|their)$/.test(next.lower)
  const other = (takes.has('to') && next.lower === 'to') || (takes.has('about') && /^(?:about|of|by|with|at|over|for|to|on)$/.test(next.lower))
  if (!clausal && !other) return null
  const from = clausal || next.lower === 'to' ? next : tokens[i + 2]
  const content = from && finish(clause, from.start, clauseEnd(clause, from.start, i))
  return content ? { content, source, cue: { start: (tokens[at] as Token).start, end: word.end } } : null
}
