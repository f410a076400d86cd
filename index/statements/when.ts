import { parse } from 'chrono-node/en'
import { parseDate } from '../dates.ts'
import { datelineOf } from '../facts.ts'
import type { Source, Span } from '../types.ts'

export interface Day {
  /** YYYY[-MM[-DD]] */
  saidOn: string | null
  /** The words that the day was resolved from. */
  saidOnText: string | null
}

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
const RELATIVE =
  /\b(?:(?:on |last |this )?((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?:\s+(?:morning|afternoon|evening|night))?|yesterday|today|tonight|last (?:week|month|year))\b/i
/** Verbs of a sentence that tells when somebody spoke. */
const SPOKE = /\b(?:said|told|spoke|talked|wrote|met|asked|answered|announced|replied|telephoned|phoned|rang|addressed|issued|released|published)\b/
/** A day that is named as a time, "on Sept 11", and not as a thing, "the last day, 31 May". */
const ABSOLUTE =
  /\b(?:on|dated) ((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? \d{1,2}(?:, \d{4})?|\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)(?: \d{4})?)\b/

/** Resolves the days on which things were said, against the dateline or the publication of their source. */
export class Calendar {
  /** The day the source itself speaks from. */
  private readonly reference: string | null
  private readonly referenceText: string | null
  /** The day that the beginning of the text gives for what it reports. */
  private readonly opening: Day | null

  constructor(text: string, { published, publishedFrom }: Pick<Source, 'published' | 'publishedFrom'>) {
    const known = publishedFrom === 'file' || published?.length !== 10 ? null : published
    const line = datelineOf(text)
    const dated = line && (line.date ?? (known ? nearest(line.day, known) : null))
    this.reference = dated ?? known
    this.referenceText = dated && line ? line.day : known
    // The first sentences of a report say when what it reports was said; of an interview, when the two met.
    const body = line ? text.slice(text.indexOf(line.day) + line.day.length) : text.slice(0, 1200)
    const lede = line ? (body.split(/\n\s*\n/)[0] ?? '') : (/[^.\n]*\b(?:met|spoke|recorded|talked|sat down)\b[^.\n]*/.exec(body)?.[0] ?? '')
    this.opening = this.relativeIn(lede.replace(/[“"][^”"]*[”"]/g, ' '))
  }

  /**
   * The day of what is said: from the words around the cue, else from those of the sentence before where `goesOn` is what it began, else the
   * opening of the text, else the source's own day.
   */
  dayOf(text: string, sentence: Span, contents: Span[], goesOn: Span | null = null): Day {
    let around = ''
    for (let at = sentence.start; at < sentence.end; at++) if (!contents.some((c) => c.start <= at && at < c.end)) around += text[at]
    const begun = goesOn ? text.slice(goesOn.start, goesOn.end).replace(/[“"][^”"]*[”"]/g, ' ') : ''
    return (
      this.dayIn(around) ??
      (SPOKE.test(begun) ? this.dayIn(begun) : null) ??
      this.opening ?? { saidOn: this.reference, saidOnText: this.reference ? this.referenceText : null }
    )
  }

  private dayIn(words: string): Day | null {
    const absolute = ABSOLUTE.exec(words)
    if (absolute?.[1]) {
      const day = /\d{4}/.test(absolute[1]) ? parseDate(absolute[1]) : this.reference ? nearest(absolute[1], this.reference) : null
      if (day) return { saidOn: day, saidOnText: absolute[1] }
    }
    return this.relativeIn(words)
  }

  private relativeIn(words: string): Day | null {
    const relative = RELATIVE.exec(words)
    if (!relative || !this.reference) return null
    // "Last week" is a time, though no day.
    return { saidOn: before(relative[0].toLowerCase(), relative[1]?.toLowerCase(), this.reference), saidOnText: relative[0].trim() }
  }
}

/** The day that a relative expression means, seen from a day. */
function before(words: string, weekday: string | undefined, reference: string): string | null {
  const date = new Date(`${reference}T00:00:00Z`)
  if (weekday) {
    const back = (date.getUTCDay() - WEEKDAYS.indexOf(weekday) + 7) % 7
    date.setUTCDate(date.getUTCDate() - back)
    return date.toISOString().slice(0, 10)
  }
  if (/yesterday/.test(words)) date.setUTCDate(date.getUTCDate() - 1)
  else if (/last year/.test(words)) return String(date.getUTCFullYear() - 1)
  else if (/last month/.test(words)) {
    date.setUTCDate(0)
    return date.toISOString().slice(0, 7)
  } else if (/last week/.test(words)) return null
  return date.toISOString().slice(0, 10)
}

/** A day and month in the year that brings it on or nearest before a date: "Nov. 26" seen from 2021-11-27. */
function nearest(day: string, reference: string): string | null {
  const found = parse(day, new Date(`${reference}T12:00:00Z`))[0]?.start
  const [month, date] = [found?.get('month'), found?.get('day')]
  if (!month || !date) return null
  const year = Number(reference.slice(0, 4))
  const written = `${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
  // A few days ahead is a dateline of another time zone; more is last year's.
  const ahead = (Date.parse(`${year}-${written}`) - Date.parse(reference)) / 86_400_000
  return `${ahead > 3 ? year - 1 : year}-${written}`
}
