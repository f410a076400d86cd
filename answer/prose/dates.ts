import type { Span } from '../../index/types.ts'

/** A day as far as it is told; `month` from 1. */
export interface Day extends Span {
  year: number | null
  month: number | null
  day: number | null
}

const MONTHS = 'january february march april may june july august september october november december'.split(' ')
const MONTH = `(?:${MONTHS.join('|')}|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?:\\.|\\b))`
const NTH = '(\\d{1,2})(?:st|nd|rd|th)?'
const YEAR = '((?:1[5-9]|20)\\d{2})'
/** "5 May 2025", "the 5th of May", "May 5, 2025", "May 2025", "May", "2025-05-05"; a month's name has a capital. */
const DATE = new RegExp(
  `(?<![\\p{L}\\p{N}.,:/–-])(?:${YEAR}-(\\d{2})(?:-(\\d{2}))?|${NTH}(?:\\s+of)?\\s+(${MONTH})(?:,?\\s+${YEAR})?|(${MONTH})\\s+${NTH}(?:,?\\s+${YEAR})?|(${MONTH})(?:,?\\s+(?:of\\s+)?${YEAR})?)(?![\\p{L}\\p{N}]|[.,:/–-]\\p{N})`,
  'giu',
)

/** The dates in a text, in order. A year alone is none: it is a number. */
export function datesIn(text: string): Day[] {
  const days: Day[] = []
  for (const match of text.matchAll(DATE)) {
    const [whole, y1, m1, d1, d2, m2, y2, m3, d3, y3, m4, y4] = match
    const name = m2 ?? m3 ?? m4
    // "May" is a month, "may" is not.
    if (name && !/^\p{Lu}/u.test(name)) continue
    const month = m1 ? Number(m1) : MONTHS.findIndex((each) => each.startsWith((name as string).toLowerCase().slice(0, 3))) + 1
    const [year, day] = [y1 ?? y2 ?? y3 ?? y4, d1 ?? d2 ?? d3]
    const start = match.index
    days.push({ start, end: start + whole.length, year: year ? Number(year) : null, month, day: day ? Number(day) : null })
  }
  return days
}

/** A day as it is stored: YYYY[-MM[-DD]]. */
export function storedDay(stored: string): Day {
  const [year = null, month = null, day = null] = stored.split('-').map(Number)
  return { start: 0, end: stored.length, year, month, day }
}

/** Does one date say all that another does? */
export function saysAllOf(known: Day, told: Day): boolean {
  return (['year', 'month', 'day'] as const).every((part) => told[part] === null || told[part] === known[part])
}
