import { sentencesOf } from '../index/sentences.ts'
import { termsOf } from '../index/terms.ts'
import type { Source } from '../index/types.ts'
import type { Figure } from './figures.ts'
import { questionBefore } from './gain.ts'
import type { Quantity } from './quantity.ts'
import { coverage } from './select.ts'

/** The terms of a question that say of what a figure is asked, with their idf: its unit and the asking are left out. */
export function subjectOf(idf: Map<string, number>, quantity: Quantity): Map<string, number> {
  return new Map([...idf].filter(([term]) => !quantity.asks.has(term) && !quantity.units.has(term)))
}

const PRICED =
  /\b(?:costs?|priced?|prices|estimates?d?|figures?|puts?|bill|budget|quoted|worth|reckons?|sum|tender|expensive|cheap|nearer|charges?|would take|done for|pay)\b/i

/** How far the surroundings of a figure are about a subject, by idf: its sentence, the one before it, and the question it answers; 1 for no subject. */
export function aboutSubject(passage: string, at: number, figure: Figure, source: Source, subject: Map<string, number>): number {
  if (subject.size === 0) return 1
  const sentences = sentencesOf(passage)
  const i = sentences.findIndex((sentence) => sentence.start <= at && at < sentence.end)
  const around = [sentences[i - 1], sentences[i]].map((sentence) => (sentence ? passage.slice(sentence.start, sentence.end) : '')).join(' ')
  const near = coverage(termsOf(`${around} ${questionBefore(passage, at) ?? ''}`), subject)
  // A price is often given without a word of what is priced: then it is that of what the whole text is about.
  const price = (figure.kind === 'money' || figure.unit === null) && PRICED.test(around)
  return price ? Math.max(near, coverage(termsOf(`${around} ${source.title}`), subject)) : near
}
