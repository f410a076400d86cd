import { strict } from 'chrono-node/en'

const MONTH_YEAR = /^\s*(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,? (\d{4})\s*$/i
/** Day, month and year, as they are written with dots. */
const DOTTED = /^\s*(\d{1,2})\.(\d{1,2})\.(\d{4})\s*$/
const ISO = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ].*)?$/

/**
 * A date as YYYY, YYYY-MM or YYYY-MM-DD, or null when the words name none. "2021-07-20 19:39:21" and "20 July 2021" are read;
 * a day without a year is not a date. The day is the one written: no time zone moves it.
 */
export function parseDate(value: unknown): string | null {
  if (typeof value === 'number') return parseDate(String(value))
  if (typeof value !== 'string') return null
  const iso = ISO.exec(value.trim())
  if (iso) {
    const [year = '', month, day] = iso.slice(1)
    return isDay(year, month ?? '01', day ?? '01') ? [year, month, day].filter(Boolean).join('-') : null
  }
  const dotted = DOTTED.exec(value)?.slice(1)
  if (dotted)
    return parseDate(
      dotted
        .reverse()
        .map((part) => part.padStart(2, '0'))
        .join('-'),
    )
  const written = MONTH_YEAR.exec(value)
  if (written) return new Date(`1 ${written[1]} ${written[2]} UTC`).toISOString().slice(0, 7)
  const [words] = strict.parse(value)
  const found = words?.start
  // Of the year 20255 the first four figures are not one.
  if (!words || !found?.isCertain('year') || /^\d/.test(value.slice(words.index + words.text.length))) return null
  const year = String(found.get('year')).padStart(4, '0')
  if (!found.isCertain('month')) return year
  const month = `${year}-${String(found.get('month')).padStart(2, '0')}`
  return found.isCertain('day') ? `${month}-${String(found.get('day')).padStart(2, '0')}` : month
}

function isDay(year: string, month: string, day: string): boolean {
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`)
  return year !== '0000' && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${year}-${month}-${day}`)
}
