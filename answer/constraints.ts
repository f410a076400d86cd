import type { Generation } from '../index/generation.ts'
import type { Source, Statement } from '../index/types.ts'
import { dayOf, firstDay } from './days.ts'
import { mentionsIn } from './mentions.ts'
import { inFull, isSpeaker, personsCalled, sourcesSpeaking, speakersCalled } from './speakers.ts'
import { timesIn } from './times.ts'

/** Who is to have said something, and when. */
export interface Bounds {
  /** The words for the speaker: "the spokesperson", "Councillor Stoke". */
  speaker: string | null
  /** Days as YYYY-MM-DD; `before` is exclusive. */
  after: string | null
  before: string | null
}

/** What a question says about who is to have said it, and when. */
export interface Constraints extends Bounds {
  order: 'first' | 'last' | null
  /** The question without its words of time, for searching. */
  search: string
}

const SAYING =
  'say|said|says|saying|call|called|claim|claimed|tell|told|think|argue|argued|cite|cited|mention|mentioned|write|wrote|respond|responded|reply|replied|announce|announced|promise|promised|warn|warned|state|stated|describe|described|give|gave|given|put|react|explain|explained|deny|denied|add|added|express|expressed|stress|stressed|comment|ask|asked|suggest|suggested'
const ASKED_SPEAKER = new RegExp(
  `\\b(?:did|does|do|had|has|have|was|is)\\s+((?:the\\s+|a\\s+|an\\s+)?[\\p{L}\\p{N}.'’& -]{2,80}?)\\s+(?:(?:ever|also|first|once|later|recently|last|now)\\s+)*(?:${SAYING})\\b`,
  'iu',
)
const HAS_SAID = new RegExp(`\\b(?:that|which|what|how) (the [\\p{L}\\p{N}.'’& -]{2,60}?) (?:has|had|have)\\s+(?:${SAYING})\\b`, 'iu')
const ACCORDING = /\baccording to ([\p{L}\p{N}.'’& -]{3,60}?)(?:,|\?|$| (?:how|what|when|who|where|in|on)\b)/iu
/** "What was said about the roof before May?" */
const OF_SAYING = /\b(?:was|were|has been|have been|been) (?:\p{L}+ly )?(?:said|told|claimed|argued|promised|announced)\b/iu
const ORDER = /\b(?:(most recent(?:ly)?|latest|newest|last)|(first|earliest|originally|initially))\b/i

/** Reads who and when a question asks about. Only a question about what was said is bound by its times: "the flood of 2017" is no time of saying. */
export function constraintsOf(question: string, generation: Generation): Constraints {
  const none: Constraints = { speaker: null, after: null, before: null, order: null, search: question }
  const order = orderOf(question)
  const asked = (
    ASKED_SPEAKER.exec(question)?.[1]?.replace(/^.*\b(?:that|first|last|only) (?:thing )?(?=the\b)/i, '') ??
    HAS_SAID.exec(question)?.[1] ??
    ACCORDING.exec(question)?.[1] ??
    (order && whoseFirst(question, generation))
  )
    ?.trim()
    .replace(/\s+(?:has|had|have)$/i, '')
  if (!asked && !OF_SAYING.test(question)) return { ...none, order }
  const speaker = !asked || /^(?:it|they|we|you|i|he|she|anyone|anybody|people|who|that|this)$/i.test(asked) ? null : knownPart(asked, generation)
  const times = timesIn(question, generation)
  // Two times in one question are two questions: none of them is a bound.
  const range = times.length === 1 ? times[0] : undefined
  const search = range ? `${question.slice(0, range.start)}${question.slice(range.end)}`.replace(/\s+([?.,])/g, '$1').replace(/ {2,}/g, ' ') : question
  return { speaker, after: range?.after ?? null, before: range?.before ?? null, order, search }
}

function orderOf(question: string): 'first' | 'last' | null {
  const match = ORDER.exec(question)
  if (!match || /\b(?:first|last) (?:name|week|month|year|night|time|lady|minister|day|of)\b/i.test(question)) return null
  return match[1] ? 'last' : 'first'
}

/** Of "the first figure the surveyor", which nobody is called, what somebody is called. */
function knownPart(asked: string, generation: Generation): string {
  const last = asked.replace(/^.*\s(?=the\s)/i, '')
  return last !== asked && speakersCalled(asked, generation).length === 0 && speakersCalled(last, generation).length > 0 ? last : asked
}

/** "The surveyor's latest figure", "the first figure that the surveyor gave": whose it is. */
function whoseFirst(question: string, generation: Generation): string | undefined {
  const giving = new RegExp(`^(?:['’]s?\\s|\\s+(?:has |had |have )?(?:${SAYING})\\b)`, 'i')
  return mentionsIn(question, generation).find(
    ({ start, end, words, speakers }) => speakers.length > 0 && giving.test(question.slice(start + words.length, end + 24)),
  )?.words
}

/** Tells the statements that a question asks for. A person whom another source gives the role that is asked for is the same person here. */
export function statementsAskedFor(generation: Generation, constraints: Bounds): (statement: Statement, source: Source) => boolean {
  const { speaker } = constraints
  const persons = speaker === null ? null : personsCalled(speaker, generation)
  return (statement, source) => {
    if (speaker !== null && !persons?.has(statement.speaker) && !isSpeaker(speaker, { ...statement, speaker: inFull(generation, statement, source) }, source))
      return false
    return isInTime(dayOf(statement, source), constraints)
  }
}

export function isInTime(day: string | null, { after, before }: Pick<Constraints, 'after' | 'before'>): boolean {
  if (after === null && before === null) return true
  if (day === null) return false
  const first = firstDay(day)
  return (after === null || first >= after) && (before === null || first < before)
}

/** The passages in which somebody who is asked for says something at the time asked for; null when the question asks for nobody and no time. */
export function passagesAskedFor(generation: Generation, constraints: Bounds): Set<number> | null {
  if (constraints.speaker === null && constraints.after === null && constraints.before === null) return null
  const asked = statementsAskedFor(generation, constraints)
  const passages = new Set<number>()
  const sources = constraints.speaker === null ? generation.sources : sourcesSpeaking(constraints.speaker, generation)
  sources.forEach((source) => {
    for (const statement of source.statements) {
      if (asked(statement, source)) for (const passage of generation.passagesOver(source, statement)) passages.add(passage)
    }
  })
  return passages
}
