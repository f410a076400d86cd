import type { Span } from '../types.ts'
import { ADVERBIAL_STARTS, PREPOSITIONS } from './cues.ts'
import { type Clause, clauseEnd, finish } from './extents.ts'
import type { CueVerb } from './inflection.ts'
import { isFiniteVerb } from './subjects.ts'
import type { Token } from './tokens.ts'

/** What stands to the right of a cue as its content, or null. */
export function rightOf(clause: Clause, i: number, verb: CueVerb, cue: Span): Span | null {
  const { text, tokens, sentence } = clause
  let at = tokens.findIndex((t) => t.start >= cue.end)
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
    !isRelative(rest, that, verb) &&
    rest.length - that > 2 &&
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
  if (!verb.classes.has('say')) {
    // "believes he is wrong": a clause without "that" begins with a pronoun, an article or a name and has a verb.
    const clausal =
      /^(?:it|he|she|they|we|i|you|there|this|these|those|the|his|her|their|its|our|my|both|many|most|some|all|no|every|any|people|voters|others)$/.test(
        (rest[0] as Token).lower.replace(/['’].*$/, ''),
      )
    const stated = verb.classes.has('verbed') && (clausal || /^\p{Lu}/u.test((rest[0] as Token).text)) && looksClausal(rest, 0)
    return stated && rest.length > 3 ? finish(clause, (rest[0] as Token).start, end) : null
  }
  if (verb.lemma === 'tell') {
    at = skipAddressee(rest)
    return at > 0 && at < rest.length - 2 && (rest[at]?.lower === 'to' || looksClausal(rest, at)) ? finish(clause, (rest[at] as Token).start, end) : null
  }
  const begin = skipAdverbials(rest, 0)
  const start = rest[begin]
  if (!start || rest.length - begin < 2) return null
  // What follows only tells when or where it was said.
  if (begin > 0 && /[,.;]$/.test(text.slice(cue.end, start.start).trim())) return null
  // "said nothing", "said so"
  if (/^(?:nothing|so|little|much|more|this|it|something|anything)$/.test(start.lower) && rest.slice(begin + 1).every((t) => !/[\p{L}\p{N}]/u.test(t.text)))
    return null
  if (begin === 0 && ADVERBIAL_STARTS.has(start.lower) && !clause.text.slice(start.start, end).includes(' ')) return null
  const stated = verb.classes.has('bare') || (verb.classes.has('verbed') && looksClausal(rest, begin))
  return stated && sentence.end - start.start > 3 ? finish(clause, start.start, end) : null
}

/** "the cost at 2 million crowns" */
function namesFigure(rest: Token[]): boolean {
  const at = rest.slice(0, 12).findIndex((t) => t.lower === 'at' || t.lower === 'between')
  return (
    at > 0 &&
    rest
      .slice(at + 1, at + 5)
      .some((t) => /^\p{N}|^(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|half|a|nearly|hundreds|thousands|millions)$/u.test(t.lower))
  )
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

const AUXILIARY = /^(?:is|are|was|were|has|have|had|will|would|could|should|may|might|must|can|cannot|did|does|do|\p{L}+n['’]t|['’](?:s|re|ll|d|ve))$/u

/** A subject and soon a finite verb: "the company would not be able". */
function looksClausal(rest: Token[], begin: number): boolean {
  if (/^(?:it|he|she|they|we|i|you|there|that)['’]/.test(rest[begin]?.lower ?? '')) return true
  const comma = rest.findIndex((t, n) => n > begin && t.text === ',')
  return rest
    .slice(begin, begin + 10)
    .some(({ lower }, n) => n > 0 && (AUXILIARY.test(lower) || (/^\p{L}{3,}ed$/u.test(lower) && (comma < 0 || begin + n < comma))))
}

/** "explained, call for certificates that take years", "holds 19 that pay": the clause is about a thing before it. */
function isRelative(rest: Token[], that: number, verb: CueVerb): boolean {
  const first = rest[0] as Token
  if (that === 0) return false
  if (first.text === ',') return rest.slice(1, that).every((t) => t.text !== ',')
  if ((rest[that] as Token).lower !== 'that' || verb.classes.has('addressed')) return false
  if (/^(?:the|those|an?|some|many)$/.test(first.lower)) return true
  return (
    !ADVERBIAL_STARTS.has(first.lower) &&
    !PREPOSITIONS.has(first.lower) &&
    !/ly$|^(?:it|them|me|us|him|her|you|both|all|clear)$|day$/.test(first.lower) &&
    isFiniteVerb(rest[that + 1] as Token)
  )
}

/** Between "told" and "that" only the one who is told, and when. */
function addresseeOnly(rest: Token[], that: number): boolean {
  return !rest.slice(0, that).some((t) => /^(?:is|are|was|were|has|have|had|will|would|said|who|(?:he|she|they|we|i|it|there|that)['’]\p{L}+)$/u.test(t.lower))
}

function skipAddressee(rest: Token[]): number {
  if (/^(?:me|us|him|her|them|you|it)$/.test(rest[0]?.lower ?? '')) return skipAdverbials(rest, 1)
  let at = 0
  while (at < rest.length) {
    const { text, lower } = rest[at] as Token
    // A second article begins what is told.
    if (at > 0 && /^(?:the|an?)$/.test(lower) && !/^(?:of|and)$/.test((rest[at - 1] as Token).lower)) break
    const belongs = /^\p{Lu}/u.test(text) || /^(?:the|an?|of|and|’s|'s|reporters|his|her|their)$/.test(lower) || (at > 0 && at < 4 && /s$/.test(lower))
    if (!belongs) break
    at++
  }
  return skipAdverbials(rest, at)
}

/** Past "on Thursday", "in a statement", "last week", "Wednesday". */
function skipAdverbials(rest: Token[], from: number): number {
  let at = from
  for (let steps = 0; steps < 3; steps++) {
    const token = rest[at]
    if (!token) break
    if (
      /^(?:mon|tues|wednes|thurs|fri|satur|sun)day$/.test(token.lower) ||
      /^(?:yesterday|today|tonight|recently|earlier|later|again|bluntly|flatly|also)$/.test(token.lower)
    )
      at++
    else if (
      /^(?:last|this|late|early)$/.test(token.lower) &&
      /^(?:week|month|year|night|day|spring|summer|autumn|fall|winter|monday|tuesday|wednesday|thursday|friday|saturday|sunday)$/.test(
        rest[at + 1]?.lower ?? '',
      )
    )
      at += 2
    else if (/^(?:on|in|at|during|through|via|from|of)$/.test(token.lower)) {
      let next = at + 1
      if (/^(?:the|a|an|his|her|their|its|this|last|an)$/.test(rest[next]?.lower ?? '')) next++
      const start = next
      while (
        next < rest.length &&
        next < start + 7 &&
        /^[\p{L}\p{N}’'.-]+$/u.test((rest[next] as Token).text) &&
        !/^(?:that|it|he|she|they|we|i|the|there|is|was|were|are|has|had|have|would|will|could|should)$/.test((rest[next] as Token).lower)
      )
        next++
      if (next === start) break
      at = next
    } else break
    while (rest[at]?.text === ',') at++
  }
  return at
}
