import type { Span } from '../types.ts'
import { skipAddressee, skipAdverbials } from './adverbials.ts'
import { addresseeOnly, isRelative, looksClausal, namesFigure } from './clauses.ts'
import { ADVERBIAL_STARTS } from './cues.ts'
import { type Clause, clauseEnd, finish } from './extents.ts'
import type { CueVerb } from './inflection.ts'
import type { Token } from './tokens.ts'

/** What a clause without "that" begins with, other than a name. */
const CLAUSE_OPENER =
  /^(?:it|he|she|they|we|i|you|there|this|these|those|the|his|her|their|its|our|my|both|many|most|some|all|no|every|any|people|voters|others)$/
const NOTHING = /^(?:nothing|so|little|much|more|this|it|something|anything)$/

/** What stands to the right of a cue as its content, or null. */
export function rightOf(clause: Clause, i: number, verb: CueVerb, cue: Span): Span | null {
  const { text, tokens } = clause
  const at = tokens.findIndex((t) => t.start >= cue.end)
  if (at < 0) return null
  const end = clauseEnd(clause, cue.end, i)
  const rest = tokens.slice(at).filter((t) => t.start < end)
  if (rest.length === 0) return null
  const that = rest.findIndex(
    (t) => t.lower === 'that' || t.lower === 'whether' || (t.lower === 'how' && !verb.classes.has('quote')) || t.lower === 'why' || t.lower === 'what',
  )
  const quote = rest.findIndex((t) => clause.quotations.some((q) => q.start === t.start))
  const reach = verb.lemma === 'tell' || verb.lemma === 'ask' ? 14 : 9
  const joins = that > 0 && /^(?:and|or)$/.test((rest[that - 1] as Token).lower)
  // A closed clause between the cue and "that" belongs to neither.
  const near = (n: number) => {
    const between = n > 0 ? text.slice(cue.end, (rest[n] as Token).start).trim() : ''
    return (
      n >= 0 &&
      n <= reach &&
      !/[;.]$/.test(between) &&
      !(between.includes(',') && !verb.classes.has('say') && !clause.quotations.some((q) => q.start === rest[n]?.start))
    )
  }
  const anyClause = verb.classes.has('say') || verb.classes.has('clause') || verb.classes.has('to')
  if (
    anyClause &&
    near(that) &&
    !joins &&
    rest.length - that > 2 &&
    !isRelative(rest, that, verb) &&
    (quote < 0 || that < quote || quote > reach) &&
    addresseeOnly(rest, that)
  )
    return finish(clause, (rest[that] as Token).start, end)
  if (/^[,.;?!]$/.test((rest[0] as Token).text) && !(quote >= 0 && quote <= 2)) return null
  if (near(quote) && (anyClause || verb.classes.has('quote'))) {
    const from = rest[quote] as Token
    const between = text.slice(cue.end, from.start)
    if (/,\s*$/.test(between) || /:\s*$/.test(between) || quote === 0 || verb.lemma === 'tell') return finish(clause, from.start, end)
    // "called the plan “a fool's errand”", "said it was “totally inappropriate”": the words before belong to it, adverbials aside.
    const begin = skipAdverbials(rest, 0)
    return finish(clause, Math.min(from.start, (rest[begin] ?? from).start), end)
  }
  if (
    verb.classes.has('to') &&
    rest.slice(0, 7).some((t) => t.lower === 'to') &&
    (verb.form !== 'ing' || (rest[0] as Token).lower === 'to' || verb.classes.has('whom'))
  ) {
    const to = rest.findIndex((t) => t.lower === 'to')
    const first = rest[0] as Token
    return finish(clause, to <= 1 || /^\p{L}/u.test(first.text) ? first.start : (rest[to] as Token).start, end)
  }
  if (verb.classes.has('doing') && /^\p{Ll}{2,}ing$/u.test((rest[0] as Token).text)) return finish(clause, (rest[0] as Token).start, end)
  if (verb.classes.has('figure') && namesFigure(rest)) return finish(clause, (rest[0] as Token).start, end)
  // ", citing the wrecks": a participle takes a thing where other forms need a quotation.
  if (verb.classes.has('object') || (verb.form === 'ing' && verb.classes.has('quote') && !verb.particle && tokens[i - 1]?.text === ','))
    return finish(clause, (rest[0] as Token).start, verb.classes.has('object') ? endOfThing(rest, end) : end)
  const start = plainClause(clause, verb, cue, rest, end)
  return start && finish(clause, start.start, end)
}

/** Where a clause without "that" begins: "believes he is wrong", "told the board it leaked", "said on Monday it would go". */
function plainClause({ text }: Clause, verb: CueVerb, cue: Span, rest: Token[], end: number): Token | null {
  const first = rest[0] as Token
  if (!verb.classes.has('say')) {
    const begins = /^\p{Lu}/u.test(first.text) || CLAUSE_OPENER.test(first.lower.replace(/['’].*$/, ''))
    return verb.classes.has('verbed') && begins && looksClausal(rest, 0) && rest.length > 3 ? first : null
  }
  if (verb.lemma === 'tell') {
    const at = skipAddressee(rest)
    return at > 0 && at < rest.length - 2 && (rest[at]?.lower === 'to' || looksClausal(rest, at)) ? (rest[at] as Token) : null
  }
  const begin = skipAdverbials(rest, 0)
  const start = rest[begin]
  if (!start || rest.length - begin < 2) return null
  // What follows only tells when or where it was said.
  if (begin > 0 && /[,.;]$/.test(text.slice(cue.end, start.start).trim())) return null
  // "said nothing", "said so"
  if (NOTHING.test(start.lower) && rest.slice(begin + 1).every((t) => !/[\p{L}\p{N}]/u.test(t.text))) return null
  if (begin === 0 && ADVERBIAL_STARTS.has(start.lower) && !text.slice(start.start, end).includes(' ')) return null
  return verb.classes.has('bare') || (verb.classes.has('verbed') && looksClausal(rest, begin)) ? start : null
}

/** "criticised the board during a meeting": a thing ends where the writer goes on. */
function endOfThing(rest: Token[], end: number): number {
  const stop = rest.findIndex(
    ({ lower }, n) =>
      n > 0 &&
      (/^(?:,|during|while|after|before|when|because|since|until|although|though|last|yesterday|today|tonight|earlier|later)$|^(?:mon|tues|wednes|thurs|fri|satur|sun)day$/.test(
        lower,
      ) ||
        (lower === 'on' && /day$/.test(rest[n + 1]?.lower ?? ''))),
  )
  return stop < 0 ? end : (rest[stop] as Token).start
}
