import { type Dateline, datelineOf, isFurniture } from '../facts.ts'
import { sentencesOf } from '../sentences.ts'
import { overlaps } from '../spans.ts'
import type { Source, Span, Statement, Turn } from '../types.ts'
import { attributionsIn } from './attributions.ts'
import { Cast } from './cast.ts'
import type { Attribution } from './extents.ts'
import { headlineIn } from './headlines.ts'
import { formOf, type Quotation, quotationAt, quotationsOf, quotedPredicate } from './quotations.ts'
import { signatureAfter } from './signatures.ts'
import { Speakers } from './speakers.ts'
import { turnsOf } from './turns.ts'
import { Calendar } from './when.ts'

/** Characters that are read together: names and descriptions are resolved within them, and the time stays in proportion to a text's length. */
const WINDOW = 60_000

/** Characters of a sentence, at most: what has no full stop for longer is a list or a table, and would be tried from each of its words on. */
const LONGEST = 3000

/**
 * Who said what in a text: direct and reported speech with its speaker resolved through the document, and the day it was said.
 * Text that nobody is said to have said has no statement. Turns that the format itself gives to speakers are statements as they are, and
 * nothing else is looked for then.
 */
export function statementsOf(text: string, source: Pick<Source, 'published' | 'publishedFrom' | 'title'>, turns: Turn[] = []): Statement[] {
  const calendar = new Calendar(text, source)
  if (turns.length > 0) return turns.map((turn) => spoken(turn, calendar.dayOf(text, turn, [turn])))
  const statements: Statement[] = []
  for (let from = 0; from < text.length; ) {
    const gap = from + WINDOW < text.length ? text.lastIndexOf('\n\n', from + WINDOW) : -1
    const to = from + WINDOW >= text.length ? text.length : gap > from ? gap : from + WINDOW
    for (const s of statementsIn(text.slice(from, to), calendar, source.title)) statements.push({ ...s, start: s.start + from, end: s.end + from })
    from = to
  }
  return statements
}

function spoken({ start, end, speaker }: Turn, day: Pick<Statement, 'saidOn' | 'saidOnText'>): Statement {
  return { start, end, mention: null, speaker, role: null, speech: 'direct', cue: null, ...day }
}

function statementsIn(text: string, calendar: Calendar, title: string): Statement[] {
  const sentences = sentencesOf(text)
  const quotations = quotationsOf(text)
  const cast = new Cast(text, quotations)
  const speakers = new Speakers(text, cast, sentences)
  const { turns, covered } = turnsOf(text, cast, title)
  const statements: Statement[] = turns.map((turn) => ({ ...turn, ...calendar.dayOf(text, turn, [turn]) }))
  const dateline = datelineOf(text)
  for (const [i, whole] of sentences.entries()) {
    const sentence = afterDateline(text, whole, dateline)
    if (sentence.end - sentence.start > LONGEST || isFurniture(text.slice(sentence.start, sentence.end)) || covered.some((turn) => overlaps(turn, sentence)))
      continue
    introduce(text, sentence, speakers)
    const found = headlineIn(text, sentence) ?? withLoneQuotation(text, sentence, quotations, attributionsIn(text, sentence, quotations), statements)
    for (const attribution of found) attribution.content = withReportBefore(text, attribution, sentences, quotations, statements)
    const contents = found.flatMap(({ content, aside }) =>
      aside
        ? [
            { start: content.start, end: aside.start },
            { start: aside.end, end: content.end },
          ]
        : [content],
    )
    for (const { content, source: who, cue, aside } of found) {
      const speaker = speakers.resolve(who, content.start)
      if (!speaker || statements.some((s) => contains(s, content))) continue
      const statement: Statement = {
        start: content.start,
        end: content.end,
        mention: speaker.mention,
        speaker: speaker.speaker,
        role: speaker.role,
        speech: formOf(text, content, quotations, aside),
        cue: cue ? text.slice(cue.start, cue.end) : null,
        ...calendar.dayOf(text, sentence, contents, goesOn(text, speaker.mention, sentences[i - 1], sentence)),
      }
      statements.push(statement)
      const exact = statement.speech === 'mixed' ? quotedPredicate(text, statement, quotations) : null
      if (exact) statements.push({ ...statement, start: exact.start, end: exact.end, speech: 'direct' })
    }
  }
  return statements.sort((a, b) => a.start - b.start || a.end - b.end)
}

/** A sentence without the dateline that it begins with. */
function afterDateline(text: string, sentence: Span, dateline: Dateline | null): Span {
  const day = dateline ? text.slice(sentence.start, sentence.start + 100).indexOf(dateline.day) : -1
  const rest = day < 0 ? null : /^[^\n]{0,60}?(?:--|[—–-])[ \t]+/.exec(text.slice(sentence.start + day, sentence.end))
  return rest ? { start: sentence.start + day + rest[0].length, end: sentence.end } : sentence
}

/** "Tolgarth told us so on Sunday. “…,” she said.": the sentence before, in the same paragraph, when "she" goes on with what it began. */
function goesOn(text: string, mention: string | null, before: Span | undefined, sentence: Span): Span | null {
  if (!before || (mention !== null && !/^(?:he|she|they|it)$/i.test(mention))) return null
  return /\n/.test(text.slice(before.end, sentence.start)) ? null : before
}

/** "A spokesperson for the embassy": whoever is introduced by an indefinite description may be "the spokesperson" later. */
function introduce(text: string, sentence: Span, speakers: Speakers): void {
  const words = text.slice(sentence.start, sentence.end)
  for (const match of words.matchAll(
    /\b[Aa]n? ((?:\p{L}+ ){0,2}(?:spokes\p{L}+|official|officer|representative|aide|adviser|source|director|manager|lawyer|attorney)(?: (?:for|of|at|from|with) (?:(?:the|of|in|for|and) |\p{Lu}[\p{L}’'.-]*,? ?)+)?)/gu,
  )) {
    speakers.introduce((match[1] ?? '').replace(/\s+(?:in|for|of|the|and|on)?\s*$/, '').replace(/\s+on \p{Lu}\p{L}+day$/u, ''))
  }
}

/**
 * "The bar is a hard one. The pilots are ready to cross it, the spokesperson said.": in a paragraph that ends with who said it,
 * the one sentence before without a speaker of its own is reported too.
 */
function withReportBefore(text: string, { content, cue, source }: Attribution, sentences: Span[], quotations: Quotation[], statements: Statement[]): Span {
  const at = sentences.findIndex((s) => s.start === content.start)
  const before = sentences[at - 1]
  if (at < 1 || !before || !cue || !source || cue.start < content.end) return content
  const closesParagraph = /^[^\S\n]*(?:\n|$|Enditem)/.test(text.slice(sentences[at]?.end ?? 0))
  const opensParagraph = /(?:^|\n)[^\S\n]*$/.test(text.slice(0, before.start)) && !/\n/.test(text.slice(before.end, content.start))
  const both = { start: before.start, end: content.end }
  const free = !statements.some((s) => overlaps(s, both)) && !quotations.some((q) => overlaps(q, both))
  return closesParagraph && opensParagraph && free ? both : content
}

/** A sentence that is all quotation and has no cue goes on with what was quoted before it. */
function withLoneQuotation(text: string, sentence: Span, quotations: Quotation[], found: Attribution[], statements: Statement[]): Attribution[] {
  if (found.length > 0) return found
  const quotation = quotationAt(quotations, sentence.start)
  if (quotation?.start !== sentence.start) return found
  const signed = signatureAfter(text, quotation)
  if (signed) return [{ content: { start: quotation.start, end: quotation.end }, source: signed, cue: null }]
  if (quotation.end < sentence.end - 1 || statements.length === 0 || statements.some((s) => s.start <= quotation.start && quotation.end <= s.end)) return found
  // Its own cue may stand in the sentence that closes it.
  const rest = /^[^\n]*/.exec(text.slice(quotation.end))?.[0] ?? ''
  return /\p{L}/u.test(rest.slice(0, 60)) ? found : [{ content: { start: quotation.start, end: quotation.end }, source: null, cue: null }]
}

function contains(statement: Span, content: Span): boolean {
  return statement.start <= content.start && content.end <= statement.end
}
