import type { Span } from '../types.ts'
import { AUXILIARIES } from './cues.ts'
import { CUE_FORMS, type CueVerb } from './inflection.ts'
import { type Quotation, quotationAt } from './quotations.ts'
import type { Token } from './tokens.ts'

/** A sentence with its tokens and the quotations of its text. */
export interface Clause {
  text: string
  sentence: Span
  tokens: Token[]
  quotations: Quotation[]
  /** A headline that writes its words with capitals. */
  titled: boolean
}

/** What is said, and what interrupts it to name its speaker. */
export interface Extent {
  content: Span
  aside?: Span
}

/** What is said, by whom in the text's own words, and the words that say so. */
export interface Attribution extends Extent {
  /** Null when the text names nobody here: the speaker is the one of before. */
  source: Span | null
  cue: Span | null
}

/** A verb of saying in its clause. */
export interface Cue {
  clause: Clause
  /** The token of the verb, and of the one that has its subject. */
  i: number
  at: number
  verb: CueVerb
  cue: Span
}

/** What stands to the left of `before` as the content of a cue after it, back to the beginning of a quotation. */
export function leftOf(clause: Clause, before: number): Span | null {
  const { text, sentence } = clause
  const left = clip(text, sentence.start, before)
  if (!left) return null
  const closes = clause.quotations.find(
    (q) =>
      q.end <= before &&
      text
        .slice(q.end, before)
        .trim()
        .replace(/^[,—-]+/, '') === '' &&
      q.end > sentence.start,
  )
  const comma = /[,?!—-]\s*$/.test(text.slice(sentence.start, before)) || closes
  if (!comma) return null
  return backToQuotation(clause, left, closes)
}

/** A content that lies in a quotation reaches back to where that begins, in this sentence or before it. */
export function backToQuotation(clause: Clause, content: Span, closes?: Quotation): Span {
  const { text, sentence } = clause
  const around = quotationAt(clause.quotations, content.start) ?? closes
  if (!around) return content
  const prefix = around.start > sentence.start ? text.slice(sentence.start, around.start).trim() : ''
  if (around.start >= sentence.start && prefix !== '' && !/^(?:but|and|so|yet|still)?,?$/i.test(prefix)) return content
  return { start: around.start, end: content.end }
}

/** From `start` to the clause's end; what ends inside a quotation goes on to its close. */
export function finish(clause: Clause, start: number, end: number): Span | null {
  const span = clip(clause.text, start, end)
  if (!span) return null
  const open = clause.quotations.find((q) => q.start < span.end && span.end < q.end && q.start >= span.start)
  if (open) return { start: span.start, end: open.end }
  return trimEnd(clause.text, span)
}

/** Where a clause that begins at `from` ends: before another cue of the same speaker, or with the sentence. */
export function clauseEnd(clause: Clause, from: number, cueAt: number): number {
  const { tokens, text, sentence } = clause
  for (let i = cueAt + 1; i < tokens.length; i++) {
    const token = tokens[i] as Token
    if (token.start < from || insideQuotation(clause, token)) continue
    if (token.text === ';') return token.start
    // What is told about somebody in passing is the writer's.
    if (token.text === ',' && i > cueAt + 4 && /^(?:who|despite|whose)$/.test(tokens[i + 1]?.lower ?? '')) return token.start
    const verbs = CUE_FORMS.get(token.lower)
    const before = tokens[i - 1]
    if (token.lower === 'according' && tokens[i + 1]?.lower === 'to' && i > cueAt + 3) return (before?.text === ',' ? before : token).start
    if (!verbs || !before) continue
    const speaks = verbs.some((v) => v.classes.has('say') || v.classes.has('clause'))
    const pause = before.text === ',' || (/^(?:[”"]|'')$/.test(before.text) && /,\s*$/.test(text.slice(0, before.start)))
    if (verbs.some((v) => v.form === 'ing') && pause && speaks) return before.text === ',' ? before.start : before.end
    if (verbs.some((v) => v.form !== 'ing' && v.form !== 'base') && /^(?:and|but)$/.test(before.lower) && speaks && i > cueAt + 3)
      return (tokens[i - 2]?.text === ',' ? (tokens[i - 2] as Token) : before).start
    // "…, the harbour master said the light was …": a speaker of its own begins another statement.
    if (verbs.some((v) => v.classes.has('say') && (v.form === 'past' || v.form === 's')) && i > cueAt + 4) {
      const comma = tokens.slice(cueAt, i).findLastIndex((t) => t.text === ',')
      const opener = tokens[cueAt + comma + 1]
      const named = tokens.slice(cueAt + comma + 1, i).every((t) => /^\p{Lu}/u.test(t.text))
      const short =
        comma > 0 && i - (cueAt + comma) <= 5 && opener && (named || /^(?:the|a|an|he|she|they|it|his|her|their|mr|mrs|ms|dr)\.?$/.test(opener.lower))
      if (short) return (tokens[cueAt + comma] as Token).start
    }
    // ", she said" and ", records show" at the end belong to nobody else.
    if (
      verbs.some((v) => (v.classes.has('say') || v.classes.has('clause')) && v.form !== 'ing') &&
      !AUXILIARIES.has(before.lower) &&
      /^[.,]?$/.test(text.slice(token.end, sentence.end).trim())
    ) {
      const comma = tokens.slice(cueAt, i).findLastIndex((t) => t.text === ',')
      if (comma > 0 && i - (cueAt + comma) <= 6) return (tokens[cueAt + comma] as Token).start
    }
  }
  return sentence.end
}

export function insideQuotation({ quotations }: Clause, token: Token): boolean {
  const around = quotationAt(quotations, token.start)
  return around !== undefined && around.start < token.start && token.end < around.end
}

/** Without white space, and without the marks that only join it to the rest. */
export function clip(text: string, start: number, end: number): Span | null {
  const slice = text.slice(start, end)
  const from = start + (/^[\s,;:—-]+/.exec(slice)?.[0].length ?? 0)
  const to = end - (/[\s,;:—-]+$/.exec(slice)?.[0].length ?? 0)
  return from < to && /[\p{L}\p{N}]/u.test(text.slice(from, to)) ? { start: from, end: to } : null
}

export function trimEnd(text: string, span: Span): Span {
  return /[^.]\.$/.test(text.slice(span.start, span.end)) ? { start: span.start, end: span.end - 1 } : span
}

export function quotationBeginningAt({ quotations, text }: Clause, from: number): Span | null {
  const next = quotations.find((q) => q.start >= from)
  return next && text.slice(from, next.start).trim() === '' ? next : null
}
