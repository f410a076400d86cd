import { CLAUSE_STARTS, PAPERS, PREPOSITIONS, PRONOUNS } from './cues.ts'
import { CUE_FORMS, FINITE } from './inflection.ts'
import type { Token } from './tokens.ts'

export const BARRIER = /^(?:[;:()[\]“”"«»]|``|''|--|[—–―])$/
export const CALENDAR =
  /^(?:mon|tues|wednes|thurs|fri|satur|sun)day$|^(?:january|february|march|april|may|june|july|august|september|october|november|december)$/
/** Words that are no noun phrase, nor begin one. */
const NO_SUBJECT =
  /^(?:rather|instead|however|indeed|moreover|nevertheless|nonetheless|perhaps|maybe|then|thus|having|being|not|there|here|even|only|just|so|too|more|less|sought|spoke|let['’]?s|don['’]?t)$/
const PLURAL = /s$|^(?:people|police|critics|staff|management|women|men|children|everyone|everybody|nobody|anyone|someone|data|media|none)$/
export const DETERMINER =
  /^(?:the|a|an|his|her|their|its|our|my|one|some|many|several|most|another|two|three|four|five|six|both|other|those|these|any|no|every|each|all|few|numerous|various|dozens|hundreds|half|more)$/

const THINGS_IN_ING = /^(?:filing|ruling|finding|briefing|meeting|hearing|posting|building|being)$/
const ADVERB = /^(?:now|not|never|together|enough|out|up|back|away|down|off)$|^\p{Ll}{3,}(?<!fami|ear|dai|week|month|year|on|elder|friend)ly$/u

/** The noun phrase that ends at a token, by its first and last one. Null where what stands there is none. */
export function phraseEndingAt(tokens: Token[], to: number): { from: number; to: number } | null {
  while (to > 0 && (CALENDAR.test(lower(tokens, to)) || /^(?:today|yesterday|tonight|also|later)$/.test(lower(tokens, to)))) to--
  const last = tokens[to]
  if (!last || /\p{L}['’]s?$/u.test(last.text) || !/[\p{L}\p{N}.%]$/u.test(last.text) || last.text === '.') return null
  if (PRONOUNS.has(last.lower)) return { from: to, to }
  if (/^(?:some|many|most|others|both|those|several)$/.test(last.lower) && /^(?:who|said|say|says)$/.test(lower(tokens, to + 1))) return { from: to, to }
  if (CLAUSE_STARTS.has(last.lower) || PREPOSITIONS.has(last.lower) || DETERMINER.test(last.lower)) return null
  let from = to
  while (from > 0 && to - from < 16) {
    const before = tokens[from - 1] as Token
    // "Estrey's Pilotage, Lights and Moorings Office": a name may hold a comma before an "and".
    const listed =
      before.text === ',' && /^\p{Lu}/u.test((tokens[from] as Token).text) && /^\p{Lu}/u.test(tokens[from - 2]?.text ?? '') && lower(tokens, from + 1) === 'and'
    if (!listed && (/^[,.;!?]$/.test(before.text) || BARRIER.test(before.text))) break
    if (CLAUSE_STARTS.has(before.lower) && !(before.lower === 'and' && /^\p{Lu}/u.test(tokens[from - 2]?.text ?? ''))) break
    if (PRONOUNS.has(before.lower) || FINITE.test(before.lower)) break
    from--
  }
  return trimmed(tokens, from, to)
}

/** Without an adverbial before it: of "In a statement on Tuesday Dunnock" only "Dunnock" is left. */
function trimmed(tokens: Token[], from: number, to: number): { from: number; to: number } | null {
  const first = tokens[from] as Token
  if (
    PREPOSITIONS.has(first.lower) ||
    /^(?:last|this|then|now|later|earlier|also|still|asked|lashing|today|yesterday|meanwhile|once)$/.test(first.lower) ||
    (/ly$/.test(first.lower) && !/^(?:early|family|elderly|friendly|daily|weekly|monthly|italy|july|emily|kelly|holly|billy|sally|lilly)$/.test(first.lower))
  ) {
    let start = to
    while (start > from + 1 && /^\p{Lu}/u.test((tokens[start - 1] as Token).text) && !CALENDAR.test(lower(tokens, start - 1))) start--
    if (/^\p{Lu}/u.test((tokens[to] as Token).text) && !CALENDAR.test(lower(tokens, to))) return { from: start, to }
    for (let k = to; k > from; k--) if (DETERMINER.test(lower(tokens, k))) return { from: k, to }
    return null
  }
  // "Responding to a question about a press release by the ministry which said": what speaks is the release.
  if (/^\p{Lu}\p{Ll}+ing$/u.test(first.text)) {
    for (let k = to; k > from; k--) if (PAPERS.has(lower(tokens, k)) && lower(tokens, k + 1) === 'by') return { from: k, to }
    return null
  }
  const last = tokens[to] as Token
  if (NO_SUBJECT.test(first.lower) || FINITE.test(last.lower) || CALENDAR.test(last.lower)) return null
  if (/^\p{Ll}+(?:ing|ed)$/u.test(first.text)) return null
  if (isClause(tokens, from, to)) return null
  // Lower case and without an article: "officials", "tech executives"; hardly a subject otherwise.
  if (/^\p{Ll}/u.test(first.text) && !DETERMINER.test(first.lower) && !PRONOUNS.has(first.lower) && !PLURAL.test(last.lower) && !/^\p{Lu}/u.test(last.text))
    return null
  return { from, to }
}

/** "The bar now keeps thirty", "the pilots fail to find enough": what has an adverb or an infinitive in it is a clause. */
function isClause(tokens: Token[], from: number, to: number): boolean {
  const last = (tokens[to] as Token).text
  // "on June 4" is a day.
  const number = /^\p{N}+$/u.test(last) && !/^\p{Lu}/u.test(tokens[to - 1]?.text ?? '')
  if (number || (/^\p{Ll}{3,}ing$/u.test(last) && !THINGS_IN_ING.test(last))) return true
  for (let k = from + 1; k <= to; k++) {
    if (ADVERB.test((tokens[k] as Token).text)) return true
    if (lower(tokens, k - 1) === 'to' && CUE_FORMS.has(lower(tokens, k))) return true
  }
  return false
}

/** The word at a token, in small letters. */
export function lower(tokens: Token[], i: number): string {
  return tokens[i]?.lower ?? ''
}
