import { overlaps } from '../index/spans.ts'
import type { StoredSource } from '../index/stored-sources.ts'
import { termsOf } from '../index/terms.ts'
import type { Source, Span, Statement } from '../index/types.ts'
import { figuresFor, type Quantity } from './quantity.ts'
import type { Choice } from './select.ts'

/** What a sentence gains that holds a statement of those who are asked for. */
const ASKED_FOR = 0.06
/** What it gains that gives a figure of what is asked about. */
const GIVES = 0.05
/** What it gains at most from what it follows: the question that it answers in an interview, the words that lead to a quotation. */
const FOLLOWS = 0.1
/** How far before a sentence the question that it answers begins, in characters. */
const BEFORE = 900
/** Characters of the sentence that leads to a statement, at most. */
const LEAD = 200
const TURN = /^[ \t]*(?:Q|A|Question|Answer|(?:\p{Lu}[\p{L}.'’-]{0,30}\s){0,4}\p{Lu}[\p{L}.'’-]{1,30})\s?:[ \t]/gmu

export interface Sought {
  /** The question's words for who is asked, or null. */
  speaker: string | null
  /** Is a statement one of those whose words are asked for? */
  said: (statement: Statement, source: Source) => boolean
  /** What they are asked about. */
  terms: string[]
  quantity: Quantity | null
}

/** What a sentence gains as an answer of somebody who is asked for. */
export function gainOf({ said, terms, quantity }: Omit<Sought, 'speaker'>) {
  return (choice: Span, source: StoredSource, text: string): number => {
    if (!source.statements.some((s) => overlaps(s, choice) && said(s, source))) return 0
    const words = text.slice(choice.start, choice.end)
    const before = questionBefore(text, choice.start) ?? leadBefore(text, choice.start, source)
    const gives = quantity !== null && figuresFor(quantity, words).length > 0
    return ASKED_FOR + (gives ? GIVES : 0) + (before === null ? 0 : FOLLOWS * aboutness(before, terms, quantity))
  }
}

/** What a sentence of a side gains by its passage: of what is said in a passage about the subject only some names it again. */
const IN_ITS_PASSAGE = 0.1
/** What a sentence gains as the words of one of several sides. */
export function gainOfSide(asked: Omit<Sought, 'speaker'>) {
  const gain = gainOf(asked)
  return (choice: Choice, source: StoredSource, text: string): number => {
    const gained = gain(choice, source, text)
    return gained === 0 ? 0 : gained + IN_ITS_PASSAGE * choice.features.retrieval
  }
}

/** The question that the turn at an offset answers, in an interview; null elsewhere. */
export function questionBefore(text: string, at: number): string | null {
  const from = Math.max(0, at - BEFORE)
  const before = text.slice(from, at + 60)
  if (!before.includes('?')) return null
  const turns = [...before.matchAll(TURN)].map((turn) => turn.index).filter((turn) => from + turn <= at)
  const [question, answer] = turns.slice(-2)
  if (question === undefined || answer === undefined) return null
  const words = before.slice(question, answer)
  return words.includes('?') ? words : null
}

/** "On the hall she was curt.": the words of nobody directly before a statement. */
function leadBefore(text: string, at: number, { statements }: StoredSource): string | null {
  const paragraph = text.slice(Math.max(0, at - LEAD), at)
  const lead = /[^.!?\n”"]{8,}[.:]\s$/.exec(paragraph)
  const start = at - paragraph.length + (lead?.index ?? 0)
  return lead && !statements.some((s) => overlaps(s, { start, end: at - 1 })) ? lead[0] : null
}

/** How far what stands before is about what is asked: the share of the terms, or all of it when it is about such a figure. */
function aboutness(question: string, terms: string[], quantity: Quantity | null): number {
  if (quantity !== null && quantity.kind !== 'any' && figuresFor(quantity, question).length > 0) return 1
  const held = new Set(termsOf(question))
  return terms.length === 0 ? 0 : terms.filter((term) => held.has(term)).length / terms.length
}
