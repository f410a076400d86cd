import { personNames } from '../index/names.ts'
import type { GenerationReader } from '../index/reader.ts'
import { overlaps } from '../index/spans.ts'
import { isStop } from '../index/stop-words.ts'
import { termOf, wordsOf } from '../index/terms.ts'
import type { Span, Statement } from '../index/types.ts'
import { completedAgreement } from './agreement.ts'

/** An earlier turn of a conversation: its question, and what was cited for it. */
export interface Turn {
  question: string
  citations?: (Span & { source: string })[] | undefined
}

/** Words that ask for more about what was just answered and name no subject of their own. */
const ABOUT_THAT =
  /^(?:and |but |so )?(?:who|when|where|why|how|what)(?: (?:exactly|else))?(?: (?:was|is|did|does|had|has|were|are))?(?: (?:he|she|they|it|that|this|one))?(?: (?:say|said|says|saying|mean|told|tell|think))?(?: (?:that|it|this|so))?\s*\??$/i
const PRONOUN = /\b(?:he|she|they|him|her|his|hers|their|them|it|its|that|this|those|these)\b/i
const TIME = /^(?:and |but |what about )?(?:((?:in|on|before|after|since|until|during|by) .{2,40}?))\s*\??$/i
const WHAT_ABOUT = /^(?:and |but |so )?(?:what about|how about|and) (.{2,80}?)\s*\??$/i
const QUESTION_WORD = /\b(?:who|whom|what|when|where|which|why|how|did|does|do|is|was|were|are|had|has|have|will|would|can|could)\b/i
const OTHERS = /^(?:and |but |what about |what does |what did )*(?:the )?(?:other|opposing|opposite) (?:side|party|view|people|one)s?(?: say| think)?\s*\??$/i
const TIME_IN =
  /\b(?:in|on|before|after|since|until|during|by) (?:the )?(?:\d{1,2} )?(?:january|february|march|april|may|june|july|august|september|october|november|december|(?:19|20)\d{2})\b(?: \d{1,2}\b)?(?:,? \d{4})?/i

/**
 * Completes a question that leans on the ones before it: "who said that?", "and in March?", "what about the council?", "why did she?".
 * A question that stands by itself is left as it is.
 */
export async function completed(question: string, history: Turn[], generation: GenerationReader): Promise<string> {
  const earlier: Earlier[] = []
  for (const turn of history) earlier.push({ text: await completedAfter(turn.question, earlier, generation), turn })
  return completedAfter(question, earlier, generation)
}

/** An earlier turn with its question as it was understood. */
interface Earlier {
  text: string
  turn: Turn
}

async function completedAfter(question: string, earlier: Earlier[], generation: GenerationReader): Promise<string> {
  const last = earlier.at(-1)
  if (!last) return question
  const asked = question.trim()
  if (ABOUT_THAT.test(asked)) return last.text
  const agreement = await completedAgreement(asked, last.text, generation)
  if (agreement) return agreement
  if (OTHERS.test(asked)) return withoutSpeaker(last.text)
  const time = TIME.exec(asked)?.[1]
  if (time && !QUESTION_WORD.test(time)) return withTime(last.text, time)
  const about = WHAT_ABOUT.exec(asked)?.[1]
  if (about && !QUESTION_WORD.test(about))
    return withSubject(last.text, /^(?:he|she|him|her|they|them)$/i.test(about) ? ((await personSpokenOf(earlier, generation)) ?? about) : about)
  if (!PRONOUN.test(asked) || ownTerms(asked) > 3) return question
  return withNames(asked, earlier, generation)
}

/** The words of a question that carry meaning, names aside. */
function ownTerms(question: string): number {
  return wordsOf(question).filter((w) => !isStop(w.text) && !/^(?:say|said|think|reason|mean|change|tell|told|call|called)$/i.test(w.text)).length
}

/** "And in March?": the question before, at another time. */
function withTime(question: string, time: string): string {
  const rest = question
    .replace(TIME_IN, '')
    .replace(/\s+/g, ' ')
    .replace(/\s*\?\s*$/, '')
    .trim()
  return `${rest} ${time}?`
}

/** "What about the council?": the question before, of another. */
function withSubject(question: string, subject: string): string {
  const asked =
    /^(.*?\b(?:did|does|do|has|had|was|is|will)\s+)(.+?)(\s+(?:say|said|think|call|want|claim|propose|give|put|do|vote|argue|offer|ask|cost|write|promise)\b.*)$/i.exec(
      question,
    )
  return asked ? `${asked[1]}${subject}${asked[3]}` : `${question.replace(/\s*\?\s*$/, '')}: ${subject}?`
}

/** "And the other side?": the same, of anybody. */
function withoutSpeaker(question: string): string {
  const asked = /^(.*?)\b(?:did|does|do|has|had)\s+.+?\s+(?:say|said|think|claim|argue|put|give)\s+(.*)$/i.exec(question)
  return asked ? `${asked[1]}${asked[2]}`.replace(/\s+/g, ' ') : question
}

/** "And what had he said in March?": with the person meant, and with what was spoken of. */
async function withNames(question: string, earlier: Earlier[], generation: GenerationReader): Promise<string> {
  const person = await personSpokenOf(earlier, generation)
  let text = question.replace(/^(?:and|but|so)\s+/i, '')
  if (person) text = text.replace(/\b(?:he|she|they)\b/i, person).replace(/\b(?:his|her|their)\b/i, `${person}'s`)
  const topics = earlier.map(({ text: earlierText }) => topicOf(earlierText, person)).filter((topic) => topic !== '')
  // A question with a subject of its own changes the subject.
  const topic = ownTerms(question.replace(TIME_IN, '')) === 0 ? (topics.at(-1) ?? '') : ''
  text = text.replace(/\s*\?\s*$/, '')
  const spoken = new Set(wordsOf(text).map((w) => termOf(w.text)))
  const missing = wordsOf(topic).filter((w) => !spoken.has(termOf(w.text)))
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${missing.length > 0 ? ` about ${missing.map((w) => w.text).join(' ')}` : ''}?`
}

/** Whom the last questions name, else who is quoted in their answers. */
async function personSpokenOf(earlier: Earlier[], generation: GenerationReader): Promise<string | null> {
  for (const { text, turn } of [...earlier].reverse()) {
    const titled = /\b((?:Councillor|Mayor|Mr|Mrs|Ms|Dr|Capt|Captain|Senator|President|Minister)\.? (?:\p{Lu}[\p{L}'’-]+ ?){1,3})/u.exec(text)?.[1]?.trim()
    const named = titled ?? personNames(text)[0]
    if (named) return named.replace(/['’]s$/, '')
    for (const citation of turn.citations ?? []) {
      const quoted = await statementAt(generation, citation)
      if (quoted) return quoted.speaker
    }
  }
  return null
}

async function statementAt(generation: GenerationReader, cited: Span & { source: string }): Promise<Statement | undefined> {
  const number = await generation.numberOf(cited.source)
  const stored = number === undefined ? undefined : generation.source(number)
  return stored?.statements.find((s) => overlaps(s, cited))
}

/** What a question is about, without its question words, its time and the person. */
function topicOf(question: string, person: string | null): string {
  const names = new Set(wordsOf(person ?? '').map((w) => w.text))
  const words = wordsOf(question.replace(TIME_IN, '')).filter((w) => !isStop(w.text) && !names.has(w.text))
  return words
    .filter((w) => !/^(?:say|said|think|vote|voted|change|mind|handed|called|call|tell|told|reason|mean)$/i.test(w.text))
    .map((w) => w.text)
    .join(' ')
}
