import type { Span } from '../types.ts'
import { AUXILIARIES, CLAUSE_STARTS, NOUNS, PAPERS, PAST, PREPOSITIONS, PRONOUNS } from './cues.ts'
import { CUE_FORMS } from './inflection.ts'
import type { Token } from './tokens.ts'

const BARRIER = /^(?:[;:()[\]“”"«»]|``|''|--|[—–―])$/
const CALENDAR = /^(?:mon|tues|wednes|thurs|fri|satur|sun)day$|^(?:january|february|march|april|may|june|july|august|september|october|november|december)$/
/** Verbs: a noun phrase begins after them at the earliest. */
const FINITE =
  /^(?:be|been|is|was|were|are|has|had|have|will|would|could|should|can|cannot|may|might|must|did|does|do|says?|said|told|went|got|made|came|began|seems?|seemed|appears?|appeared)$/
/** Words that are no noun phrase, nor begin one. */
const NO_SUBJECT =
  /^(?:rather|instead|however|indeed|moreover|nevertheless|nonetheless|perhaps|maybe|then|thus|having|being|not|there|here|even|only|just|so|too|more|less|sought|spoke|let['’]?s|don['’]?t)$/
/** What may open an insertion between a subject and its verb. */
const INSERTED =
  /^(?:who|whose|which|including|whom|a|an|the|his|her|its|their|of|then|now|in|on|at|for|speaking|president|chief|director|chair\w*|head|leader|former|senior|\d+)$/
const PLURAL = /s$|^(?:people|police|critics|staff|management|women|men|children|everyone|everybody|nobody|anyone|someone|data|media|none)$/
const DETERMINER =
  /^(?:the|a|an|his|her|their|its|our|my|one|some|many|several|most|another|two|three|four|five|six|both|other|those|these|any|no|every|each|all|few|numerous|various|dozens|hundreds|half|more)$/

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

/** Is a word a verb that has a subject, as far as its form tells? */
export function isFiniteVerb({ lower, text }: Token): boolean {
  return FINITE.test(lower) || (/^\p{Ll}/u.test(text) && (PAST.has(lower) || CUE_FORMS.get(lower)?.some((v) => v.form === 'past' || (v.form === 's' && !NOUNS.has(lower) && !/^(?:states|reports|rules|plans|orders|offers|notes|comments|labels|shows|uses|quotes|posts|tweets|judges|signals|reads|boasts|jokes|references|points|feels|seeks)$/.test(lower))) || /^\p{Ll}{3,}ed$/u.test(text)))
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

function phraseEndingAt(tokens: Token[], to: number): { from: number; to: number } | null {
  while (to > 0 && (CALENDAR.test(lower(tokens, to)) || /^(?:today|yesterday|tonight|also|later)$/.test(lower(tokens, to)))) to--
  const last = tokens[to]
  if (!last || /\p{L}['’]s?$/u.test(last.text) || !/[\p{L}\p{N}.%]$/u.test(last.text) || last.text === '.') return null
  if (PRONOUNS.has(last.lower)) return { from: to, to }
  if (/^(?:some|many|most|others|both|those|several)$/.test(last.lower) && /^(?:who|said|say|says)$/.test(lower(tokens, to + 1))) return { from: to, to }
  if (CLAUSE_STARTS.has(last.lower) || PREPOSITIONS.has(last.lower) || DETERMINER.test(last.lower)) return null
  let from = to
  while (from > 0 && to - from < 16) {
    const before = tokens[from - 1] as Token
    // "Britain's Foreign, Commonwealth and Development Office": a name may hold a comma before an "and".
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
  // "The bar now keeps thirty", "the pilots fail to find enough": what has an adverb or an infinitive in it is a clause.
  if (/^\p{N}+$/u.test(last.text) || (/^\p{Ll}{3,}ing$/u.test(last.text) && !/^(?:filing|ruling|finding|briefing|meeting|hearing|posting|building|being)$/.test(last.text)))
    return null
  for (let k = from + 1; k <= to; k++) {
    if (/^(?:now|not|never|together|enough|out|up|back|away|down|off)$|^\p{Ll}{3,}(?<!fami|ear|dai|week|month|year|on|elder|friend)ly$/u.test((tokens[k] as Token).text)) return null
    if (lower(tokens, k - 1) === 'to' && CUE_FORMS.has(lower(tokens, k))) return null
  }
  // Lower case and without an article: "officials", "tech executives"; hardly a subject otherwise.
  if (/^\p{Ll}/u.test(first.text) && !DETERMINER.test(first.lower) && !PRONOUNS.has(first.lower) && !PLURAL.test(last.lower) && !/^\p{Lu}/u.test(last.text))
    return null
  return { from, to }
}

function span(tokens: Token[], from: number, to: number): Span {
  return { start: (tokens[from] as Token).start, end: (tokens[to] as Token).end }
}

function lower(tokens: Token[], i: number): string {
  return tokens[i]?.lower ?? ''
}
