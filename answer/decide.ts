import { inWords } from '../index/days.ts'
import { Kept } from '../index/kept.ts'
import { termsOf, wordsOf } from '../index/terms.ts'
import type { Source } from '../index/types.ts'
import { type Calibrated, type Evidence, oddsOf, SHIPPED } from './calibration.ts'
import type { Citation } from './cite.ts'
import { figuresIn } from './figures.ts'
import { type Anchor, holdsType, type Question } from './question.ts'
import type { Quote } from './quotes.ts'
import type { Retrieved } from './retrieve.ts'
import { coverage } from './select.ts'

export type Status = 'answered' | 'partial' | 'not-on-record'

export interface Decision {
  status: Status
  /** What was decided on, and the log odds that the record answers; null when there was nothing to quote. */
  evidence: Evidence | null
  odds: number | null
  /** Words of the question: for `partial` the names, numbers and dates that stand in no cited passage, else those that nothing matched, and a figure that nobody gave. */
  missing: string[]
}

export interface CitedPassage {
  quote: string
  text: string
  source: Source
}

/** A citation as it is judged. */
export function asPassage({ quote, passage, source }: Citation): CitedPassage {
  return { quote, text: passage.text, source }
}

/**
 * Does the record answer the question, and which of its words stand nowhere? `quotes` and `passages` are best first; whether it
 * answers is judged by the first quote and `passage`, what it lies in.
 */
export function decide(
  question: Question,
  retrieved: Retrieved,
  [quote]: Quote[],
  passages: CitedPassage[],
  { passage = passages[0], calibration = SHIPPED }: { passage?: CitedPassage | undefined; calibration?: Calibrated | undefined } = {},
): Decision {
  // No quote that names nobody can say what somebody is called.
  const nameless = question.type === 'name' && !passages.some((cited) => holdsType(question, cited.quote))
  // A question without a word, such as one of marks alone, asks nothing.
  const evidence = quote && passage && question.terms.length > 0 ? evidenceOf(question, retrieved, quote, passage) : null
  const odds = evidence && oddsOf(evidence, calibration)
  const missing = missingFrom(question, passages)
  const unsaid = asksWhoGave(question, missing)
  if (odds === null || odds < calibration.threshold || nameless || unsaid) {
    const unmatched = surface(question, (term) => retrieved.unknown.includes(term))
    return { status: 'not-on-record', evidence, odds, missing: [...new Set([...unmatched, ...(unsaid ? missing : [])])] }
  }
  return { status: missing.length > 0 ? 'partial' : 'answered', evidence, odds, missing }
}

/** "Who put the cost at 7.4 million?": where that figure stands nowhere, nobody did, whatever else is said of the cost. */
function asksWhoGave({ type, text }: Question, missing: string[]): boolean {
  return type === 'person' && missing.length > 0 && figuresIn(text).some(({ text: figure }) => wordsOf(figure).some((word) => missing.includes(word.text)))
}

/** The words of a question's names, numbers and dates that stand in no cited passage. */
export function missingFrom(question: Question, passages: CitedPassage[]): string[] {
  if (question.anchors.length === 0) return []
  const held = new Set(passages.flatMap(termsAround))
  return [...new Set(question.anchors.flatMap((anchor) => missingWords(anchor, held)))]
}

export function evidenceOf(question: Question, { idf }: Retrieved, { features }: Quote, passage: CitedPassage): Evidence {
  const around = termsAround(passage)
  const held = new Set(around)
  const missing = question.anchors.filter((anchor) => missingWords(anchor, held).length > 0).length
  return {
    sentence: features.sentence,
    passage: features.passage,
    words: features.words,
    coverage: coverage(around, idf),
    missing: Math.min(2, missing),
    typeMissing: question.type !== 'other' && !holdsType(question, passage.quote) ? 1 : 0,
  }
}

/** Passages and facts whose terms are kept: those that are cited often are read once. */
const KEPT = 2000
const terms = new Kept(KEPT, termsOf)

/** The terms of a passage and of the facts about its source. */
function termsAround({ text, source }: CitedPassage): string[] {
  return [...terms.of(text), ...terms.of(factsAsText(source))]
}

/** The words of a name, number or date whose terms are not held. */
function missingWords(anchor: Anchor, held: Set<string>): string[] {
  const words = wordsOf(anchor.text).map((w) => w.text)
  const absent = words.filter((word) => !termsOf(word).every((term) => held.has(term) || isRelated(word, term, held)))
  // A person is often named in full once and by surname afterwards: the last word of a name decides.
  const last = anchor.terms.at(-1)
  return last === undefined || held.has(last) || isRelated(words.at(-1) ?? '', last, held) ? [] : absent
}

/** "China" stands in "Chinese": names with a common beginning of at least four letters. */
function isRelated(word: string, term: string, held: Set<string>): boolean {
  if (!/^\p{Lu}/u.test(word) || term.length < 4) return false
  const beginning = term.slice(0, Math.max(4, term.length - 2))
  for (const other of held) if (other.startsWith(beginning)) return true
  return false
}

/** Title, outlet, author and the publication date in words. */
function factsAsText({ title, outlet, author, published, publishedFrom }: Source): string {
  return [title, outlet, author, published && publishedFrom !== 'file' ? inWords(published) : null].filter(Boolean).join(' ')
}

/** The words of the question whose terms are chosen, as it has them. */
function surface(question: Question, chosen: (term: string) => boolean): string[] {
  const terms = new Set(question.terms)
  return [
    ...new Set(
      wordsOf(question.text)
        .map((w) => w.text)
        .filter((word) => termsOf(word).some((term) => terms.has(term) && chosen(term))),
    ),
  ]
}
