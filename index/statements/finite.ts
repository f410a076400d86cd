import type { Span } from '../types.ts'
import { rightOf } from './after-cue.ts'
import { AUXILIARIES } from './cues.ts'
import { type Attribution, type Clause, type Cue, leftOf, quotationBeginningAt } from './extents.ts'
import { withWhatFollows } from './interruptions.ts'
import { mainSubject, subjectAfter, subjectBefore } from './subjects.ts'
import type { Token } from './tokens.ts'

/**
 * An attribution by a finite cue: after its subject, before it, or at the end of what is said. `at` is the verb that has the subject, where
 * the cue hangs on another: "seemed to say".
 */
export function finite({ clause, i, at, verb, cue }: Cue, subject: Span | null, previous: Attribution | undefined): Attribution | null {
  const { tokens, text, sentence } = clause
  const before = tokens[i - 1]
  // "…, records show." and "The hull, records show, was new": at the end and between commas other verbs say it as well.
  const rest = text.slice(cue.end, sentence.end).trim()
  const ends = /^[.?!]*$/.test(rest) || (rest.startsWith(',') && /,[^,]{1,60}$/.test(text.slice(sentence.start, cue.start)))
  const says = verb.classes.has('say') || (ends && verb.classes.has('clause'))
  // Inverted: a comma or a closing mark, the cue, then who said it. After a comma the subject may stand before an insertion: "Dunnock, 69, said".
  const apposed = before?.text === ',' ? subjectBefore(tokens, at) : null
  if (says && verb.lemma !== 'tell' && !apposed && (!before || /^[,?!—]$|["”']$/.test(before.text))) {
    const source = subjectAfter(tokens, i + (verb.particle ? 2 : 1))
    const content = leftOf(clause, cue.start)
    // "…, say residents": the base form has a plural after it.
    const agrees = verb.form !== 'base' || (source && plainSubject(text, source, tokens, i) && /^[.]?$/.test(text.slice(source.end, sentence.end).trim()))
    if (source && content && agrees && !isSubjectOfMore(tokens, source)) return { ...withWhatFollows(clause, content, source.end, true), source, cue }
  }
  // Coordinated: "said that ... and predicted that ..."
  const coordinated =
    before && (before.lower === 'and' || before.lower === 'but' || (AUXILIARIES.has(before.lower) && /^(?:and|but)$/.test(tokens[i - 2]?.lower ?? '')))
  const source = coordinated ? (subject ?? mainSubject(tokens, i)) : subjectBefore(tokens, at)
  if (!source || (verb.form === 'base' && at === i && !plainSubject(text, source, tokens, i))) return null
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
  if (!next) return null
  // After a full stop the quotation must have no cue of its own.
  const free = !/\p{L}/u.test(/^[^\n]{0,60}/.exec(text.slice(next.end, next.end + 60))?.[0] ?? '')
  return /:\s*$/.test(text.slice(cue.end, sentence.end)) || (free && /\.\s*$/.test(text.slice(cue.end, sentence.end))) ? { content: next, source, cue } : null
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

/** "They say", "I think", "could say": the base form is a finite verb after a plural or an auxiliary. */
function plainSubject(text: string, source: Span, tokens: Token[], i: number): boolean {
  const words = text.slice(source.start, source.end)
  if (/^(?:will|would|could|might|may|can|did|do|does|not|to)$/.test(tokens[i - 1]?.lower ?? '')) return false
  const head = words.split(/,|\s+(?:of|for|from|in|at|on|with|by|who|\p{Ll}+ing|\p{Ll}+ed)\s/u)[0] ?? words
  return /^(?:they|i|we|you|some|many|others|most)$/i.test(head) || /s$|^(?:police|people|critics)|\p{L} and \p{Lu}/iu.test(head)
}

/** Of "…,” said he who" and "“Dunnock, who calls it a “wreck,” said he will go": what follows the cue begins another clause. */
function isSubjectOfMore(tokens: Token[], source: Span): boolean {
  const first = tokens.find((t) => t.start === source.start)
  const next = tokens.find((t) => t.start >= source.end)
  return first !== undefined && /^(?:he|she|they|it|i|we|you)$/.test(first.lower) && next !== undefined && /^\p{L}/u.test(next.text)
}
