import { parse } from 'chrono-node/en'
import type { Days } from '../index/days.ts'
import { Kept } from '../index/kept.ts'
import type { GenerationReader } from '../index/reader.ts'
import type { Span } from '../index/types.ts'
import { daysOfEvent, EVENT } from './events.ts'

/** A time that a question names, where it does. */
export interface Time extends Span {
  /** `before` is exclusive. */
  after: string | null
  before: string | null
  /** The two ends of "between March and the vote"; null for a time with one. */
  ends: [Days, Days] | null
}

const MONTH =
  '(?:january|february|march|april|may|june|july|august|september|october|november|december|jan\\.?|feb\\.?|mar\\.?|apr\\.?|jun\\.?|jul\\.?|aug\\.?|sept?\\.?|oct\\.?|nov\\.?|dec\\.?)'
const DATE = `(?:\\d{4}-\\d{2}(?:-\\d{2})?|(?:the )?\\d{1,2}(?:st|nd|rd|th)?(?: of)? ${MONTH}(?:,? \\d{4})?|${MONTH} \\d{1,2}(?:st|nd|rd|th)?(?:, \\d{4})?(?! \\d{4})|${MONTH}(?:,? \\d{4})?|(?:19|20)\\d{2})`
const PART = '(?:(?:the )?(?:end|beginning|start|middle) of |(?:early|mid|late)[ -])?'
const TIME = new RegExp(
  `(?:,\\s*)?\\b(?:(between|from) ${PART}(${DATE}|${EVENT}) (?:and|to|until|till) ${PART}(${DATE}|${EVENT})|(before|until|prior to|after|since|from|in|on|during|as of|by) ${PART}(${DATE})|(before|until|prior to|after|following|since|at|by) (${EVENT}))\\b`,
  'gi',
)

/** These leave one end of a time open. */
const OPEN = /^(?:before|until|prior to|after|since|from|by)$/

/** The times that a question names, in its order; an event is one when the record tells its day. */
export async function timesIn(question: string, generation: GenerationReader): Promise<Time[]> {
  const times: Time[] = []
  for (const match of question.matchAll(TIME)) {
    const time = await timeOf(match, generation)
    if (time) times.push({ start: match.index, end: match.index + match[0].length, ...time })
  }
  return times
}

async function timeOf(
  [, pair, from = '', to = '', relation, date, relationToEvent, event = '']: RegExpMatchArray,
  generation: GenerationReader,
): Promise<Omit<Time, keyof Span> | null> {
  if (pair) {
    const ends = [await daysNamed(from, generation), await daysNamed(to, generation)] as const
    const [first, last] = ends
    // Of an event that the record does not date the other end still holds.
    if (!first || !last) return first || last ? { after: first?.start ?? null, before: last?.end ?? null, ends: null } : null
    return first.start < last.end ? { after: first.start, before: last.end, ends: [first, last] } : null
  }
  const word = (relation ?? relationToEvent ?? '').toLowerCase()
  const days = await daysNamed(date ?? event, generation, OPEN.test(word))
  return days && { ...rangeOf(word, days), ends: null }
}

/** The days that "before August 2021" or "in March" means. */
function rangeOf(word: string, days: Days): { after: string | null; before: string | null } {
  if (/^(?:before|until|prior to)$/.test(word)) return { after: null, before: days.start }
  if (/^(?:after|following)$/.test(word)) return { after: days.end, before: null }
  if (/^(?:since|from)$/.test(word)) return { after: days.start, before: null }
  if (word === 'by') return { after: null, before: days.end }
  return { after: days.start, before: days.end }
}

async function daysNamed(words: string, generation: GenerationReader, open = false): Promise<Days | null> {
  return new RegExp(`^${DATE}$`, 'i').test(words) ? daysOf(words, generation, open) : daysOfEvent(words, generation)
}

/**
 * A date as its first day and the day after its last. A month without a year is that of the newest year the index knows it from; where it
 * bounds a time that is open and the index knows it from years before only, that of the year that most is dated in.
 */
async function daysOf(date: string, generation: GenerationReader, open: boolean): Promise<Days | null> {
  const year = /^(?:19|20)\d{2}$/.exec(date)?.[0]
  if (year) return { start: `${year}-01-01`, end: `${Number(year) + 1}-01-01` }
  const iso = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(date)
  const found = iso ? null : dates.of(date.replace(/^the /i, ''))
  const month = iso ? Number(iso[2]) : found?.get('month')
  const day = iso ? (iso[3] ? Number(iso[3]) : null) : found?.isCertain('day') ? found.get('day') : null
  if (!month || month > 12) return null
  const in_ = iso ? Number(iso[1]) : found?.isCertain('year') ? (found.get('year') as number) : yearOf(month, await generation.dates(), open)
  const start = new Date(Date.UTC(in_, month - 1, day ?? 1))
  const end = new Date(Date.UTC(in_, day ? month - 1 : month, day ? day + 1 : 1))
  return { start: start.toISOString().slice(0, 10), end: end.toISOString().slice(0, 10) }
}

/** Dates in words that are kept as they were read: reading one takes a fifth of a millisecond. */
const KEPT = 1000
const dates = new Kept(KEPT, (date: string) => parse(date)[0]?.start ?? null)

/** `dates`: how much is dated in each month, or year. */
function yearOf(month: number, dates: ReadonlyMap<string, number>, open: boolean): number {
  if (dates.size === 0) return new Date().getUTCFullYear()
  const wanted = `-${String(month).padStart(2, '0')}`
  const years = new Map<number, number>()
  for (const [date, count] of dates) years.set(yearIn(date), (years.get(yearIn(date)) ?? 0) + count)
  const same = [...dates.keys()].filter((date) => date.slice(4) === wanted).map(yearIn)
  const newest = Math.max(...(same.length > 0 ? same : years.keys()))
  // Of two that come as often the later.
  const [usual = newest] = [...years].sort((a, b) => b[1] - a[1] || b[0] - a[0]).map(([year]) => year)
  return open && newest < usual - 1 ? usual : newest
}

function yearIn(date: string): number {
  return Number(date.slice(0, 4))
}
