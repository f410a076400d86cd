import { parse } from 'chrono-node'
import type { Generation } from '../index/generation.ts'
import { termsOf, wordsOf } from '../index/terms.ts'
import type { Source, Statement } from '../index/types.ts'
import { dayOf, firstDay } from './days.ts'
import { isStop } from './question.ts'

/** What a question says about who is to have said it, and when. */
export interface Constraints {
  /** The words for the speaker: "the spokesperson", "Councillor Stoke". */
  speaker: string | null
  /** Days as YYYY-MM-DD; `before` is exclusive. */
  after: string | null
  before: string | null
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
const MONTH =
  '(?:january|february|march|april|may|june|july|august|september|october|november|december|jan\\.?|feb\\.?|mar\\.?|apr\\.?|jun\\.?|jul\\.?|aug\\.?|sept?\\.?|oct\\.?|nov\\.?|dec\\.?)'
const DATE = `(?:\\d{4}-\\d{2}(?:-\\d{2})?|(?:the )?\\d{1,2}(?:st|nd|rd|th)?(?: of)? ${MONTH}(?:,? \\d{4})?|${MONTH} \\d{1,2}(?:st|nd|rd|th)?(?:, \\d{4})?(?! \\d{4})|${MONTH}(?:,? \\d{4})?|(?:19|20)\\d{2})`
const TIME = new RegExp(
  `(?:,\\s*)?\\b(?:(before|until|prior to|after|since|from|in|on|during|as of|by) )(?:(?:the )?(?:end|beginning|start|middle) of )?(${DATE})\\b`,
  'gi',
)
const ORDER = /\b(?:(most recent(?:ly)?|latest|newest|last)|(first|earliest|originally|initially))\b/i

/** Reads who and when a question asks about. Only a question about what was said is bound by its times: "the flood of 2017" is no time of saying. */
export function constraintsOf(question: string, generation: Generation): Constraints {
  const none: Constraints = { speaker: null, after: null, before: null, order: null, search: question }
  const asked = (
    ASKED_SPEAKER.exec(question)?.[1]?.replace(/^.*\b(?:that|first|last|only) (?:thing )?(?=the\b)/i, '') ??
    HAS_SAID.exec(question)?.[1] ??
    ACCORDING.exec(question)?.[1]
  )
    ?.trim()
    .replace(/\s+(?:has|had|have)$/i, '')
  const order = orderOf(question)
  if (!asked) return { ...none, order }
  const speaker = /^(?:it|they|we|you|i|he|she|anyone|anybody|people|who|that|this)$/i.test(asked) ? null : asked
  const times = [...question.matchAll(TIME)]
  // Two times in one question are two questions: none of them is a bound.
  const range = times.length === 1 ? rangeOf(times[0] as RegExpMatchArray, generation) : null
  const search = range ? question.replace((times[0] as RegExpMatchArray)[0], '').replace(/\s+([?.,])/g, '$1') : question
  return { speaker, after: range?.after ?? null, before: range?.before ?? null, order, search }
}

function orderOf(question: string): 'first' | 'last' | null {
  const match = ORDER.exec(question)
  if (!match || /\b(?:first|last) (?:name|week|month|year|night|time|lady|minister|day|of)\b/i.test(question)) return null
  return match[1] ? 'last' : 'first'
}

/** The days that "before August 2021" or "in March" means; a month without a year is that of the newest year the index knows it from. */
function rangeOf(match: RegExpMatchArray, generation: Generation): { after: string | null; before: string | null } | null {
  const [, word = '', date = ''] = match
  const days = daysOf(date, generation)
  if (!days) return null
  const relation = word.toLowerCase()
  if (/^(?:before|until|prior to)$/.test(relation)) return { after: null, before: days.start }
  if (relation === 'after') return { after: days.end, before: null }
  if (/^(?:since|from)$/.test(relation)) return { after: days.start, before: null }
  if (relation === 'by') return { after: null, before: days.end }
  return { after: days.start, before: days.end }
}

/** A date as its first day and the day after its last. */
function daysOf(date: string, generation: Generation): { start: string; end: string } | null {
  const year = /^(?:19|20)\d{2}$/.exec(date)?.[0]
  if (year) return { start: `${year}-01-01`, end: `${Number(year) + 1}-01-01` }
  const iso = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(date)
  const found = iso ? null : parse(date.replace(/^the /i, ''))[0]?.start
  const month = iso ? Number(iso[2]) : found?.get('month')
  const day = iso ? (iso[3] ? Number(iso[3]) : null) : found?.isCertain('day') ? found.get('day') : null
  if (!month || month > 12) return null
  const in_ = iso ? Number(iso[1]) : found?.isCertain('year') ? (found.get('year') as number) : yearOf(month, generation)
  const start = new Date(Date.UTC(in_, month - 1, day ?? 1))
  const end = new Date(Date.UTC(in_, day ? month - 1 : month, day ? day + 1 : 1))
  return { start: start.toISOString().slice(0, 10), end: end.toISOString().slice(0, 10) }
}

function yearOf(month: number, generation: Generation): number {
  const wanted = `-${String(month).padStart(2, '0')}`
  const dates = generation.sources
    .flatMap((s) => [...(s.publishedFrom === 'file' ? [] : [s.published]), ...s.statements.map((t) => t.saidOn)])
    .filter((d) => d !== null)
  const years = (list: string[]) => Math.max(...list.map((d) => Number(d.slice(0, 4))))
  const same = dates.filter((d) => d.slice(4, 7) === wanted)
  return same.length > 0 ? years(same) : dates.length > 0 ? years(dates) : new Date().getUTCFullYear()
}

/** Is a statement one of those that the constraints ask for? */
export function isAskedFor(statement: Statement, source: Source, constraints: Constraints): boolean {
  if (constraints.speaker !== null && !isSpeaker(constraints.speaker, statement, source)) return false
  return isInTime(dayOf(statement, source), constraints)
}

export function isInTime(day: string | null, { after, before }: Pick<Constraints, 'after' | 'before'>): boolean {
  if (after === null && before === null) return true
  if (day === null) return false
  const first = firstDay(day)
  return (after === null || first >= after) && (before === null || first < before)
}

const TITLES = new Set(termsOf('councillor mayor mr mrs ms dr capt captain senator sen president prime minister professor prof sir the'))

/**
 * Do the words that a question has for a speaker stand in a statement's speaker and role, or in the outlet's name? "The embassy" said what its
 * spokesperson said, and a body what stands in its own paper. A title alone may be missing there.
 */
export function isSpeaker(asked: string, { speaker, role }: Pick<Statement, 'speaker' | 'role'>, source: Source): boolean {
  const needed = neededFor(asked)
  const held = termsOnce(`${speaker} ${role ?? ''}`)
  const outlet = termsOnce(source.outlet ?? '')
  return needed.length > 0 && needed.every((term) => held.has(term) || outlet.has(term))
}

let lastAsked = { words: '', needed: [] as string[] }

/** The terms of the words for a speaker that decide; every statement of the index is compared with the same ones. */
function neededFor(asked: string): string[] {
  if (lastAsked.words === asked) return lastAsked.needed
  const terms = wordsOf(asked)
    .filter((w) => !isStop(w.text))
    .flatMap((w) => termsOf(w.text))
  const decisive = terms.filter((term) => !TITLES.has(term))
  lastAsked = { words: asked, needed: decisive.length > 0 ? decisive : terms }
  return lastAsked.needed
}

const known = new Map<string, Set<string>>()

/** The terms of a speaker or outlet; the same few stand in most statements. */
function termsOnce(words: string): Set<string> {
  const found = known.get(words) ?? new Set(termsOf(words))
  if (known.size > 10_000) known.clear()
  known.set(words, found)
  return found
}

/** The passages in which somebody who is asked for says something at the time asked for; null when the question asks for nobody and no time. */
export function passagesAskedFor(generation: Generation, constraints: Constraints): Set<number> | null {
  if (constraints.speaker === null && constraints.after === null && constraints.before === null) return null
  const passages = new Set<number>()
  generation.sources.forEach((source) => {
    for (const statement of source.statements) {
      if (isAskedFor(statement, source, constraints)) for (const passage of generation.passagesOver(source, statement)) passages.add(passage)
    }
  })
  return passages
}
