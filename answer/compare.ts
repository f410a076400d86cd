import { dayOf } from '../index/days.ts'
import type { GenerationReader } from '../index/reader.ts'
import { overlaps } from '../index/spans.ts'
import { apart } from './apart.ts'
import type { Bounds } from './constraints.ts'
import { gainOf, gainOfSide } from './gain.ts'
import type { Asked } from './late-interaction.ts'
import type { Quantity } from './quantity.ts'
import { readQuestion } from './question.ts'
import { type Quote, quotesOf } from './quotes.ts'
import { givesAbout, measuredIn, SAME_THING } from './same-thing.ts'
import type { Found, Search } from './search.ts'
import type { Sides } from './sides.ts'
import { type Said, voiceOf } from './voice.ts'

/** What one side has to say. */
export interface Side {
  /** Best first; those that give a figure of what is asked about before the others. */
  quotes: Quote[]
  /** How many of them give one. */
  giving: number
  said: Said
  found: Found
}

/** Log odds, from those below which an answer is refused, that one side at least must reach, and each other: who speaks and when is as asked. */
const ANSWERS = -1
const SPEAKS = -4.5
/** Quotes that are read for figures and parts. */
const READ = 40
/** Share of the subject's idf around a figure that a side gives. */
export const ABOUT = 0.2
/** What a quote gains by a figure that is wholly about the subject. */
const NEARER = 0.1

/** Asks each side of a question for itself, about the topic. Those who do not speak to it are left out; null when none does. */
export async function compared(
  generation: GenerationReader,
  { by, bounds, search: topic }: Sides,
  quantity: Quantity | null,
  about: string,
  embedded: Promise<Asked>,
  search: Search,
): Promise<Side[] | null> {
  const isOpen = topic === ''
  const ask = async (of: Bounds): Promise<Side> => {
    const { said, speaks, may, passages } = await voiceOf(generation, of, quantity)
    const gain = (by === 'speaker' || by === 'time' ? gainOfSide : gainOf)({ said, terms: readQuestion(about).terms, quantity })
    const found = await search({ words: about, embedded, passages, only: may, gain })
    const giving = quantity === null ? [] : givingFirst(generation, found, quantity, ABOUT)
    const others = found.quotes.filter((quote) => !giving.some((other) => overlaps(other, quote) && other.passage === quote.passage))
    const quotes = [...giving, ...others].filter((quote) => {
      const number = generation.sourceOf(quote.passage)
      return speaks(quote, generation.source(number), generation.text(number))
    })
    return { quotes, giving: giving.length, said, found }
  }
  const reaches = (side: Side, over: number) => isOpen || side.giving > 0 || side.found.over >= over
  if (by === 'speaker' || by === 'time') {
    const asked: Side[] = []
    for (const of of bounds) asked.push(await ask(of))
    const speaking = asked.filter((side) => side.quotes.length > 0 && reaches(side, SPEAKS))
    return speaking.some((side) => reaches(side, ANSWERS)) ? speaking : null
  }
  const [whose] = bounds
  if (!whose || (isOpen && whose.speaker === null)) return null
  const whole = await ask(whose)
  return whole.quotes.length > 0 && reaches(whole, SPEAKS) ? partsOf(generation, whole, by, isOpen, quantity) : null
}

/** The quotes that give a figure of what is asked about, the nearest to it first. */
function givingFirst(generation: GenerationReader, { choices, retrieved }: Found, quantity: Quantity, least: number): Quote[] {
  const measured = measuredIn(retrieved.idf, quantity)
  const giving = quotesOf(choices, READ).flatMap((quote) => {
    const about = givesAbout(generation, quote, measured)
    return about !== null && about >= least ? [{ quote, rank: quote.score + NEARER * about }] : []
  })
  return giving.sort((a, b) => b.rank - a.rank).map(({ quote }) => quote)
}

/** What was found by the day it was said, or by who said it; of a question for a figure those that give one, when several do. */
function partsOf(generation: GenerationReader, { said, found }: Side, by: 'day' | 'anyone', isOpen: boolean, quantity: Quantity | null): Side[] | null {
  const giving = quantity === null ? [] : givingFirst(generation, found, quantity, SAME_THING)
  const figures = giving.length > 1
  const subject = new Map(isOpen ? [] : found.retrieved.idf)
  const parts = apart(generation, figures ? giving : quotesOf(found.choices, READ), by === 'day' ? 'day' : 'speaker', said, subject, figures)
  return (
    parts?.map(({ quotes, day, speaker }) => ({
      quotes,
      giving: figures ? quotes.length : 0,
      said: (s, source) => (by === 'day' ? said(s, source) && dayOf(s, source) === day : s.speaker === speaker),
      found,
    })) ?? null
  )
}
