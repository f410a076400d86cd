import type { Span } from '../index/types.ts'
import { QUOTE_CHARS } from './needs.ts'
import type { Place } from './places.ts'
import type { Choice, Features } from './select.ts'

export interface Quote extends Span {
  passage: number
  features: Features
  score: number
  /** Where else its words stand, or its best sentence: the earliest published first. */
  alsoIn: (Span & { passage: number })[]
}

/** Sentences of a quote, at most. */
const QUOTE_SENTENCES = 3
/** A neighbouring sentence joins the quote when its score is less than this below; it buys .07 of quote@1 for 40 characters (docs/retrieval.md). */
const CLOSE = 0.06

/** The sentences of a passage that are in no quote yet. */
type Left = Map<string, Choice>

/**
 * Makes quotes of the best sentences, best first, none overlapping and none of what is quoted from another place already. A quote stands at the
 * first of its places. Each is one sentence, with as many of these as fit, in this order: the rest
 * of the quotations that it would break off, the sentence before that its first word stands for, and the neighbours in its paragraph that score about as well.
 */
export function quotesOf(choices: Choice[], limit: number): Quote[] {
  const left: Left = new Map(choices.map((choice) => [keyOf(choice), choice]))
  const told = new Set<string>()
  const quotes: Quote[] = []
  for (const choice of choices) {
    if (quotes.length === limit) break
    if (!left.has(keyOf(choice)) || told.has(keyOf(choice))) continue
    const taken = around(choice, left, told)
    for (const one of taken) {
      left.delete(keyOf(one))
      for (const place of one.places) told.add(keyOf(place))
    }
    const places = placesOf(choice, taken)
    const lead = places.find(({ isWhole, leads }) => isWhole && leads) as Standing
    const alsoIn = places.filter((place) => place !== lead).map(({ passage, start, end }) => ({ passage, start, end }))
    quotes.push({ start: lead.start, end: lead.end, passage: lead.passage, features: choice.features, score: choice.score, alsoIn })
  }
  return quotes
}

interface Standing extends Place {
  /** Do all sentences of the quote stand there side by side? */
  isWhole: boolean
}

/** Where the best sentence of a quote stands, each place with as much of the rest as stands beside it. */
function placesOf(choice: Choice, taken: Choice[]): Standing[] {
  return choice.places.map((place) => {
    const beside = (one: Choice) =>
      one.places.find(({ passage, sentence }) => passage === place.passage && sentence - place.sentence === one.sentence - choice.sentence)
    const at = taken.indexOf(choice)
    const before = taken.slice(0, at).map(beside)
    const after = taken.slice(at + 1).map(beside)
    const first = before.slice(before.lastIndexOf(undefined) + 1)[0] ?? place
    const last = (after.includes(undefined) ? after.slice(0, after.indexOf(undefined)) : after).at(-1) ?? place
    const isWhole = ![...before, ...after].includes(undefined)
    return { ...place, start: first.start, end: last.end, isWhole }
  })
}

function around(choice: Choice, left: Left, told: Set<string>): Choice[] {
  let taken = whole([choice], left) ?? [choice]
  for (;;) {
    const grown: Choice[] | null = withOneBefore(taken, left) ?? withOneAsGood(choice, taken, left, told)
    if (!grown) return taken
    taken = grown
  }
}

/** The sentence before, when the first word of the quote stands for something in it. */
function withOneBefore(taken: Choice[], left: Left): Choice[] | null {
  const [first] = endsOf(taken)
  return first.needs.leans ? joined(taken, neighbour(first, -1, left), left) : null
}

/** The better neighbour in the same paragraph that scores about as well, fits, and is not quoted from another place already. */
function withOneAsGood(choice: Choice, taken: Choice[], left: Left, told: Set<string>): Choice[] | null {
  const [first, last] = endsOf(taken)
  const before = first.needs.opens ? undefined : neighbour(first, -1, left)
  const next = neighbour(last, 1, left)
  const after = next?.needs.opens ? undefined : next
  const close = [before, after].filter((one) => one !== undefined).filter((one) => choice.score - one.score < CLOSE && !told.has(keyOf(one)))
  close.sort((a, b) => b.score - a.score)
  for (const one of close) {
    const grown = joined(taken, one, left)
    if (grown) return grown
  }
  return null
}

/** The quote with one more sentence, and with what its quotations then need; null where that is too much. */
function joined(taken: Choice[], one: Choice | undefined, left: Left): Choice[] | null {
  if (!one || one.features.heading > 0) return null
  const grown = inOrder([...taken, one])
  // A quotation that is too long for a quote is broken off in any case.
  return whole(grown, left) ?? (breaksOff(taken) && fits(grown) ? grown : null)
}

/** The sentences with the rest of the quotations that they hold a part of; null where that is more than a quote. */
function whole(sentences: Choice[], left: Left): Choice[] | null {
  let taken = sentences
  while (breaksOff(taken)) {
    const [first, last] = endsOf(taken)
    const next = taken.some(({ needs }) => needs.reach.start < first.start) ? neighbour(first, -1, left) : neighbour(last, 1, left)
    if (!next) return null
    taken = inOrder([...taken, next])
    if (!fits(taken)) return null
  }
  return fits(taken) ? taken : null
}

function breaksOff(taken: Choice[]): boolean {
  const [first, last] = endsOf(taken)
  return taken.some(({ needs }) => needs.reach.start < first.start || needs.reach.end > last.end)
}

function fits(taken: Choice[]): boolean {
  const [first, last] = endsOf(taken)
  return taken.length === 1 || (taken.length <= QUOTE_SENTENCES && last.end - first.start <= QUOTE_CHARS)
}

function neighbour({ passage, sentence }: Choice, by: -1 | 1, left: Left): Choice | undefined {
  return left.get(keyOf({ passage, sentence: sentence + by }))
}

function inOrder(sentences: Choice[]): Choice[] {
  return sentences.sort((a, b) => a.sentence - b.sentence)
}

function endsOf(taken: Choice[]): [first: Choice, last: Choice] {
  return [taken[0] as Choice, taken.at(-1) as Choice]
}

function keyOf({ passage, sentence }: Pick<Choice, 'passage' | 'sentence'>): string {
  return `${passage}:${sentence}`
}
