import type { GenerationReader } from '../index/reader.ts'
import { overlaps } from '../index/spans.ts'
import type { Part } from './answer.ts'
import { type Citation, cite, type LinkTo } from './cite.ts'
import { ABOUT, compared, type Side } from './compare.ts'
import { asPassage, missingFrom } from './decide.ts'
import { type Disagreement, figuresThatDiffer, sidesCited } from './disagree.ts'
import type { Asked } from './late-interaction.ts'
import { asksForFigure, type Quantity, quantityOf } from './quantity.ts'
import { readQuestion } from './question.ts'
import type { Quote } from './quotes.ts'
import { measuredIn, SAME_THING } from './same-thing.ts'
import { type Found, NEAREST, type Search } from './search.ts'
import type { Sides } from './sides.ts'

/** The answer to a question with several sides: the best of each, then the second of each. Null when they do not speak to it. */
export async function answerOfSides(
  generation: GenerationReader,
  asked: Sides,
  question: string,
  embed: (words: string) => Promise<Asked>,
  search: Search,
  { limit, linkTo }: { limit: number; linkTo: LinkTo },
): Promise<Part | null> {
  const about = asked.search === '' ? question : asked.search
  const quantity = quantityOf(asked.search) ?? quantityOf(question)
  const embedded = embed(about)
  const sides = await compared(generation, asked, quantity, about, embedded, search)
  if (!sides) return asked.by === 'speaker' && asked.search !== '' ? silent(await search({ words: about, embedded }), asked, limit) : null
  const turns = interleaved(sides, limit)
  const citations = cite(generation, unique(turns), linkTo)
  const cited = sides
    .map(({ said }, i) => ({ said, citations: numbersOf(generation, citations, turns, sides[i] as Side) }))
    .filter((side) => side.citations.length > 0)
  // What stands in none of the cited passages is missing, as of any answer; the times decided who was cited.
  const missing = missingFrom(readQuestion(asked.timeless), citations.map(asPassage))
  if (sides.length < 2 && missing.length === 0) return null
  const plain = (words: string) => words.replace(/[\s?.]+$/, '')
  const named = asked.search !== '' && question.includes(plain(asked.search)) ? asked.search : asked.by === 'speaker' ? null : asked.bounds[0]?.speaker
  const title = plain(named ?? question)
  const measured = quantity && measuredIn((sides[0] as Side).found.retrieved.idf, quantity)
  const shown = sidesCited(title, cited, citations, measured, asked.by === 'speaker' || asked.by === 'time' ? ABOUT : SAME_THING)
  return { status: missing.length > 0 ? 'partial' : 'answered', missing, citations, disagreements: shown ? [shown] : [] }
}

/** When nobody else speaks to it either, it is not on record; else the question is left to be answered as one without sides. */
function silent({ decision, citations }: Found, { timeless }: Sides, limit: number): Part | null {
  if (decision.status !== 'not-on-record') return null
  const names = missingFrom(readQuestion(timeless), [])
  return {
    status: 'not-on-record',
    missing: decision.missing.length > 0 ? decision.missing : names,
    citations: citations.slice(0, Math.min(NEAREST, limit)),
    disagreements: [],
  }
}

interface Turn {
  side: Side
  quote: Quote
}

/** The best quote of each side, then the second of each, as many as are asked for. */
function interleaved(sides: Side[], limit: number): Turn[] {
  const turns: Turn[] = []
  for (let n = 0; turns.length < limit; n++) {
    const round = sides.flatMap((side) => (side.quotes[n] ? [{ side, quote: side.quotes[n] as Quote }] : []))
    if (round.length === 0) break
    turns.push(...round.slice(0, limit - turns.length))
  }
  return turns
}

/** A quote that another side shares a sentence of stands once. */
function unique(turns: Turn[]): Quote[] {
  const quotes: Quote[] = []
  for (const { quote } of turns) if (!quotes.some((other) => other.passage === quote.passage && overlaps(other, quote))) quotes.push(quote)
  return quotes
}

/** The numbers of a side's citations. */
function numbersOf(generation: GenerationReader, citations: Citation[], turns: Turn[], side: Side): number[] {
  const numbers = turns.flatMap((turn) => {
    if (turn.side !== side) return []
    const source = generation.source(generation.sourceOf(turn.quote.passage)).id
    const number = citations.findIndex((c) =>
      [{ source: c.source.id, start: c.start, end: c.end }, ...c.alsoIn].some((at) => at.source === source && overlaps(at, turn.quote)),
    )
    return number < 0 ? [] : [number]
  })
  return [...new Set(numbers)]
}

/** The citations of an answer; of a question for a number also those that give another one, and the figures that differ. */
export function withFiguresThatDiffer(
  { citations, question, retrieved }: Found,
  quantity: Quantity | null,
  asked: string,
  limit: number,
): Pick<Part, 'citations' | 'disagreements'> {
  const first = citations.slice(0, limit)
  if (quantity === null || !asksForFigure(question)) return { citations: first, disagreements: [] }
  const differing = figuresThatDiffer(asked.replace(/\s*\?$/, ''), citations, quantity, retrieved.idf)
  if (!differing) return { citations: first, disagreements: [] }
  // What differs is shown, in place of the last of what does not.
  const needed = [...new Set([0, ...differing.sides.flatMap((side) => side.citations)])]
  const kept = [...new Set([...needed, ...citations.keys()])].slice(0, limit).sort((a, b) => a - b)
  const disagreement: Disagreement = {
    about: differing.about,
    sides: differing.sides
      .map((side) => ({ ...side, citations: side.citations.map((n) => kept.indexOf(n)).filter((n) => n >= 0) }))
      .filter((side) => side.citations.length > 0),
  }
  return { citations: kept.map((n) => citations[n] as Citation), disagreements: disagreement.sides.length > 1 ? [disagreement] : [] }
}
