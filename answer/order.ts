import { dayOf } from '../index/days.ts'
import type { GenerationReader } from '../index/reader.ts'
import { overlaps } from '../index/spans.ts'
import { termsOf } from '../index/terms.ts'
import type { Sought } from './gain.ts'
import { type Quote, quotesOf } from './quotes.ts'
import { givesAbout, measuredIn, SAME_THING, withContext } from './same-thing.ts'
import type { Ranked } from './search.ts'
import { coverage } from './select.ts'

/** Quotes whose score is at most this below the best one's answer about as well: their days decide when days are asked for. */
const ABOUT_AS_WELL = 0.06
/** The same, where somebody's words on a subject are asked for and the subject stands in the quote or just before it. */
const STILL = 0.2
/** Quotes that are read. */
const READ = 40
const ORDERING = new Set(termsOf('most recent recently latest newest last first earliest originally initially say said tell told call called'))

/**
 * The quotes that answer about as well, by the day they were said, then the others. When a figure is asked for, every quote that gives
 * one of the same thing answers as well as another; when somebody's words on a subject, every one that is on it.
 */
export function byDay({ quotes, choices, retrieved }: Ranked, order: 'first' | 'last', generation: GenerationReader, sought: Sought): Quote[] {
  const best = quotes[0]
  if (!best) return quotes
  const { speaker, quantity, terms, said } = sought
  const sourceOf = (quote: Quote) => generation.source(generation.sourceOf(quote.passage))
  const saidIn = (quote: Quote) => sourceOf(quote).statements.filter((s) => overlaps(s, quote) && said(s, sourceOf(quote)))
  const near = (quote: Quote) => quote.score >= best.score - STILL
  const theirs = quotesOf(choices, READ).filter((quote) => (speaker === null ? near(quote) : saidIn(quote).length > 0))
  const measured = quantity ? measuredIn(retrieved.idf, quantity, speaker) : null
  const giving = measured ? theirs.filter((quote) => (givesAbout(generation, quote, measured) ?? 0) >= SAME_THING) : []
  const subject = new Map([...retrieved.idf].filter(([term]) => speaker !== null && terms.includes(term) && !ORDERING.has(term)))
  const isOn = (quote: Quote) => near(quote) && coverage(termsOf(withContext(generation, quote)), subject) >= SAME_THING
  const about = subject.size > 0 ? theirs.filter(isOn) : []
  const close = [giving, about].find((found) => found.length > 0) ?? quotes.filter((quote) => quote.score >= best.score - ABOUT_AS_WELL)
  const day = (quote: Quote) => dayOf(saidIn(quote)[0], sourceOf(quote)) ?? ''
  close.sort((a, b) => (day(a) === day(b) ? b.score - a.score : day(a) < day(b) === (order === 'first') ? -1 : 1))
  return [...close, ...quotes.filter((quote) => !close.some((other) => other.passage === quote.passage && overlaps(other, quote)))]
}
