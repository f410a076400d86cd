import type { Generation, StoredSource } from '../index/generation.ts'
import { overlaps } from '../index/spans.ts'
import type { Source, Span, Statement } from '../index/types.ts'
import { type Bounds, isInTime, passagesAskedFor, statementsAskedFor } from './constraints.ts'
import { dayOf } from './days.ts'
import { gainOf } from './gain.ts'
import { figuresFor, type Quantity } from './quantity.ts'
import { aboutSubject, subjectOf } from './same-thing.ts'
import type { Found, Search } from './search.ts'
import { type Quote, quotesOf } from './select.ts'
import type { Sides } from './sides.ts'
import { isOutlet } from './speakers.ts'

/** What one side has to say. */
export interface Side {
  /** Best first; those that give a figure of what is asked about before the others. */
  quotes: Quote[]
  /** Is a statement this side's? */
  said: (statement: Statement, source: Source) => boolean
  found: Found
}

/** Log odds that one side at least must reach, and each other: who speaks and when is already as asked. */
const ANSWERS = -2.2
const SPEAKS = -3.8
/** Days or speakers that are set side by side, at most, and quotes that are read for them. */
const MOST = 4
const READ = 40
/** Quotes of a day, or of somebody nobody asked for by name, are no further than this below the best. */
const NEAR = 0.15
/** Share of the subject's idf around a figure that a side gives. */
const ABOUT = 0.25

/** Asks each side of a question for itself, about the topic. Those who do not speak to it are left out; null when none does. */
export async function compared(generation: Generation, { by, bounds, search: topic }: Sides, quantity: Quantity | null, about: string, vector: Float32Array, search: Search): Promise<Side[] | null> {
  const ask = async (of: Bounds): Promise<Side> => {
    const said = statementsAskedFor(generation, of)
    const own = (source: Source) => of.speaker !== null && isOutlet(of.speaker, source) && isInTime(dayOf(undefined, source), of)
    const speaks = (span: Span, source: StoredSource) => own(source) || source.statements.some((s) => overlaps(s, span) && said(s, source))
    const found = await search({ words: about, vector, passages: passagesOf(generation, of, own), only: speaks, gain: gainOf({ said, terms: [], quantity }) })
    const giving = quantity === null ? [] : givingFirst(generation, found, quantity)
    const quotes = [...giving, ...found.quotes.filter((quote) => !giving.some((other) => overlaps(other, quote) && other.passage === quote.passage))]
    return { quotes, said, found }
  }
  const odds = ({ found }: Side) => found.decision.odds ?? Number.NEGATIVE_INFINITY
  const isOpen = topic === ''
  if (by === 'speaker' || by === 'time') {
    const asked: Side[] = []
    for (const of of bounds) asked.push(await ask(of))
    const speaking = asked.filter((side) => side.quotes.length > 0 && (isOpen || odds(side) >= SPEAKS))
    return speaking.some((side) => isOpen || odds(side) >= ANSWERS) ? speaking : null
  }
  const whole = await ask(bounds[0] as Bounds)
  return whole.quotes.length > 0 && (isOpen || odds(whole) >= SPEAKS) ? apart(generation, whole, by, quantity) : null
}

/** The passages that a side may be quoted from: where it says something, and its own papers. */
function passagesOf(generation: Generation, bounds: Bounds, own: (source: Source) => boolean): Set<number> | null {
  const passages = passagesAskedFor(generation, bounds)
  if (passages !== null) {
    for (const source of generation.sources) if (own(source)) for (let i = 0; i < source.passages; i++) passages.add(source.firstPassage + i)
  }
  return passages
}

/** The quotes that give a figure of what is asked about. */
function givingFirst(generation: Generation, { choices, retrieved }: Found, quantity: Quantity): Quote[] {
  const subject = subjectOf(retrieved.idf, quantity)
  return quotesOf(choices, READ).filter((quote) => {
    const number = generation.sourceOf(quote.passage)
    const [text, passage] = [generation.text(number), generation.passage(quote.passage)]
    const words = text.slice(passage.start, passage.end)
    return figuresFor(quantity, text.slice(quote.start, quote.end)).some(
      (figure) => aboutSubject(words, quote.start - passage.start + figure.start, figure, generation.sources[number] as StoredSource, subject) >= ABOUT,
    )
  })
}

/** Parts what was found by the day it was said, or by who said it; in the order of time. */
function apart(generation: Generation, { said, found }: Side, by: 'day' | 'anyone', quantity: Quantity | null): Side[] | null {
  const giving = quantity === null ? [] : givingFirst(generation, found, quantity)
  const all = quotesOf(found.choices, READ)
  const groups = new Map<string, { day: string; quotes: Quote[]; speaker: string }>()
  for (const quote of giving.length > 1 ? giving : all) {
    const source = generation.sources[generation.sourceOf(quote.passage)] as StoredSource
    const statement = source.statements.find((s) => overlaps(s, quote) && said(s, source))
    const day = dayOf(statement, source)
    if (!statement || day === null || quote.score < (all[0] as Quote).score - NEAR) continue
    const key = by === 'day' ? day : statement.speaker
    const group = groups.get(key)
    if (group) group.quotes.push(quote)
    else groups.set(key, { day, quotes: [quote], speaker: statement.speaker })
  }
  const best = [...groups.values()].slice(0, MOST).sort((a, b) => (a.day < b.day ? -1 : 1))
  if (best.length < 2) return null
  return best.map(({ day, quotes, speaker }) => ({
    quotes,
    said: (s, source) => (by === 'day' ? said(s, source) && dayOf(s, source) === day : s.speaker === speaker),
    found,
  }))
}
