import { parse } from 'chrono-node'
import type { Generation } from '../index/generation.ts'
import type { Span } from '../index/types.ts'
import { daysOfEvent, EVENT } from './events.ts'

/** Days as YYYY-MM-DD: the first, and the one after the last. */
export interface Days {
  start: string
  end: string
}

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
    const days = daysNamed(date ?? event, generation)
    return days ? [{ ...span, ...rangeOf(relation ?? relationToEvent ?? '', days), ends: null }] : []
  })
}

/** The days that "before August 2021" or "in March" means. */
function rangeOf(relation: string, days: Days): { after: string | null; before: string | null } {
  const word = relation.toLowerCase()
  if (/^(?:before|until|prior to)$/.test(word)) return { after: null, before: days.start }
  if (/^(?:after|following)$/.test(word)) return { after: days.end, before: null }
  if (/^(?:since|from)$/.test(word)) return { after: days.start, before: null }
  if (word === 'by') return { after: null, before: days.end }
  return { after: days.start, before: days.end }
}

function daysNamed(words: string, generation: Generation): Days | null {
  return new RegExp(`^${DATE}$`, 'i').test(words) ? daysOf(words, generation) : daysOfEvent(words, generation)
}

/** A date as its first day and the day after its last; a month without a year is that of the newest year the index knows it from. */
function daysOf(date: string, generation: Generation): Days | null {
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
  const years = (list: string[]) => list.reduce((latest, d) => Math.max(latest, Number(d.slice(0, 4))), 0)
  const same = dates.filter((d) => d.slice(4, 7) === wanted)
  return same.length > 0 ? years(same) : dates.length > 0 ? years(dates) : new Date().getUTCFullYear()
}
