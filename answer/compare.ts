import type { Generation, StoredSource } from '../index/generation.ts'
import { overlaps } from '../index/spans.ts'
import type { Source, Span, Statement } from '../index/types.ts'
import { type Bounds, isInTime, passagesAskedFor, statementsAskedFor } from './constraints.ts'
import { dayOf } from './days.ts'
import { gainOf } from './gain.ts'
import { figuresFor, type Quantity } from './quantity.ts'
import { readQuestion } from './question.ts'
import { givesAbout, measuredIn, SAME_THING } from './same-thing.ts'
import type { Found, Search } from './search.ts'
import { type Quote, quotesOf } from './select.ts'
import type { Sides } from './sides.ts'
import { isOutlet, opensWith, passagesNaming } from './speakers.ts'

/** What one side has to say. */
export interface Side {
  /** Best first; those that give a figure of what is asked about before the others. */
  quotes: Quote[]
  /** How many of them give one. */
  giving: number
  /** Is a statement this side's? */
  said: (statement: Statement, source: Source) => boolean
  found: Found
}

/** Log odds that one side at least must reach, and each other: who speaks and when is already as asked. */
const ANSWERS = -2.2
export const SPEAKS = -3.8
/** Days or speakers that are set side by side, at most, and quotes that are read for them. */
const MOST = 4
const READ = 40
/** How far below the best a quote may be: on another day the same speaker may put it otherwise, another speaker may be on another subject. */
const NEAR = { day: 0.25, anyone: 0.08 }
/** Share of the subject's idf around a figure that a side gives. */
export const ABOUT = 0.2
/** What a quote gains by a figure that is wholly about the subject. */
const NEARER = 0.1
/** Characters between a sentence and the statement that it leads to, at most. */
const BESIDE = 3

/** Asks each side of a question for itself, about the topic. Those who do not speak to it are left out; null when none does. */
export async function compared(
  generation: Generation,
  { by, bounds, search: topic }: Sides,
  quantity: Quantity | null,
  about: string,
  vector: Float32Array,
  search: Search,
): Promise<Side[] | null> {
  const ask = async (of: Bounds): Promise<Side> => {
    const voice = voiceOf(generation, of, quantity)
    const only = (span: Span, source: StoredSource, text: string) => voice.speaks(span, source, text) || leadsTo(source, span, voice.said)
    const found = await search({
      words: about,
      vector,
      passages: voice.passages,
      only,
      gain: gainOf({ said: voice.said, terms: readQuestion(about).terms, quantity }),
    })
    const giving = quantity === null ? [] : givingFirst(generation, found, quantity)
    const others = found.quotes.filter((quote) => !giving.some((other) => overlaps(other, quote) && other.passage === quote.passage))
    const quotes = [...giving, ...others].filter((quote) => {
      const number = generation.sourceOf(quote.passage)
      return voice.speaks(quote, generation.sources[number] as StoredSource, generation.text(number))
    })
    return { quotes, giving: giving.length, said: voice.said, found }
  }
  const odds = ({ found }: Side) => found.decision.odds ?? Number.NEGATIVE_INFINITY
  const isOpen = topic === ''
  if (by === 'speaker' || by === 'time') {
    const asked: Side[] = []
    for (const of of bounds) asked.push(await ask(of))
    const speaking = asked.filter((side) => side.quotes.length > 0 && (isOpen || side.giving > 0 || odds(side) >= SPEAKS))
    return speaking.some((side) => isOpen || side.giving > 0 || odds(side) >= ANSWERS) ? speaking : null
  }
  if (isOpen && bounds[0]?.speaker === null) return null
  const whole = await ask(bounds[0] as Bounds)
  return whole.quotes.length > 0 && (isOpen || odds(whole) >= SPEAKS) ? apart(generation, whole, by, quantity) : null
}

/** "On the hall he was curt.": what nobody is said to have said, directly before what a side says. */
function leadsTo(source: StoredSource, span: Span, said: Side['said']): boolean {
  if (source.statements.some((s) => overlaps(s, span))) return false
  return source.statements.some((s) => s.start >= span.end && s.start - span.end <= BESIDE && said(s, source))
}

interface Voice {
  said: Side['said']
  /** Is a span what a side says, stands in its own paper, or is the figure that somebody writes of it? */
  speaks: (span: Span, source: StoredSource, text: string) => boolean
  /** Where it may be quoted from; null for everywhere. */
  passages: Set<number> | null
}

function voiceOf(generation: Generation, bounds: Bounds, quantity: Quantity | null): Voice {
  const { speaker } = bounds
  const said = statementsAskedFor(generation, bounds)
  const inTime = (source: Source) => isInTime(dayOf(undefined, source), bounds)
  const own = (source: Source) => speaker !== null && isOutlet(speaker, source) && inTime(source)
  const isOf = (span: Span, source: StoredSource, text: string) =>
    quantity !== null &&
    speaker !== null &&
    inTime(source) &&
    !source.statements.some((s) => overlaps(s, span)) &&
    opensWith(speaker, text.slice(span.start, span.end)) &&
    figuresFor(quantity, text.slice(span.start, span.end)).length > 0
  const passages = passagesAskedFor(generation, bounds)
  if (passages !== null && speaker !== null) {
    for (const source of generation.sources) if (own(source)) for (let i = 0; i < source.passages; i++) passages.add(source.firstPassage + i)
    for (const passage of quantity === null ? [] : passagesNaming(speaker, generation)) {
      const number = generation.sourceOf(passage)
      const [source, text] = [generation.sources[number] as StoredSource, generation.text(number)]
      if (generation.passage(passage).sentences.some((sentence) => isOf(sentence, source, text))) passages.add(passage)
    }
  }
  const speaks: Voice['speaks'] = (span, source, text) =>
    own(source) || source.statements.some((s) => overlaps(s, span) && said(s, source)) || isOf(span, source, text)
  return { said, speaks, passages }
}

/** The quotes that give a figure of what is asked about, the nearest to it first. */
function givingFirst(generation: Generation, { choices, retrieved }: Found, quantity: Quantity, least: number = ABOUT): Quote[] {
  const measured = measuredIn(retrieved.idf, quantity)
  const giving = quotesOf(choices, READ).flatMap((quote) => {
    const about = givesAbout(generation, quote, measured)
    return about !== null && about >= least ? [{ quote, rank: quote.score + NEARER * about }] : []
  })
  return giving.sort((a, b) => b.rank - a.rank).map(({ quote }) => quote)
}

/** Parts what was found by the day it was said, or by who said it; in the order of time. */
function apart(generation: Generation, { said, found }: Side, by: 'day' | 'anyone', quantity: Quantity | null): Side[] | null {
  const giving = quantity === null ? [] : givingFirst(generation, found, quantity, SAME_THING)
  const sourceOf = (quote: Quote) => generation.sources[generation.sourceOf(quote.passage)] as StoredSource
  const spoken = (giving.length > 1 ? giving : quotesOf(found.choices, READ)).flatMap((quote) => {
    const statement = sourceOf(quote).statements.find((s) => overlaps(s, quote) && said(s, sourceOf(quote)))
    const day = dayOf(statement, sourceOf(quote))
    return statement && day !== null ? [{ quote, day, speaker: statement.speaker }] : []
  })
  const best = Math.max(...spoken.map(({ quote }) => quote.score))
  const groups = new Map<string, { day: string; quotes: Quote[]; speaker: string }>()
  for (const { quote, day, speaker } of spoken) {
    if (giving.length < 2 && quote.score < best - NEAR[by]) continue
    const key = by === 'day' ? day : speaker
    const group = groups.get(key)
    if (group) group.quotes.push(quote)
    else groups.set(key, { day, quotes: [quote], speaker })
  }
  const chosen = [...groups.values()].slice(0, MOST).sort((a, b) => (a.day < b.day ? -1 : 1))
  if (chosen.length < 2) return null
  return chosen.map(({ day, quotes, speaker }) => ({
    quotes,
    giving: giving.length > 1 ? quotes.length : 0,
    said: (s, source) => (by === 'day' ? said(s, source) && dayOf(s, source) === day : s.speaker === speaker),
    found,
  }))
}
