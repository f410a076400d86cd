import { isFurniture } from '../index/facts.ts'
import { Kept } from '../index/kept.ts'
import type { GenerationReader } from '../index/reader.ts'
import type { StoredSource } from '../index/stored-sources.ts'
import { termsOf } from '../index/terms.ts'
import type { Span } from '../index/types.ts'
import { type Asked, expectedMatch, wordMatch } from './late-interaction.ts'
import { type Needs, needsOf, quotationsAround } from './needs.ts'
import { type MayBe, type Place, placesIn, withoutCopies } from './places.ts'
import { holdsType, type Question } from './question.ts'
import type { Candidate, Retrieved } from './retrieve.ts'

/** Passages whose sentences are looked at, and that say something new. */
const PASSAGES = 7

export interface Features {
  /** Cosine of question and sentence (in its context). */
  sentence: number
  /** Cosine of question and passage. */
  passage: number
  /** The joined score of retrieval, 0..1. */
  retrieval: number
  /** BM25 of the sentence among the looked-at sentences, 0..1. */
  lexical: number
  /** How well the question's words find words of the same meaning in the sentence: late interaction, weighted by idf. */
  words: number
  /** Share of the question's idf that the passage's terms cover. */
  passageCoverage: number
  /** Share of the pairs of neighbouring words of the question that stand side by side in the passage too. */
  passagePhrases: number
  /** 1 when the sentence holds words of the kind that is asked for. */
  type: number
  /** 1 for a heading: short, and without a sentence's end. */
  heading: number
}

export interface Choice extends Span {
  passage: number
  /** The number of the sentence in its passage. */
  sentence: number
  features: Features
  score: number
  needs: Needs
  /** Where it stands, here or in these words elsewhere: the earliest published first. */
  places: Place[]
}

/** How much each feature counts; fitted on the development sets (docs/retrieval.md). */
const WEIGHTS: Features = {
  sentence: 0.635,
  passage: -0.591,
  retrieval: 0.05,
  lexical: 0.04,
  words: 0.712,
  passageCoverage: 0.028,
  passagePhrases: 0.075,
  type: 0.03,
  heading: -0.05,
}

/** What is wanted of a sentence, beside that it answers. */
export interface Wanted {
  /** Only these are chosen. */
  allows?: MayBe | undefined
  /** Copies of what is chosen are named only where this allows it. */
  names?: MayBe | undefined
  /** What a sentence gains beside its score. */
  gain?: ((choice: Choice, source: StoredSource, text: string) => number) | undefined
}

/** Scores the sentences of the best passages, which are brought; best first. */
export async function select(
  generation: GenerationReader,
  question: Question,
  asked: Asked,
  retrieved: Retrieved,
  { allows = always, names = always, gain }: Wanted = {},
): Promise<Choice[]> {
  const mayLead: MayBe = (...line) => names(...line) && allows(...line)
  const best = await withoutCopies(generation, retrieved.candidates, PASSAGES, mayLead)
  const sourceOf = (passage: number) => generation.source(generation.sourceOf(passage))
  const textOf = (passage: number) => generation.text(generation.sourceOf(passage))
  const passages = best.map(({ passage }) => passage)
  await generation.bringVectors(passages)
  const highest = generation.highest(asked.rows, passages)
  const all = best.flatMap((candidate, i) => sentencesOf(generation, question, asked, retrieved, candidate, highest[i] as Float32Array[]))
  const choices = all.filter((choice) => allows(choice, sourceOf(choice.passage), textOf(choice.passage), choice.passage))
  const placesOf = await placesIn(generation, retrieved.candidates, passages, names, mayLead)
  const most = Math.max(1e-9, ...choices.map((c) => c.features.lexical))
  for (const choice of choices) {
    choice.features.lexical /= most
    choice.score = score(choice.features) + (gain?.(choice, sourceOf(choice.passage), textOf(choice.passage)) ?? 0)
    choice.places = placesOf(choice)
  }
  return choices.sort((a, b) => b.score - a.score || a.passage - b.passage || a.start - b.start)
}

const always = () => true

function sentencesOf(
  generation: GenerationReader,
  question: Question,
  asked: Asked,
  { idf }: Retrieved,
  candidate: Candidate,
  highest: Float32Array[],
): Choice[] {
  const cosines = generation.sentenceCosines(asked.vector, candidate.passage)
  const { lines, terms } = readingOf(generation, candidate.passage)
  const passageCoverage = coverage(terms, idf)
  const passagePhrases = phrases(terms, question.terms, idf)
  const matchOf = (line: Line, cosine: number) =>
    generation.hasTokens ? wordMatch(asked, highest[line.sentence] as Float32Array, idf) : expectedMatch(cosine, coverage(line.terms, idf))
  return lines.map((line) => {
    const cosine = cosines[line.sentence] as number
    const features: Features = {
      sentence: cosine,
      passage: candidate.cosine,
      retrieval: candidate.score,
      lexical: bm25(line.terms, idf),
      words: matchOf(line, cosine),
      passageCoverage,
      passagePhrases,
      type: holdsType(question, line.words) ? 1 : 0,
      heading: line.isHeading ? 1 : 0,
    }
    return { start: line.start, end: line.end, passage: candidate.passage, sentence: line.sentence, features, score: 0, needs: line.needs, places: [] }
  })
}

/** What is read of a passage, whatever is asked. */
interface Reading {
  /** Its sentences, without the furniture of press copy. */
  lines: Line[]
  /** The terms of all its sentences. */
  terms: string[]
}

interface Line extends Span {
  /** The number of the sentence in its passage. */
  sentence: number
  words: string
  terms: string[]
  isHeading: boolean
  needs: Needs
}

/** Passages whose reading is kept, so that a passage that is asked for often is read once. */
const KEPT = 2000
const kept = new WeakMap<GenerationReader, Kept<number, Reading>>()

function readingOf(generation: GenerationReader, passage: number): Reading {
  const known = kept.get(generation) ?? new Kept(KEPT, (one: number) => read(generation, one))
  kept.set(generation, known)
  return known.of(passage)
}

function read(generation: GenerationReader, passage: number): Reading {
  const text = generation.text(generation.sourceOf(passage))
  const around = generation.passage(passage)
  const quotations = quotationsAround(text, around)
  const lines = around.sentences.map((span, sentence) => {
    const words = text.slice(span.start, span.end)
    const isHeading = words.length < 120 && !/[.!?…]["”’')\]]*$/.test(words)
    return { ...span, sentence, words, terms: termsOf(words), isHeading, needs: needsOf(span, text, quotations) }
  })
  return { lines: lines.filter(({ words }) => !isFurniture(words)), terms: lines.flatMap(({ terms }) => terms) }
}

function score(features: Features): number {
  return (Object.keys(WEIGHTS) as (keyof Features)[]).reduce((sum, key) => sum + WEIGHTS[key] * features[key], 0)
}

/** Terms of a sentence of news, on average. */
const AVERAGE_LENGTH = 24

function bm25(terms: string[], idf: Map<string, number>): number {
  let sum = 0
  for (const [term, weight] of idf) {
    let n = 0
    for (const other of terms) if (other === term) n++
    sum += (weight * n * 2.2) / (n + 1.2 * (0.3 + (0.7 * terms.length) / AVERAGE_LENGTH))
  }
  return sum
}

/** Two words are neighbours with one word between them at most. */
const APART = 2

/**
 * The share of pairs of neighbouring terms of a question that are neighbours in a passage, in the same order, weighted by the lower idf of the two
 * (Metzler and Croft 2005, the sequential dependence model); 0 without such pairs.
 */
export function phrases(passage: string[], question: string[], idf: Map<string, number>): number {
  const places = new Map<string, number[]>(question.map((term) => [term, []]))
  passage.forEach((term, i) => {
    places.get(term)?.push(i)
  })
  let sum = 0
  let all = 0
  question.slice(1).forEach((second, i) => {
    const first = question[i] as string
    const weight = Math.min(idf.get(first) ?? 0, idf.get(second) ?? 0)
    all += weight
    if (places.get(first)?.some((a) => places.get(second)?.some((b) => b > a && b - a <= APART))) sum += weight
  })
  return all > 0 ? sum / all : 0
}

/** The share of the question's idf that some terms cover. */
export function coverage(terms: string[], idf: Map<string, number>): number {
  const held = new Set(terms)
  let sum = 0
  let all = 0
  for (const [term, weight] of idf) {
    all += weight
    if (held.has(term)) sum += weight
  }
  return all > 0 ? sum / all : 0
}
