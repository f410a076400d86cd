import type { Generation, StoredSource } from '../index/generation.ts'
import { overlaps } from '../index/spans.ts'
import { dayOf } from './days.ts'
import type { Asked } from './gain.ts'
import { givesAbout, measuredIn, SAME_THING } from './same-thing.ts'
import type { Ranked } from './search.ts'
import { type Quote, quotesOf } from './select.ts'

/** Quotes whose score is at most this below the best one's answer about as well: their days decide when days are asked for. */
const ABOUT_AS_WELL = 0.06
/** Quotes that are read for figures. */
const READ = 40

/**
 * The quotes that answer about as well, by the day they were said, then the others. When somebody's figure is asked for, every quote
 * in which they give one answers as well as another.
 */
export function byDay({ quotes, choices, retrieved }: Ranked, order: 'first' | 'last', generation: Generation, asked: Asked | null): Quote[] {
  const best = quotes[0]
  if (!best) return quotes
  const sourceOf = (quote: Quote) => generation.sources[generation.sourceOf(quote.passage)] as StoredSource
  const saidIn = (quote: Quote) => sourceOf(quote).statements.filter((s) => overlaps(s, quote) && (!asked || asked.said(s, sourceOf(quote))))
  const quantity = asked?.quantity ?? null
  const measured = quantity && measuredIn(retrieved.idf, quantity, asked?.speaker)
  const giving = measured
    ? quotesOf(choices, READ).filter((quote) => saidIn(quote).length > 0 && (givesAbout(generation, quote, measured) ?? 0) >= SAME_THING)
    : []
  const close = giving.length > 0 ? giving : quotes.filter((quote) => quote.score >= best.score - ABOUT_AS_WELL)
  const day = (quote: Quote) => dayOf(saidIn(quote)[0], sourceOf(quote)) ?? ''
  close.sort((a, b) => (day(a) === day(b) ? b.score - a.score : day(a) < day(b) === (order === 'first') ? -1 : 1))
  return [...close, ...quotes.filter((quote) => !close.some((other) => other.passage === quote.passage && overlaps(other, quote)))]
}
