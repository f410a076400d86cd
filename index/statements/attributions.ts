import type { Span } from '../types.ts'
import { type Attribution, type Clause, insideQuotation } from './extents.ts'
import { nominal } from './nominal.ts'
import { inPhrase } from './phrases.ts'
import type { Quotation } from './quotations.ts'
import { type Token, tokensOf } from './tokens.ts'
import { verbal } from './verbal.ts'

/** The attributions of one sentence, in order. Quotations may carry a content beyond the sentence. */
export function attributionsIn(text: string, sentence: Span, quotations: Quotation[]): Attribution[] {
  const tokens = tokensOf(text, sentence)
  const clause: Clause = { text, sentence, tokens, quotations, titled: isTitled(tokens) }
  const spoken: Attribution[] = []
  const meant: Attribution[] = []
  let subject: Span | null = null
  for (let i = 0; i < clause.tokens.length; i++) {
    // Inside a quotation somebody speaks who is quoted already.
    if (insideQuotation(clause, clause.tokens[i] as Token)) continue
    const found: Attribution | null = inPhrase(clause, i) ?? verbal(clause, i, subject, spoken.at(-1))
    if (found) spoken.push(found)
    const noun = found ? null : nominal(clause, i)
    if (noun) meant.push(noun)
    subject = found?.source ?? subject
  }
  // "The board is ready to pay, Dunnock said": what Dunnock says holds what the board means.
  return withoutOverlap([...spoken, ...meant]).sort((a, b) => (a.cue?.start ?? 0) - (b.cue?.start ?? 0))
}

/** Do nearly all longer words begin with a capital? */
function isTitled(tokens: Token[]): boolean {
  const words = tokens.length > 40 ? [] : tokens.filter((t) => /^\p{L}{4,}$/u.test(t.text))
  return words.length > 3 && words.filter((t) => /^\p{Lu}/u.test(t.text)).length > 0.8 * words.length
}

/** Of two that say the same words the first stays, unless the other reports that it was said. */
function withoutOverlap(found: Attribution[]): Attribution[] {
  const kept: Attribution[] = []
  for (const one of found) {
    const twins = kept.filter((other) => shared(one.content, other.content) > 0.7 * Math.min(size(one.content), size(other.content)))
    if (twins.some((other) => !holdsCue(one, other))) continue
    for (const other of twins) kept.splice(kept.indexOf(other), 1)
    kept.push(one)
  }
  return kept
}

function size({ start, end }: Span): number {
  return end - start
}

function shared(a: Span, b: Span): number {
  return Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start))
}

/** "He agreed to pay, records show": what the records show holds another's words whole. */
function holdsCue(outer: Attribution, inner: Attribution): boolean {
  return (
    inner.cue !== null &&
    inner.source !== null &&
    outer.content.start <= inner.source.start &&
    inner.cue.end < outer.content.end &&
    outer.content.start < inner.cue.start
  )
}
