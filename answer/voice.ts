import { dayOf } from '../index/days.ts'
import { isInTime, isPaperOf } from '../index/people.ts'
import type { GenerationReader, PassageSet } from '../index/reader.ts'
import { overlaps } from '../index/spans.ts'
import type { StoredSource } from '../index/stored-sources.ts'
import type { Source, Span, Statement } from '../index/types.ts'
import { type Bounds, passagesAskedFor, statementsAskedFor } from './constraints.ts'
import { figuresFor, type Quantity } from './quantity.ts'
import { opensWith, passagesNaming } from './speakers.ts'

/** Is a statement one of those whose words are asked for? */
export type Said = (statement: Statement, source: Source) => boolean

/** What a side may be quoted for. */
export interface Voice {
  said: Said
  /** Is a span what a side says, does it stand in its own paper, or is it the figure that somebody writes of it? */
  speaks: (span: Span, source: StoredSource, text: string) => boolean
  /** The same, or what leads to what it says. */
  may: (span: Span, source: StoredSource, text: string) => boolean
  /** Where it may be quoted from; null for everywhere. */
  passages: PassageSet | null
}

/** Characters between a sentence and the statement that it leads to, at most. */
const BESIDE = 3

export async function voiceOf(generation: GenerationReader, bounds: Bounds, quantity: Quantity | null): Promise<Voice> {
  const { speaker } = bounds
  const said = await statementsAskedFor(generation, bounds)
  const own = (source: Source) => isPaperOf(bounds, source)
  const isOf = (span: Span, source: StoredSource, text: string) => {
    if (quantity === null || speaker === null || !isInTime(dayOf(undefined, source), bounds) || source.statements.some((s) => overlaps(s, span))) return false
    const words = text.slice(span.start, span.end)
    return opensWith(speaker, words) && figuresFor(quantity, words).length > 0
  }
  const speaks: Voice['speaks'] = (span, source, text) =>
    own(source) || source.statements.some((s) => overlaps(s, span) && said(s, source)) || isOf(span, source, text)
  const passages = await passagesAskedFor(generation, bounds, { papers: true })
  if (passages !== null && speaker !== null && quantity !== null) {
    for (const passage of await passagesNaming(speaker, generation)) {
      const number = generation.sourceOf(passage)
      const [source, text] = [generation.source(number), generation.text(number)]
      if (generation.passage(passage).sentences.some((sentence) => isOf(sentence, source, text))) passages.add([passage])
    }
  }
  return { said, speaks, may: (span, source, text) => speaks(span, source, text) || leadsTo(source, span, said), passages }
}

/** "On the hall he was curt.": what nobody is said to have said, directly before what a side says. */
function leadsTo(source: StoredSource, span: Span, said: Said): boolean {
  if (source.statements.some((s) => overlaps(s, span))) return false
  return source.statements.some((s) => s.start >= span.end && s.start - span.end <= BESIDE && said(s, source))
}
