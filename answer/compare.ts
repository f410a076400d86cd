import type { Generation, StoredSource } from '../index/generation.ts'
import { overlaps } from '../index/spans.ts'
import type { Source, Span, Statement } from '../index/types.ts'
import { type Bounds, isInTime, passagesAskedFor, statementsAskedFor } from './constraints.ts'
import { dayOf } from './days.ts'
import { gainOf } from './gain.ts'
import { quantityOf } from './quantity.ts'
import type { Found, Search } from './search.ts'
import { type Quote, quotesOf } from './select.ts'
import type { Sides } from './sides.ts'
import { isOutlet } from './speakers.ts'

/** What one side has to say. */
export interface Side {
  quotes: Quote[]
  /** Is a statement this side's? */
  said: (statement: Statement, source: Source) => boolean
  found: Found
}

/** Log odds below which a side does not speak to the question: lower than an answer's, since who speaks and when is already as asked. */
const SPEAKS = -3
/** Days or speakers that are set side by side, at most. */
const MOST = 4
/** Quotes that are read for them. */
const READ = 40
/** Quotes of a day, or of somebody nobody asked for by name, are no further than this below the best. */
const NEAR = 0.15

/** Asks each side of a question for itself. Null when fewer than two of them speak to it, nobody but whom the record does not know being silent. */
export async function compared(generation: Generation, sides: Sides, question: string, vector: Float32Array, search: Search): Promise<Side[] | null> {
  const quantity = quantityOf(sides.search) ?? quantityOf(question)
  const ask = async (bounds: Bounds): Promise<Side> => {
    const said = statementsAskedFor(generation, bounds)
    const own = (source: Source) => bounds.speaker !== null && isOutlet(bounds.speaker, source) && isInTime(dayOf(undefined, source), bounds)
    const found = await search({
      words: sides.search,
      vector,
      passages: passagesOf(generation, bounds, own),
      only: (span: Span, source: StoredSource) => own(source) || source.statements.some((s) => overlaps(s, span) && said(s, source)),
      gain: (choice, source, text) => gainOf({ said, terms: [], quantity })(choice, source, text),
    })
    return { quotes: found.quotes, said, found }
  }
  if (sides.by === 'speaker' || sides.by === 'time') {
    const asked: Side[] = []
    for (const bounds of sides.bounds) asked.push(await ask(bounds))
    const speaking = asked.filter(({ found }) => (found.decision.odds ?? Number.NEGATIVE_INFINITY) >= SPEAKS)
    return speaking.length > 0 ? speaking : null
  }
  const whole = await ask(sides.bounds[0] as Bounds)
  return whole.found.decision.odds !== null && whole.found.decision.odds >= SPEAKS ? apart(generation, whole, sides.by) : null
}

/** The passages that a side may be quoted from: where it says something, and its own papers. */
function passagesOf(generation: Generation, bounds: Bounds, own: (source: Source) => boolean): Set<number> | null {
  const passages = passagesAskedFor(generation, bounds)
  if (passages !== null) {
    for (const source of generation.sources) if (own(source)) for (let i = 0; i < source.passages; i++) passages.add(source.firstPassage + i)
  }
  return passages
}

/** Parts what was found by the day it was said, or by who said it; in the order of time. */
function apart(generation: Generation, { said, found }: Side, by: 'day' | 'anyone'): Side[] | null {
  const quotes = quotesOf(found.choices, READ)
  const groups = new Map<string, { day: string; quotes: Quote[]; statement: Statement }>()
  for (const quote of quotes) {
    const source = generation.sources[generation.sourceOf(quote.passage)] as StoredSource
    const statement = source.statements.find((s) => overlaps(s, quote) && said(s, source))
    const day = dayOf(statement, source)
    if (!statement || day === null || quote.score < (quotes[0] as Quote).score - NEAR) continue
    const key = by === 'day' ? day : statement.speaker
    const group = groups.get(key)
    if (group) group.quotes.push(quote)
    else groups.set(key, { day, quotes: [quote], statement })
  }
  const best = [...groups.values()].slice(0, MOST).sort((a, b) => (a.day < b.day ? -1 : 1))
  if (best.length < 2) return null
  return best.map(({ day, quotes: own, statement: { speaker } }) => ({
    quotes: own,
    said: (s, source) => (by === 'day' ? said(s, source) && dayOf(s, source) === day : s.speaker === speaker),
    found,
  }))
}
