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
  const dates = [
    new Intl.DateTimeFormat(locale, { timeZone: 'UTC', year: 'numeric' }),
    new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'long', year: 'numeric' }),
    new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' }),
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
      return precision.format(Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1)))
    },
  }
}

/** Names and other words from documents, kept from turning the sentence around them when their script runs the other way. */
export function isolated(text: string): string {
  return `\u2068${text}\u2069`
}
