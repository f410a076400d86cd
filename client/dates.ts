/**
 * A partial date as it is read: "5 August 2025", "August 2025", "2025". The words of the page are English, so of the reader's
 * languages only an English one decides on the order; anything that is no such date is shown as it came.
 */
export function readableDate(date: string): string {
  const parts = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(date)
  if (!parts) return date
  const [, year, month, day] = parts
  const precision = day ? fullDate : month ? monthOfYear : yearAlone
  return precision.format(Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1)))
}

const locale = navigator.languages.find((language) => /^en(?:-[A-Za-z0-9]{2,8})*$/.test(language)) ?? 'en-GB'
const fullDate = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' })
const monthOfYear = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'long', year: 'numeric' })
const yearAlone = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', year: 'numeric' })
