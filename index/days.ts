import type { Source, Statement } from './types.ts'

/** The day of a statement, else the publication of its source; a file's own time says nothing about when its words were said. */
export function dayOf(statement: Statement | undefined, source: Source): string | null {
  return statement?.saidOn ?? (source.publishedFrom === 'file' ? null : source.published)
}

/** Days as YYYY-MM-DD: the first, and the one after the last. */
export interface Days {
  start: string
  end: string
}

// Made once, when it is needed: it takes a hundred times as long as one use of it.
let monthName: Intl.DateTimeFormat | undefined

/** A date in words: "14 July 2025", "July 2025", "2025". */
export function inWords(date: string): string {
  const [year = '', month, day] = date.split('-')
  if (!month) return year
  monthName ??= new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' })
  const name = monthName.format(new Date(`${year}-${month}-01T00:00:00Z`))
  return day ? `${Number(day)} ${name} ${year}` : `${name} ${year}`
}

/** The first day that a date of any precision may mean. */
export function firstDay(date: string): string {
  return `${date}-01-01`.slice(0, 10)
}

/** The last one; a month's is its 31st, which no day in it exceeds. */
export function lastDay(date: string): string {
  return date.length === 4 ? `${date}-12-31` : date.length === 7 ? `${date}-31` : date
}
