import { overlaps } from '../spans.ts'
import type { Span } from '../types.ts'
import { type Clause, clauseEnd, clip, type Extent, trimEnd } from './extents.ts'
import { CUE_FORMS } from './inflection.ts'

/** "…," he said. "…": the quotation goes on after the one who speaks. */
export function withWhatFollows(clause: Clause, content: Span, from: number, inverted = false): Extent {
  const { text, sentence } = clause
  const parenthesis = parenthetical(clause, content, from, inverted)
  if (parenthesis) return parenthesis
  const next = clause.quotations.find((q) => q.start >= from)
  if (!next) return { content }
  const between = text.slice(from, next.start)
  if (between.includes('\n') || between.length > 160) return { content }
  const inside = next.start < sentence.end
  const direct = clause.quotations.some((q) => overlaps(q, content))
  if (!direct) return { content }
  const goesOn = inside
    ? /^[^.;]*[,.:—-]\s*$/.test(between) && !/\b(?:and|that|who)\b/.test(between)
    : text.slice(sentence.end, next.start).trim() === '' && /^[^“"]*[.!?]\s*$/.test(between)
  // A quotation with a cue of its own is another statement.
  const after = /^[^\n]*/.exec(text.slice(next.end))?.[0] ?? ''
  if (!inside && /^[\s,]*[\p{L}]/u.test(after) && /[,?!]["”']+$/.test(text.slice(next.start, next.end))) return { content }
  return goesOn ? { content: { start: content.start, end: next.end }, aside: { start: content.end, end: next.start } } : { content }
}

/** The comma after who said it, and when. */
const SAID_WHEN =
  /^(?: on \p{Lu}\p{Ll}{2,5}day| yesterday| today| earlier| later| last (?:week|month|year)| in a (?:statement|letter|speech|message))?,\s+(?=\p{Ll})/u

/** "Her own model, she said, gave a smaller rise.": reported speech that goes on after the one who speaks. */
function parenthetical(clause: Clause, content: Span, from: number, inverted: boolean): Extent | null {
  const { text, tokens, sentence, quotations } = clause
  if (quotations.some((q) => overlaps(q, content)) || content.start < sentence.start) return null
  const goesOn = SAID_WHEN.exec(text.slice(from, sentence.end))
  const at = tokens.findIndex((t) => t.start >= from + (goesOn?.[0].length ?? 1))
  const first = tokens[at]
  if (!goesOn || !first || /ing$|^(?:who|which|or|but|while|although|though|according|after|before|when|as|if|because|citing)$/.test(first.lower)) return null
  // "…, records show, and experts say it is": another speaks.
  if (first.lower === 'and' && tokens.slice(at + 1, at + 6).some((t) => CUE_FORMS.get(t.lower)?.some((v) => v.classes.has('say')))) return null
  // "…, said Dunnock, the chair": who speaks is described.
  if (inverted && /^(?:the|an?|his|her|their|its|of|in|on|at|from|\p{L}+(?:er|or|ist|man|woman|person|chief|head))$/u.test(first.lower)) return null
  const end = clauseEnd(clause, first.start, at)
  const span = clip(text, content.start, end)
  return span && { content: trimEnd(text, span), aside: { start: content.end, end: first.start } }
}
