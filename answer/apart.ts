import { dayOf } from '../index/days.ts'
import type { GenerationReader } from '../index/reader.ts'
import { overlaps } from '../index/spans.ts'
import { termsOf } from '../index/terms.ts'
import type { Quote } from './quotes.ts'
import { type Measured, withContext } from './same-thing.ts'
import { coverage } from './select.ts'
import type { Said } from './voice.ts'

/** What one speaker said, or what was said on one day. */
export interface Part {
  /** Best first. */
  quotes: Quote[]
  day: string
  speaker: string
}

/** Parts, at most. */
const MOST = 4
/** How far below the best a quote may be: on another day the same speaker may put it otherwise, another speaker may be on another subject. */
const NEAR = { day: 0.25, speaker: 0.08 }
/** The same on another day, where the subject is named in the quote or just before it. */
const ON_SUBJECT = 0.4
/** What a quote on the subject gains among those of its day by speaking of the speaker's own position, and by comparing now with before. */
const POSITION = 0.1
const OWN = /\b(?:I|we|my|our)\b/i
const NOW_AND_BEFORE =
  /\b(?:still|now|today|tonight|no longer|any ?more|since|used to|once|wrong|misjudged|mistaken|chang(?:e|ed)|moved|instead|never|always|then|until|in (?:January|February|March|April|May|June|July|August|September|October|November|December))\b/i

interface Spoken {
  quote: Quote
  day: string
  speaker: string
  onSubject: boolean
  rank: number
}

/**
 * Parts quotes by the day they were said or by who said them, in the order of time; null when all are of one. `figures`: they were chosen
 * for a figure that each gives, so that their scores do not matter.
 */
export function apart(
  generation: GenerationReader,
  quotes: Quote[],
  by: 'day' | 'speaker',
  said: Said,
  subject: Measured['subject'],
  figures: boolean,
): Part[] | null {
  const spoken = quotes.flatMap((quote): Spoken[] => {
    const number = generation.sourceOf(quote.passage)
    const source = generation.source(number)
    const statement = source.statements.find((s) => overlaps(s, quote) && said(s, source))
    const day = dayOf(statement, source)
    const words = generation.text(number).slice(quote.start, quote.end)
    // Who asks gives no account.
    if (!statement || day === null || (by === 'speaker' && /[?]\W*$/.test(words))) return []
    const onSubject = figures || subject.size === 0 || coverage(termsOf(withContext(generation, quote)), subject) > 0
    const position = by === 'day' && onSubject && !figures ? Number(OWN.test(words)) + Number(NOW_AND_BEFORE.test(words)) : 0
    return [{ quote, day, speaker: statement.speaker, onSubject, rank: quote.score + POSITION * position }]
  })
  const best = Math.max(...spoken.map(({ quote }) => quote.score))
  const near = spoken.filter(({ quote, onSubject }) => figures || quote.score >= best - (by === 'day' && onSubject ? ON_SUBJECT : NEAR[by]))
  const parts = new Map<string, Spoken[]>()
  for (const one of near) parts.set(one[by], [...(parts.get(one[by]) ?? []), one])
  if (parts.size < 2) return null
  return [...parts.values()]
    .slice(0, MOST)
    .map((part) => {
      const [{ day, speaker }] = part as [Spoken]
      return { day, speaker, quotes: (figures ? part : part.sort((a, b) => b.rank - a.rank)).map(({ quote }) => quote) }
    })
    .sort((a, b) => (a.day < b.day ? -1 : 1))
}
