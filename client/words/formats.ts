/** What every language's words are made with: figures, lists and dates as `Intl` writes them in one locale. */
export interface Formats {
  number: (n: number) => string
  and: (parts: string[]) => string
  or: (parts: string[]) => string
  /** The name of a language, by its BCP 47 tag. */
  language: (tag: string) => string
  /** A partial date as it is read ("5 August 2025", "August 2025", "2025"); anything that is no such date is shown as it came. */
  date: (date: string) => string
  /** The form of a noun that a number takes. */
  plural: (n: number) => Intl.LDMLPluralRule
}

export function formatsOf(locale: string): Formats {
  const number = new Intl.NumberFormat(locale)
  const and = new Intl.ListFormat(locale, { type: 'conjunction' })
  const or = new Intl.ListFormat(locale, { type: 'disjunction' })
  const languages = new Intl.DisplayNames(locale, { type: 'language' })
  const plurals = new Intl.PluralRules(locale)
  // Some locales have a calendar of their own (ar-SA); a citation keeps the one that its source is dated in.
  const gregorian = { timeZone: 'UTC', calendar: 'gregory', year: 'numeric' } as const
  const dates = [
    new Intl.DateTimeFormat(locale, gregorian),
    new Intl.DateTimeFormat(locale, { ...gregorian, month: 'long' }),
    new Intl.DateTimeFormat(locale, { ...gregorian, month: 'long', day: 'numeric' }),
  ]
  return {
    number: (n) => number.format(n),
    and: (parts) => and.format(parts),
    or: (parts) => or.format(parts),
    language: (tag) => languages.of(tag) ?? tag,
    plural: (n) => plurals.select(n),
    date: (date) => {
      const parts = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(date)
      if (!parts) return date
      const [, year, month, day] = parts
      const precision = dates[day ? 2 : month ? 1 : 0] as Intl.DateTimeFormat
      // Not Date.UTC, which takes the year 50 for 1950; and 31 February is no day, though it can be parsed.
      const whole = `${year}-${month ?? '01'}-${day ?? '01'}`
      const time = new Date(`${whole}T00:00:00Z`)
      return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(whole) ? precision.format(time) : date
    },
  }
}

const [ISOLATE, END] = ['\u2068', '\u2069']

/** What may end a paragraph for the bidi algorithm, and with it every isolate that is open. */
const PARAGRAPH_ENDS = /[\p{Cc}\u2029]/gu

/** Names and other words from documents, kept from turning the sentence around them when their script runs the other way. */
export function isolated(text: string): string {
  return ISOLATE + balanced(text) + END
}

/**
 * A text that neither ends the isolate that it is put into (our own, or that of a <bdi>) nor leaves one open: else an override in a
 * speaker's name turns the date after it round.
 */
export function balanced(text: string): string {
  let [open, unopened] = [0, 0]
  for (const [sign] of text.matchAll(/[\u2066-\u2069]/g)) {
    if (sign !== END) open++
    else if (open > 0) open--
    else unopened++
  }
  return ISOLATE.repeat(unopened) + text.replace(PARAGRAPH_ENDS, ' ') + END.repeat(open)
}
