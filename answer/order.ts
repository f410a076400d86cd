import type { Generation, StoredSource } from '../index/generation.ts'
import { overlaps } from '../index/spans.ts'
import { termsOf } from '../index/terms.ts'
import { dayOf } from './days.ts'
import type { Sought } from './gain.ts'
import { givesAbout, measuredIn, SAME_THING, withContext } from './same-thing.ts'
import type { Ranked } from './search.ts'
import { coverage, type Quote, quotesOf } from './select.ts'

/** Quotes whose score is at most this below the best one's answer about as well: their days decide when days are asked for. */
const ABOUT_AS_WELL = 0.06
/** The same, where somebody's words on a subject are asked for and the subject stands in the quote or just before it. */
const STILL = 0.2
/** Quotes that are read. */
const READ = 40
const ORDERING = new Set(termsOf('most recent recently latest newest last first earliest originally initially say said tell told call called'))

/**
 * The quotes that answer about as well, by the day they were said, then the others. When somebody's figure is asked for, every quote
 * in which they give one answers as well as another; when their words on a subject, every one that is on it.
 */
export function byDay({ quotes, choices, retrieved }: Ranked, order: 'first' | 'last', generation: Generation, asked: Sought | null): Quote[] {
  const best = quotes[0]
  if (!best) return quotes
  const sourceOf = (quote: Quote) => generation.sources[generation.sourceOf(quote.passage)] as StoredSource
  const saidIn = (quote: Quote) => sourceOf(quote).statements.filter((s) => overlaps(s, quote) && (!asked || asked.said(s, sourceOf(quote))))
  const spoken = quotesOf(choices, READ).filter((quote) => asked !== null && saidIn(quote).length > 0)
  const measured = asked?.quantity ? measuredIn(retrieved.idf, asked.quantity, asked.speaker) : null
  const giving = measured ? spoken.filter((quote) => (givesAbout(generation, quote, measured) ?? 0) >= SAME_THING) : []
  const subject = new Map([...retrieved.idf].filter(([term]) => asked?.terms.includes(term) && !ORDERING.has(term)))
  const about =
    subject.size > 0
      ? spoken.filter((quote) => quote.score >= best.score - STILL && coverage(termsOf(withContext(generation, quote)), subject) >= SAME_THING)
      : []
  const close = [giving, about].find((found) => found.length > 0) ?? quotes.filter((quote) => quote.score >= best.score - ABOUT_AS_WELL)
  const day = (quote: Quote) => dayOf(saidIn(quote)[0], sourceOf(quote)) ?? ''
  close.sort((a, b) => (day(a) === day(b) ? b.score - a.score : day(a) < day(b) === (order === 'first') ? -1 : 1))
  return [...close, ...quotes.filter((quote) => !close.some((other) => other.passage === quote.passage && overlaps(other, quote)))]
}
