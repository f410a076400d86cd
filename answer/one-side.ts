import type { GenerationReader } from '../index/reader.ts'
import { overlaps } from '../index/spans.ts'
import type { StoredSource } from '../index/stored-sources.ts'
import { termsOf } from '../index/terms.ts'
import type { Part } from './answer.ts'
import { constraintsOf, passagesAskedFor, statementsAskedFor } from './constraints.ts'
import { gainOf, type Sought } from './gain.ts'
import type { Asked } from './late-interaction.ts'
import { byDay } from './order.ts'
import { asksForFigure, type Quantity, quantityOf } from './quantity.ts'
import { readQuestion } from './question.ts'
import type { Quote } from './quotes.ts'
import type { Retrieved } from './retrieve.ts'
import { givesAbout, measuredIn, SAME_THING } from './same-thing.ts'
import { type Found, NEAREST, type Ranked, type Search } from './search.ts'
import { withFiguresThatDiffer } from './several-sides.ts'

/**
 * The answer to a question with one side. Those who are asked for, at the time asked for, go first; when they do not answer,
 * the whole record is asked.
 */
export async function answerOfOne(
  generation: GenerationReader,
  asked: string,
  embed: (words: string) => Promise<Asked>,
  search: Search,
  limit: number,
): Promise<Part> {
  const constraints = await constraintsOf(asked, generation)
  const { speaker, after, before, order, search: words } = constraints
  const embedded = embed(words)
  const names = new Set(termsOf(speaker ?? ''))
  const sought: Sought = {
    speaker,
    said: await statementsAskedFor(generation, constraints),
    terms: readQuestion(words).terms.filter((term) => !names.has(term)),
    quantity: quantityOf(words),
  }
  const isSaid = (quote: Quote) => sourceOf(generation, quote).statements.some((s) => overlaps(s, quote) && sought.said(s, sourceOf(generation, quote)))
  const anyones: Sought = { ...sought, speaker: null, said: () => true }
  const inOrder = (of: Sought) => (order === null ? undefined : (ranked: Ranked) => byDay(ranked, order, generation, of))
  const passages = await passagesAskedFor(generation, constraints)
  const first =
    passages && !passages.isEmpty
      ? await search({
          words,
          embedded,
          passages,
          gain: gainOf(sought),
          inOrder: inOrder(sought),
          // Who and when leave few.
          keeps: speaker !== null && (after !== null || before !== null) ? isSaid : undefined,
        })
      : null
  const byFigure = first?.ranked[0] !== undefined && isSaid(first.ranked[0]) && givesWhatIsAsked(generation, first, sought)
  const found =
    first && (byFigure || first.decision.status !== 'not-on-record')
      ? first
      : await search({ words: asked, embedded, inOrder: inOrder(anyones), keeps: figuresOf(generation, asked, sought.quantity) })
  const { status, missing } = byFigure && found.decision.status === 'not-on-record' ? { status: 'answered' as const, missing: [] } : found.decision
  if (status === 'not-on-record') return { status, missing, citations: found.citations.slice(0, Math.min(NEAREST, limit)), disagreements: [] }
  return { status, missing, ...withFiguresThatDiffer(found, sought.quantity, asked, limit) }
}

/** Of a question for a figure, tells the quotes that give one of the same thing: they may differ. */
function figuresOf(generation: GenerationReader, asked: string, quantity: Quantity | null) {
  if (quantity === null || !asksForFigure(readQuestion(asked))) return undefined
  return (quote: Quote, { idf }: Retrieved) => (givesAbout(generation, quote, measuredIn(idf, quantity), 0) ?? 0) >= SAME_THING
}

/** Is the first quote a figure of what is asked about? Few words say so then, and the odds that it answers are low. */
function givesWhatIsAsked(generation: GenerationReader, { ranked: [first], retrieved }: Found, { speaker, quantity }: Sought): boolean {
  if (!first || quantity === null || speaker === null) return false
  const about = givesAbout(generation, first, measuredIn(retrieved.idf, quantity, speaker))
  return about !== null && about >= SAME_THING
}

function sourceOf(generation: GenerationReader, { passage }: Quote): StoredSource {
  return generation.source(generation.sourceOf(passage))
}
