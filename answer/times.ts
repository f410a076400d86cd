import { parse } from 'chrono-node/en'
import type { Generation } from '../index/generation.ts'
import { Kept } from '../index/kept.ts'
import type { Span } from '../index/types.ts'
import type { Days } from './days.ts'
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
export function timesIn(question: string, generation: Generation): Time[] {
  return [...question.matchAll(TIME)].flatMap((match): Time[] => {
    const [words, pair, from = '', to = '', relation, date, relationToEvent, event = ''] = match
    const span = { start: match.index, end: match.index + words.length }
    if (pair) {
      const ends = [daysNamed(from, generation), daysNamed(to, generation)]
      const [first, last] = ends
      // Of an event that the record does not date the other end still holds.
      if (!first || !last) return first || last ? [{ ...span, after: first?.start ?? null, before: last?.end ?? null, ends: null }] : []
      return first.start < last.end ? [{ ...span, after: first.start, before: last.end, ends: [first, last] }] : []
    }
    const word = (relation ?? relationToEvent ?? '').toLowerCase()
    const days = daysNamed(date ?? event, generation, OPEN.test(word))
    return days ? [{ ...span, ...rangeOf(word, days), ends: null }] : []
  })
}

/** The days that "before August 2021" or "in March" means. */
function rangeOf(word: string, days: Days): { after: string | null; before: string | null } {
  if (/^(?:before|until|prior to)$/.test(word)) return { after: null, before: days.start }
  if (/^(?:after|following)$/.test(word)) return { after: days.end, before: null }
  if (/^(?:since|from)$/.test(word)) return { after: days.start, before: null }
  if (word === 'by') return { after: null, before: days.end }
  return { after: days.start, before: days.end }
}

function daysNamed(words: string, generation: Generation, open = false): Days | null {
  return new RegExp(`^${DATE}$`, 'i').test(words) ? daysOf(words, generation, open) : daysOfEvent(words, generation)
}

/**
 * A date as its first day and the day after its last. A month without a year is that of the newest year the index knows it from; where it
 * bounds a time that is open and the index knows it from years before only, that of the year that most is dated in.
 */
function daysOf(date: string, generation: Generation, open: boolean): Days | null {
  const year = /^(?:19|20)\d{2}$/.exec(date)?.[0]
  if (year) return { start: `${year}-01-01`, end: `${Number(year) + 1}-01-01` }
  const iso = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(date)
  const found = iso ? null : dates.of(date.replace(/^the /i, ''))
  const month = iso ? Number(iso[2]) : found?.get('month')
  const day = iso ? (iso[3] ? Number(iso[3]) : null) : found?.isCertain('day') ? found.get('day') : null
  if (!month || month > 12) return null
  const in_ = iso ? Number(iso[1]) : found?.isCertain('year') ? (found.get('year') as number) : yearOf(month, generation, open)
  const start = new Date(Date.UTC(in_, month - 1, day ?? 1))
  const end = new Date(Date.UTC(in_, day ? month - 1 : month, day ? day + 1 : 1))
  return { start: start.toISOString().slice(0, 10), end: end.toISOString().slice(0, 10) }
}

/** Dates in words that are kept as they were read: reading one takes a fifth of a millisecond. */
const KEPT = 1000
const dates = new Kept(KEPT, (date: string) => parse(date)[0]?.start ?? null)

function yearOf(month: number, generation: Generation, open: boolean): number {
  const wanted = `-${String(month).padStart(2, '0')}`
  const dates = generation.sources
    .flatMap((s) => [...(s.publishedFrom === 'file' ? [] : [s.published]), ...s.statements.map((t) => t.saidOn)])
    .filter((d) => d !== null)
  if (dates.length === 0) return new Date().getUTCFullYear()
  const years = dates.map((d) => Number(d.slice(0, 4)))
  const same = years.filter((_, i) => dates[i]?.slice(4, 7) === wanted)
  const newest = (same.length > 0 ? same : years).reduce((latest, year) => Math.max(latest, year), 0)
  const usual = mostOften(years)
  return open && newest < usual - 1 ? usual : newest
}

/** The number that comes most often; of two the greater. */
function mostOften(numbers: number[]): number {
  const counts = new Map<number, number>()
  for (const n of numbers) counts.set(n, (counts.get(n) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0
}
