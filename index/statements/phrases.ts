import { type Attribution, backToQuotation, type Clause, clauseEnd, clip, trimEnd } from './extents.ts'
import { isFiniteVerb } from './inflection.ts'
import { subjectAfter } from './subjects.ts'
import type { Token } from './tokens.ts'

/** Phrases that name a speaker without a verb: "according to the police", "in the words of Tolgarth", "in Tolgarth's view", "per the board". */
export function inPhrase(clause: Clause, i: number): Attribution | null {
  const word = clause.tokens[i]?.lower
  if (word === 'according') return accordingTo(clause, i)
  if (word === 'in' || word === 'by' || word === 'to') return inWordsOf(clause, i)
  return null
}

/** "according to the police": what stands before it, or after it when it comes first. */
function accordingTo(clause: Clause, i: number): Attribution | null {
  const { tokens, text, sentence } = clause
  if (tokens[i + 1]?.lower !== 'to') return null
  const source = subjectAfter(tokens, i + 2)
  if (!source) return null
  const cue = { start: (tokens[i] as Token).start, end: (tokens[i + 1] as Token).end }
  const before = clip(text, sentence.start, cue.start)
  const content = before ? backToQuotation(clause, before) : clip(text, afterApposition(clause, source.end), clauseEnd(clause, source.end, i))
  return content ? { content: before ? content : trimEnd(text, content), source, cue } : null
}

/** "According to Ferrand, the harbour engineer, the sand": past what tells who Ferrand is. */
function afterApposition({ tokens }: Clause, from: number): number {
  const at = tokens.findIndex((t) => t.start >= from)
  if (tokens[at]?.text !== ',' || !/^(?:the|an?|who|its|his|her|their|chair\w*|head|director)$/.test(tokens[at + 1]?.lower ?? '')) return from
  const close = tokens.slice(at + 1, at + 14).findIndex((t) => t.text === ',')
  const inserted = tokens.slice(at + 1, at + 1 + close)
  const closes = close > 0 && (tokens[at + 1]?.lower === 'who' || !inserted.some(isFiniteVerb))
  return closes ? (tokens[at + 1 + close] as Token).end : from
}

/** "In the words of its director,", "In Tolgarth's view,", "By Treddle's reckoning": an opening phrase, and what comes after its comma. */
function inWordsOf(clause: Clause, i: number): Attribution | null {
  const { tokens, text } = clause
  if (i > 1) return null
  const noun = tokens
    .slice(i, i + 10)
    .findIndex((t) => /^(?:words|view|opinion|judgment|judgement|estimation|reckoning|estimate|account|telling)$/.test(t.lower))
  if (noun < 2) return null
  const at = i + noun
  const source = tokens[at + 1]?.lower === 'of' ? subjectAfter(tokens, at + 2) : possessorBefore(tokens, i + 1, at)
  if (!source) return null
  const from = tokens.findIndex((t) => t.start >= source.end && t.start >= (tokens[at] as Token).end)
  const next = tokens[from]
  if (!next || (next.text !== ',' && tokens[at + 1]?.lower === 'of')) return null
  const content = clip(text, next.start, clauseEnd(clause, next.start, at))
  return content && { content: trimEnd(text, content), source, cue: { start: (tokens[i] as Token).start, end: (tokens[at] as Token).end } }
}

/** "Tolgarth's", "his", "the chief pilot's own" between two tokens. */
function possessorBefore(tokens: Token[], from: number, to: number): { start: number; end: number } | null {
  const last = tokens[tokens[to - 1]?.lower === 'own' ? to - 2 : to - 1]
  const first = tokens[from]
  if (!first || !last || last.start < first.start) return null
  if (/^(?:his|her|their|its|our|my)$/.test(last.lower) && last === first) return { start: first.start, end: first.end }
  return /['’]s?$/.test(last.text) ? { start: first.start, end: last.end - (/['’]s$/.test(last.text) ? 2 : 1) } : null
}
