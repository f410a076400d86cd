import type { Span } from '../types.ts'
import { ADVERBIAL_STARTS, AUXILIARIES, CUE_FORMS, type CueVerb } from './cues.ts'
import { type Quotation, quotationAt } from './quotations.ts'
import { subjectAfter, subjectBefore } from './subjects.ts'
import { type Token, tokensOf } from './tokens.ts'

/** What is said, by whom in the text's own words, and the words that say so. */
export interface Attribution {
  content: Span
  /** Null when the text names nobody here: the speaker is the one of before. */
  source: Span | null
  cue: Span | null
  /** What interrupts the content to name its speaker. */
  aside?: Span
}

interface Clause {
  text: string
  sentence: Span
  tokens: Token[]
  quotations: Quotation[]
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
  const source = subjectAfter(text, tokens, i + 2, sentence.end)
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
  const { tokens, text, sentence } = clause
  const before = tokens[i - 1]
  const own = subject ?? subjectBefore(text, tokens, firstVerb(tokens, i), sentence.start)
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
  // Inverted: a comma or a closing mark, the cue, then who said it. After a comma the subject may stand before an insertion: "Renn, 69, said".
  const apposed = before?.text === ',' ? subjectBefore(text, tokens, i, sentence.start) : null
  if (says && verb.lemma !== 'tell' && verb.form !== 'base' && !apposed && (!before || /^[,?!—]$|["”']$/.test(before.text))) {
    const source = subjectAfter(text, tokens, i + (verb.particle ? 2 : 1), sentence.end)
    const content = leftOf(clause, cue.start)
    if (source && content) return { ...withWhatFollows(clause, content, source.end), source, cue }
  }
  // Coordinated: "said that ... and predicted that ..."
  const coordinated =
    before && (before.lower === 'and' || before.lower === 'but' || (AUXILIARIES.has(before.lower) && /^(?:and|but)$/.test(tokens[i - 2]?.lower ?? '')))
  const source = coordinated ? (subject ?? subjectBefore(text, tokens, firstVerb(tokens, i), sentence.start)) : subjectBefore(text, tokens, i, sentence.start)
  if (!source || (verb.form === 'base' && !plainSubject(text, source, tokens, i))) return null
  // A quotation that closes directly before the subject is what is said, whatever follows: "…," Renn told a reporter who asked.
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

/** "Many did not agree, Raddatz said in posing the question.": a whole clause and a comma before, and only an adverbial after. */
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
  // "It would sink, Renn warned the council.": only whom it was said to.
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

/** What stands to the right of a cue as its content, or null. */
function rightOf(clause: Clause, i: number, verb: CueVerb, cue: Span): Span | null {
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
  if (anyClause && near(that) && !joins && rest.length - that > 2 && (quote < 0 || that < quote || quote > reach) && addresseeOnly(rest, that))
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
  if (verb.classes.has('to') && rest.slice(0, 7).some((t) => t.lower === 'to') && (verb.form !== 'ing' || (rest[0] as Token).lower === 'to')) {
    const to = rest.findIndex((t) => t.lower === 'to')
    const first = rest[0] as Token
    return finish(clause, to <= 1 || /^\p{L}/u.test(first.text) ? first.start : (rest[to] as Token).start, end)
  }
  if (verb.classes.has('object')) return finish(clause, (rest[0] as Token).start, end)
  if (!verb.classes.has('say')) {
    // "believes he is wrong": a clause without "that" begins with a pronoun, an article or a name and has a verb.
    const clausal =
      /^(?:it|he|she|they|we|i|you|there|this|these|those|the|his|her|their|its|our|my|both|many|most|some|all|no|every|any|people|voters|others)$/.test(
        (rest[0] as Token).lower.replace(/['’].*$/, ''),
      )
    const believes =
      /^(?:believe|think|suggest|deny|hope|fear|insist|feel|know|wonder|expect|agree|assume|doubt|worry|suspect|guess|show|figure|indicate|find|argue|say|realise|realize|understand|imply|learn|decide|swear|allege|propose)$/.test(
        verb.lemma,
      )
    const stated =
      (verb.classes.has('clause') || verb.classes.has('to')) && believes && (clausal || /^\p{Lu}/u.test((rest[0] as Token).text)) && looksClausal(rest, 0)
    return stated && rest.length > 3 ? finish(clause, (rest[0] as Token).start, end) : null
  }
  if (verb.lemma === 'tell') {
    at = skipAddressee(rest)
    return at > 0 && at < rest.length - 2 ? finish(clause, (rest[at] as Token).start, end) : null
  }
  const begin = skipAdverbials(rest, 0)
  const start = rest[begin]
  if (!start || rest.length - begin < 2) return null
  // What follows only tells when or where it was said.
  if (begin > 0 && /[,.;]$/.test(text.slice(cue.end, start.start).trim())) return null
  if (
    /^(?:say|add|note|insist|claim|argue|explain|warn|admit|acknowledge|complain|predict|announce|confirm|state|concede|write|report|maintain|contend|tweet|recall|conclude|declare|stress|assert|reveal|testify|remark|observe|joke)$/.test(
      verb.lemma,
    )
  ) {
    if (begin === 0 && ADVERBIAL_STARTS.has(start.lower) && !clause.text.slice(start.start, end).includes(' ')) return null
    if (
      /^(?:write|report|recall|explain|announce|confirm|reveal|observe|note|acknowledge|admit|declare|stress|conclude|state|add|testify|remark|complain|predict)$/.test(
        verb.lemma,
      ) &&
      !looksClausal(rest, begin)
    )
      return null
    return sentence.end - start.start > 3 ? finish(clause, start.start, end) : null
  }
  return null
}

/** A subject and soon a finite verb: "the company would not be able". */
function looksClausal(rest: Token[], begin: number): boolean {
  if (/^(?:it|he|she|they|we|i|you|there|that)['’]/.test(rest[begin]?.lower ?? '')) return true
  return rest
    .slice(begin, begin + 10)
    .some(
      (t, n) =>
        n > 0 &&
        /^(?:is|are|was|were|has|have|had|will|would|could|should|may|might|must|can|cannot|did|does|do|didn’t|don’t|doesn’t|wasn’t|isn’t|won’t|wouldn’t|couldn’t|can’t|\p{L}+n['’]t|['’](?:s|re|ll|d|ve))$|(?<!the|a|an)\p{L}{3,}ed$/u.test(
          t.lower,
        ),
    )
}

/** Between "told" and "that" only the one who is told, and when. */
function addresseeOnly(rest: Token[], that: number): boolean {
  return !rest.slice(0, that).some((t) => /^(?:is|are|was|were|has|have|had|will|would|said|who)$/.test(t.lower))
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

/** What stands to the left of `before` as the content of a cue after it, back to the beginning of a quotation. */
function leftOf(clause: Clause, before: number): Span | null {
  const { text, sentence } = clause
  const left = clip(text, sentence.start, before)
  if (!left) return null
  const closes = clause.quotations.find(
    (q) =>
      q.end <= before &&
      text
        .slice(q.end, before)
        .trim()
        .replace(/^[,—-]+/, '') === '' &&
      q.end > sentence.start,
  )
  const comma = /[,?!—-]\s*$/.test(text.slice(sentence.start, before)) || closes
  if (!comma) return null
  return backToQuotation(clause, left, closes)
}

/** A content that lies in a quotation reaches back to where that begins, in this sentence or before it. */
function backToQuotation(clause: Clause, content: Span, closes?: Quotation): Span {
  const { text, sentence } = clause
  const around = quotationAt(clause.quotations, content.start) ?? closes
  if (!around) return content
  const prefix = around.start > sentence.start ? text.slice(sentence.start, around.start).trim() : ''
  if (around.start >= sentence.start && prefix !== '' && !/^(?:but|and|so|yet|still)?,?$/i.test(prefix)) return content
  return { start: around.start, end: content.end }
}

/** "…," he said. "…": the quotation goes on after the one who speaks. */
function withWhatFollows(clause: Clause, content: Span, from: number): Pick<Attribution, 'content' | 'aside'> {
  const { text, sentence } = clause
  const parenthesis = parenthetical(clause, content, from)
  if (parenthesis) return parenthesis
  const next = clause.quotations.find((q) => q.start >= from)
  if (!next) return { content }
  const between = text.slice(from, next.start)
  if (between.includes('\n') || between.length > 160) return { content }
  const inside = next.start < sentence.end
  const direct = clause.quotations.some((q) => q.start < content.end && content.start < q.end)
  if (!direct) return { content }
  const goesOn = inside
    ? /^[^.;]*[,.:—-]\s*$/.test(between) && !/\b(?:and|that|who)\b/.test(between)
    : text.slice(sentence.end, next.start).trim() === '' && /^[^“"]*[.!?]\s*$/.test(between)
  // A quotation with a cue of its own is another statement.
  const after = /^[^\n]*/.exec(text.slice(next.end))?.[0] ?? ''
  if (!inside && /^[\s,]*[\p{L}]/u.test(after) && /[,?!]["”']+$/.test(text.slice(next.start, next.end))) return { content }
  return goesOn ? { content: { start: content.start, end: next.end }, aside: { start: content.end, end: next.start } } : { content }
}

/** "Her own model, she said, gave a smaller rise.": reported speech that goes on after the one who speaks. */
function parenthetical(clause: Clause, content: Span, from: number): Pick<Attribution, 'content' | 'aside'> | null {
  const { text, tokens, sentence, quotations } = clause
  if (quotations.some((q) => q.start < sentence.end && sentence.start < q.end) || content.start < sentence.start) return null
  const goesOn = /^,\s+(?=\p{Ll})/u.exec(text.slice(from, sentence.end))
  const at = tokens.findIndex((t) => t.start >= from + 1)
  const first = tokens[at]
  if (!goesOn || !first || /ing$|^(?:who|which|but|while|although|though|according|after|before|when|as|if|because|citing)$/.test(first.lower)) return null
  const end = clauseEnd(clause, first.start, at)
  const span = clip(text, content.start, end)
  return span && { content: trimEnd(text, span), aside: { start: content.end, end: first.start } }
}

/** From `start` to the clause's end; what ends inside a quotation goes on to its close. */
function finish(clause: Clause, start: number, end: number): Span | null {
  const span = clip(clause.text, start, end)
  if (!span) return null
  const open = clause.quotations.find((q) => q.start < span.end && span.end < q.end && q.start >= span.start)
  if (open) return { start: span.start, end: open.end }
  return trimEnd(clause.text, span)
}

/** Where a clause that begins at `from` ends: before another cue of the same speaker, or with the sentence. */
function clauseEnd(clause: Clause, from: number, cueAt: number): number {
  const { tokens, text, sentence } = clause
  for (let i = cueAt + 1; i < tokens.length; i++) {
    const token = tokens[i] as Token
    if (token.start < from || insideQuotation(clause, token)) continue
    if (token.text === ';') return token.start
    // What is told about somebody in passing is the writer's.
    if (token.text === ',' && i > cueAt + 4 && /^(?:who|despite|whose)$/.test(tokens[i + 1]?.lower ?? '')) return token.start
    const verbs = CUE_FORMS.get(token.lower)
    const before = tokens[i - 1]
    if (token.lower === 'according' && tokens[i + 1]?.lower === 'to' && i > cueAt + 3) return (before?.text === ',' ? before : token).start
    if (!verbs || !before) continue
    const speaks = verbs.some((v) => v.classes.has('say') || v.classes.has('clause'))
    const pause = before.text === ',' || (/^(?:[”"]|'')$/.test(before.text) && /,\s*$/.test(text.slice(0, before.start)))
    if (verbs.some((v) => v.form === 'ing') && pause && speaks) return before.text === ',' ? before.start : before.end
    if (verbs.some((v) => v.form !== 'ing' && v.form !== 'base') && /^(?:and|but)$/.test(before.lower) && speaks && i > cueAt + 3)
      return (tokens[i - 2]?.text === ',' ? (tokens[i - 2] as Token) : before).start
    // "…, the spokesperson said such accusation is …": a speaker of its own begins another statement.
    if (verbs.some((v) => v.classes.has('say') && (v.form === 'past' || v.form === 's')) && i > cueAt + 4) {
      const comma = tokens.slice(cueAt, i).findLastIndex((t) => t.text === ',')
      const opener = tokens[cueAt + comma + 1]
      const named = tokens.slice(cueAt + comma + 1, i).every((t) => /^\p{Lu}/u.test(t.text))
      const short =
        comma > 0 && i - (cueAt + comma) <= 5 && opener && (named || /^(?:the|a|an|he|she|they|it|his|her|their|mr|mrs|ms|dr)\.?$/.test(opener.lower))
      if (short) return (tokens[cueAt + comma] as Token).start
    }
    // ", she said" at the end belongs to nobody else.
    if (verbs.some((v) => v.classes.has('say') && (v.form === 'past' || v.form === 's')) && /^[.,]?$/.test(text.slice(token.end, sentence.end).trim())) {
      const comma = tokens.slice(cueAt, i).findLastIndex((t) => t.text === ',')
      if (comma > 0 && i - (cueAt + comma) <= 6) return (tokens[cueAt + comma] as Token).start
    }
  }
  return sentence.end
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

function insideQuotation({ quotations }: Clause, token: Token): boolean {
  return quotations.some((q) => q.start < token.start && token.end < q.end)
}

/** Without white space, and without the marks that only join it to the rest. */
function clip(text: string, start: number, end: number): Span | null {
  const slice = text.slice(start, end)
  const from = start + (/^[\s,;:—-]+/.exec(slice)?.[0].length ?? 0)
  const to = end - (/[\s,;:—-]+$/.exec(slice)?.[0].length ?? 0)
  return from < to && /[\p{L}\p{N}]/u.test(text.slice(from, to)) ? { start: from, end: to } : null
}

function trimEnd(text: string, span: Span): Span {
  return /[^.]\.$/.test(text.slice(span.start, span.end)) ? { start: span.start, end: span.end - 1 } : span
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

function quotationBeginningAt({ quotations, text }: Clause, from: number): Span | null {
  const next = quotations.find((q) => q.start >= from)
  return next && text.slice(from, next.start).trim() === '' ? next : null
}
