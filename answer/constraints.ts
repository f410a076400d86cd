import { isSaidBy } from '../index/people.ts'
import type { GenerationReader, PassageSet, SaidBy } from '../index/reader.ts'
import type { Source, Statement } from '../index/types.ts'
import { mentionsIn } from './mentions.ts'
import { personsCalled, speakersCalled } from './speakers.ts'
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
export async function constraintsOf(question: string, generation: GenerationReader): Promise<Constraints> {
  const none: Constraints = { speaker: null, after: null, before: null, order: null, search: question }
  const order = orderOf(question)
  const asked = (
    ASKED_SPEAKER.exec(question)?.[1]?.replace(/^.*\b(?:that|first|last|only) (?:thing )?(?=the\b)/i, '') ??
    HAS_SAID.exec(question)?.[1] ??
    ACCORDING.exec(question)?.[1] ??
    (order && (await whoseFirst(question, generation)))
  )
    ?.trim()
    .replace(/\s+(?:has|had|have)$/i, '')
  if (!asked && !OF_SAYING.test(question)) return { ...none, order }
  const speaker = !asked || /^(?:it|they|we|you|i|he|she|anyone|anybody|people|who|that|this)$/i.test(asked) ? null : await knownPart(asked, generation)
  const times = await timesIn(question, generation)
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
async function knownPart(asked: string, generation: GenerationReader): Promise<string> {
  const last = asked.replace(/^.*\s(?=the\s)/i, '')
  if (last === asked || (await speakersCalled(asked, generation)).length > 0) return asked
  return (await speakersCalled(last, generation)).length > 0 ? last : asked
}

/** "The surveyor's latest figure", "the first figure that the surveyor gave": whose it is. */
async function whoseFirst(question: string, generation: GenerationReader): Promise<string | undefined> {
  const giving = new RegExp(`^(?:['’]s?\\s|\\s+(?:has |had |have )?(?:${SAYING})\\b)`, 'i')
  return (await mentionsIn(question, generation)).find(
    ({ start, end, words, speakers }) => speakers.length > 0 && giving.test(question.slice(start + words.length, end + 24)),
  )?.words
}

/** Tells the statements that a question asks for. A person whom another source gives the role that is asked for is the same person here. */
export async function statementsAskedFor(generation: GenerationReader, bounds: Bounds): Promise<(statement: Statement, source: Source) => boolean> {
  const by = await saidBy(generation, bounds)
  return (statement, source) => isSaidBy(by, statement, source, generation)
}

/**
 * The passages in which somebody who is asked for says something at the time asked for, with `papers` also those of the papers of a body that is
 * asked for; null when the question asks for nobody and no time.
 */
export async function passagesAskedFor(generation: GenerationReader, bounds: Bounds, { papers = false } = {}): Promise<PassageSet | null> {
  if (bounds.speaker === null && bounds.after === null && bounds.before === null) return null
  return generation.passagesSaid(await saidBy(generation, bounds), papers)
}

async function saidBy(generation: GenerationReader, { speaker, after, before }: Bounds): Promise<SaidBy> {
  return { speaker, after, before, persons: speaker === null ? new Set() : await personsCalled(speaker, generation) }
}
