import type { Span } from '../types.ts'
import { rightOf } from './after-cue.ts'
import { AUXILIARIES, CUE_FORMS, type CueVerb } from './cues.ts'
import {
  backToQuotation,
  type Clause,
  clauseEnd,
  clip,
  type Extent,
  insideQuotation,
  leftOf,
  quotationBeginningAt,
  trimEnd,
  withWhatFollows,
} from './extents.ts'
import type { Quotation } from './quotations.ts'
import { subjectAfter, subjectBefore } from './subjects.ts'
import { type Token, tokensOf } from './tokens.ts'

/** What is said, by whom in the text's own words, and the words that say so. */
export interface Attribution extends Extent {
  /** Null when the text names nobody here: the speaker is the one of before. */
  source: Span | null
  cue: Span | null
}

/** The attributions of one sentence, in order. Quotations may carry a content beyond the sentence. */
export function attributionsIn(text: string, sentence: Span, quotations: Quotation[]): Attribution[] {
  const clause: Clause = { text, sentence, tokens: tokensOf(text, sentence), quotations }
  const found: Attribution[] = []
  let subject: Span | null = null
  for (let i = 0; i < clause.tokens.length; i++) {
    const token = clause.tokens[i] as Token
    // Inside a quotation somebody speaks who is quoted already.
    if (insideQuotation(clause, token)) continue
    const attribution: Attribution | null = accordingTo(clause, i) ?? verbal(clause, i, subject, found.at(-1))
    if (!attribution) continue
    if (attribution.source) subject = attribution.source
    found.push(attribution)
  }
  return withoutOverlap(found)
}

/** "according to the police": what stands before it, or after it when it comes first. */
function accordingTo(clause: Clause, i: number): Attribution | null {
  const { tokens, text, sentence } = clause
  if (tokens[i]?.lower !== 'according' || tokens[i + 1]?.lower !== 'to') return null
  const source = subjectAfter(tokens, i + 2)
  if (!source) return null
  const cue = { start: (tokens[i] as Token).start, end: (tokens[i + 1] as Token).end }
  const before = clip(text, sentence.start, cue.start)
  const content = before ? backToQuotation(clause, before) : clip(text, source.end, clauseEnd(clause, source.end, i))
  return content ? { content: before ? content : trimEnd(text, content), source, cue } : null
}

function verbal(clause: Clause, i: number, subject: Span | null, previous: Attribution | undefined): Attribution | null {
  const { tokens } = clause
  const token = tokens[i] as Token
  const verb = CUE_FORMS.get(token.lower)?.find((cue) => !cue.particle || tokens[i + 1]?.lower === cue.particle)
  // "The United States", "the reporter's notes": these are no verbs.
  if (!verb || (i > 0 && /^\p{Lu}\p{Ll}/u.test(token.text) && !/[“"”]/.test(tokens[i - 1]?.text ?? '')) || /\p{L}['’]s?$/u.test(tokens[i - 1]?.text ?? ''))
    return null
  const cue = { start: token.start, end: (verb.particle ? (tokens[i + 1] as Token) : token).end }
  return verb.form === 'ing' ? participle(clause, i, verb, cue, subject) : finite(clause, i, verb, cue, subject, previous)
}

/** ", adding that ..." has the subject of the clause before it. */
function participle(clause: Clause, i: number, verb: CueVerb, cue: Span, subject: Span | null): Attribution | null {
  const { tokens } = clause
  const before = tokens[i - 1]
  const own = subject ?? subjectBefore(tokens, firstVerb(tokens, i))
  if (!own || (before && !/^(?:,|and|by|—|--)$/.test(before.text) && !/[”"']/.test(before.text))) return null
  const content = rightOf(clause, i, verb, cue)
  return content ? { content, source: own, cue } : null
}

function finite(clause: Clause, i: number, verb: CueVerb, cue: Span, subject: Span | null, previous: Attribution | undefined): Attribution | null {
  const { tokens, text, sentence } = clause
  const before = tokens[i - 1]
  // "…, records show.": at the end of a sentence other verbs say it as well.
  const ends = /^[.?!]*$/.test(text.slice(cue.end, sentence.end).trim())
  const says = verb.classes.has('say') || (ends && verb.classes.has('clause'))
  // "They have been asked": somebody else asks.
  if (verb.form === 'past' && passive(tokens, i)) return null
  // Inverted: a comma or a closing mark, the cue, then who said it. After a comma the subject may stand before an insertion: "Dunnock, 69, said".
  const apposed = before?.text === ',' ? subjectBefore(tokens, i) : null
  if (says && verb.lemma !== 'tell' && verb.form !== 'base' && !apposed && (!before || /^[,?!—]$|["”']$/.test(before.text))) {
    const source = subjectAfter(tokens, i + (verb.particle ? 2 : 1))
    const content = leftOf(clause, cue.start)
    if (source && content) return { ...withWhatFollows(clause, content, source.end), source, cue }
  }
  // Coordinated: "said that ... and predicted that ..."
  const coordinated =
    before && (before.lower === 'and' || before.lower === 'but' || (AUXILIARIES.has(before.lower) && /^(?:and|but)$/.test(tokens[i - 2]?.lower ?? '')))
  const source = coordinated ? (subject ?? subjectBefore(tokens, firstVerb(tokens, i))) : subjectBefore(tokens, i)
  if (!source || (verb.form === 'base' && !plainSubject(text, source, tokens, i))) return null
  // A quotation that closes directly before the subject is what is said, whatever follows: "…," Dunnock told a reporter who asked.
  const quoted =
    says && !coordinated && clause.quotations.some((q) => q.end <= source.start && q.end > sentence.start && /^[\s,—-]*$/.test(text.slice(q.end, source.start)))
  const right = quoted || (says && !coordinated && followsClause(clause, source, cue)) ? null : rightOf(clause, i, verb, cue)
  if (right) return { content: right, source, cue }
  if (!says || coordinated) return null
  const left = leftOf(clause, source.start)
  if (left && !(previous && previous.content.start <= left.start && previous.cue && previous.cue.end > left.start && previous.content.end > left.start)) {
    return { ...withWhatFollows(clause, left, cue.end), source, cue }
  }
  const next = quotationBeginningAt(clause, sentence.end)
  return next && /[:.]\s*$/.test(text.slice(cue.end, sentence.end)) ? { content: next, source, cue } : null
}

/** "Many did not agree, Tolgarth said in posing the question.": a whole clause and a comma before, and only an adverbial after. */
function followsClause({ text, sentence, tokens }: Clause, source: Span, cue: Span): boolean {
  const before = text.slice(sentence.start, source.start)
  if (
    !/,\s*$/.test(before) ||
    before.trim().split(/\s+/).length < 3 ||
    /^(?:in|on|at|during|after|before|for|as|when|while|with|by|if|although|though|since|despite|asked|speaking|according|last|like|from|among|under)\b/i.test(
      before,
    )
  )
    return false
  const after = tokens.find((t) => t.start >= cue.end)
  const rest = text.slice(cue.end, sentence.end)
  // "It would sink, Dunnock warned the council.": only whom it was said to.
  if (after && /^(?:the|his|her|their|its|mr|mrs|ms|reporters|members)$/.test(after.lower) && rest.trim().split(/\s+/).length <= 3) return true
  return after !== undefined && /^(?:in|on|at|during|after|from|through|when|as|while)$|day$/.test(after.lower) && !/\bthat\b|[“"]|''|``/.test(rest)
}

function passive(tokens: Token[], i: number): boolean {
  let j = i - 1
  while (j >= 0 && /ly$|^(?:also|not|already|just|never|often|widely)$/.test((tokens[j] as Token).lower)) j--
  return /^(?:been|be|was|were|is|are|being|get|gets|got)$/.test(tokens[j]?.lower ?? '')
}

/** "They say", "I think", "could say": the base form is a finite verb after a plural or an auxiliary. */
function plainSubject(text: string, source: Span, tokens: Token[], i: number): boolean {
  const words = text.slice(source.start, source.end)
  if (/^(?:will|would|could|might|may|can|did|do|does|not|to)$/.test(tokens[i - 1]?.lower ?? '')) return false
  const head = words.split(/\s+(?:of|for|from|in|at|on|with|by|who)\s/)[0] ?? words
  return /^(?:they|i|we|you|some|many|others|most)$/i.test(words) || /s$|^(?:police|people|critics)/i.test(head)
}

/** The first cue or auxiliary of a sentence before token i: what stands before it is the main subject. */
function firstVerb(tokens: Token[], i: number): number {
  const at = tokens
    .slice(0, i)
    .findIndex(
      (t, n) =>
        n > 0 &&
        (CUE_FORMS.has(t.lower) ||
          /^(?:is|was|are|were|has|have|had|will|would|could|can)$/.test(t.lower) ||
          (/\p{L}{3,}ed$/u.test(t.lower) && !/^\p{Lu}/u.test(t.text))),
    )
  return at > 0 ? at : i
}

/** Of two that say the same words the first stays. */
function withoutOverlap(found: Attribution[]): Attribution[] {
  const kept: Attribution[] = []
  for (const one of found) {
    const twin = kept.find((other) => overlap(one.content, other.content) > 0.7 * Math.min(size(one.content), size(other.content)))
    if (!twin) kept.push(one)
  }
  return kept
}

function overlap(a: Span, b: Span): number {
  return Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start))
}

function size({ start, end }: Span): number {
  return end - start
}
