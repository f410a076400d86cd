import type { GenerationReader } from '../index/reader.ts'
import { sentencesOf } from '../index/sentences.ts'
import { termsOf } from '../index/terms.ts'
import type { Source } from '../index/types.ts'
import type { Figure } from './figures.ts'
import { questionBefore } from './gain.ts'
import { figuresFor, type Quantity } from './quantity.ts'
import type { Quote } from './quotes.ts'
import { coverage } from './select.ts'

/** The share of a subject's idf that must stand around a figure, its own noun aside: less is a figure of another thing. */
export const SAME_THING = 0.5

/** What a figure is asked of. */
export interface Measured {
  quantity: Quantity
  /** The terms that say so, with their idf: the unit, the asking and whoever is asked are left out. */
  subject: Map<string, number>
}

export function measuredIn(idf: Map<string, number>, quantity: Quantity, speaker: string | null = null): Measured {
  const asked = new Set(termsOf(speaker ?? ''))
  return { quantity, subject: new Map([...idf].filter(([term]) => !quantity.asks.has(term) && !quantity.units.has(term) && !asked.has(term))) }
}

const PRICED =
  /\b(?:costs?|priced?|prices|estimates?d?|figures?|puts?|bill|budget|quoted|reckons?|sum|tender|expensive|cheap|nearer|charges?|would take|done for)\b/i
/** What it adds that a price is said to be one of a thing of the subject: "the move will cost £120,000". */
const OF_IT = 0.25
/** What the rest of a passage counts for, beside what stands near the figure. */
export const FARTHER = 0.5

/**
 * How far the surroundings of a figure are about a subject, by idf: its sentence, the one before it, and the question it answers;
 * `farther` is what the rest of the passage counts for. 1 for no subject.
 */
export function aboutSubject(passage: string, at: number, figure: Figure, source: Source, { quantity, subject }: Measured, farther = 0): number {
  if (subject.size === 0) return 1
  const sentences = sentencesOf(passage)
  const i = sentences.findIndex((sentence) => sentence.start <= at && at < sentence.end)
  const [before = '', own = ''] = [sentences[i - 1], sentences[i]].map((sentence) => (sentence ? passage.slice(sentence.start, sentence.end) : ''))
  const share = (words: string) => coverage(termsOf(words), subject)
  const near = Math.max(share(`${before} ${own} ${questionBefore(passage, at) ?? ''}`), farther * share(passage))
  if (!quantity.priced || (figure.kind !== 'money' && figure.unit !== null) || !PRICED.test(`${before} ${own}`)) return near
  // A price is often given without a word of what is priced: then it is that of what the whole text is about.
  return Math.max(near + (PRICED.test(own) && namesThing(own, quantity) ? OF_IT : 0), share(`${before} ${own} ${source.title}`))
}

function namesThing(sentence: string, { thing, asks }: Quantity): boolean {
  const held = new Set(termsOf(sentence))
  return thing.length > 0 && thing.every((term) => held.has(term) || asks.has(term))
}

/** How far a quote's figures are about a subject, at most; null when it gives none that may answer. */
export function givesAbout(generation: GenerationReader, quote: Quote, measured: Measured, farther = FARTHER): number | null {
  const number = generation.sourceOf(quote.passage)
  const [text, { start, end }] = [generation.text(number), generation.passage(quote.passage)]
  const figures = figuresFor(measured.quantity, text.slice(quote.start, quote.end))
  if (figures.length === 0) return null
  const source = generation.source(number)
  return Math.max(...figures.map((figure) => aboutSubject(text.slice(start, end), quote.start - start + figure.start, figure, source, measured, farther)))
}

/** Characters before a quote in which the sentences before it are looked for. */
const BEFORE = 400

/** A quote with what leads to it: the two sentences before, and the question that it answers. */
export function withContext(generation: GenerationReader, { passage, start, end }: Quote): string {
  const text = generation.text(generation.sourceOf(passage))
  const before = text.slice(Math.max(0, start - BEFORE), start)
  const [first] = sentencesOf(before).slice(-2)
  return `${first ? before.slice(first.start) : ''} ${text.slice(start, end)} ${questionBefore(text, start) ?? ''}`
}
