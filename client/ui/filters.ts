import type { AskRequest } from '../../server/contract.ts'

/** As the server takes them: `after` is inclusive, `before` is not. */
export type Filters = NonNullable<AskRequest['filters']>

/** As a reader fills them in; the last day, month or year that counts is `until`. Empty: no filter. */
export interface FilterFields {
  from: string
  until: string
  speaker: string
  outlet: string
  source: string
}

export const NO_FILTERS: FilterFields = { from: '', until: '', speaker: '', outlet: '', source: '' }

/** What a field holds that cannot be asked with. */
export interface Faults {
  from: 'no-date' | null
  until: 'no-date' | 'order' | null
}

/** The filters that fields make, and what is wrong with the rest. */
export function filtersOf(fields: FilterFields): { filters: Filters; faults: Faults } {
  const [from, until, speaker, outlet, source] = [asciiDigits(fields.from), asciiDigits(fields.until), fields.speaker, fields.outlet, fields.source].map(
    (text) => text.trim(),
  ) as [string, string, string, string, string]
  const faults: Faults = { from: from && !isDate(from) ? 'no-date' : null, until: until && !isDate(until) ? 'no-date' : null }
  const after = from && !faults.from ? from : ''
  let before = until && !faults.until ? moved(until, 1) : ''
  if (after && before && firstDay(before) <= firstDay(after)) {
    faults.until = 'order'
    before = ''
  }
  return { filters: onlyGiven({ after, before, speaker, outlet, source }), faults }
}

/** The fields that make these filters. */
export function fieldsOf({ after = '', before, speaker = '', outlet = '', source = '' }: Filters): FilterFields {
  return { from: after, until: before === undefined ? '' : untilOf(before), speaker, outlet, source }
}

/** The last day, month or year before a date, as exact as the date. */
export function untilOf(before: string): string {
  return moved(before, -1)
}

/** YYYY, YYYY-MM or YYYY-MM-DD, of a day that there is. The first and last year are left out: each date has one before and after it. */
export function isDate(text: string): boolean {
  if (!/^\d{4}(?:-\d\d){0,2}$/.test(text) || text < '0002' || text >= '9999') return false
  const day = new Date(`${firstDay(text)}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}

export function onlyGiven(filters: Record<keyof Filters, string>): Filters {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== ''))
}

function moved(date: string, by: number): string {
  const [year = 0, month, day] = date.split('-').map(Number)
  const to = new Date(0)
  if (month === undefined) to.setUTCFullYear(year + by, 0, 1)
  else if (day === undefined) to.setUTCFullYear(year, month - 1 + by, 1)
  else to.setUTCFullYear(year, month - 1, day + by)
  return to.toISOString().slice(0, date.length)
}

function firstDay(date: string): string {
  return `${date}-01-01`.slice(0, 10)
}

/** Arabic and Persian keyboards have figures of their own. */
function asciiDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
}
