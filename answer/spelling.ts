import type { GenerationReader } from '../index/reader.ts'
import type { Question } from './question.ts'

/** Letters of a word that is worth correcting, at least. */
const SHORTEST = 6

/**
 * Reads words of the question that stand in no passage as the word they were probably meant to be: one letter off, or the same letters
 * in another order ("Ghandi"). Only the search changes; the question keeps its words.
 */
export async function correctSpelling(question: Question, lexicon: Pick<GenerationReader, 'unheld' | 'similar'>): Promise<Question> {
  const meant = new Map<string, string>()
  for (const term of await lexicon.unheld(question.terms.filter((term) => term.length >= SHORTEST && /^\p{L}+$/u.test(term)))) {
    const best = (await lexicon.similar(term)).find((other) => isSlip(term, other))
    if (best !== undefined) meant.set(term, best)
  }
  if (meant.size === 0) return question
  const read = (terms: string[]) => [...new Set(terms.map((term) => meant.get(term) ?? term))]
  return { ...question, terms: read(question.terms), anchors: question.anchors.map((anchor) => ({ ...anchor, terms: read(anchor.terms) })) }
}

/** Is one word a slip of the pen for the other? */
export function isSlip(word: string, other: string): boolean {
  if (word[0] !== other[0] || other.length < SHORTEST - 1) return false
  return sorted(word) === sorted(other) || oneLetterOff(word, other)
}

function sorted(word: string): string {
  return [...word].sort().join('')
}

/** One letter more, fewer or another. */
function oneLetterOff(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (long.length - short.length > 1) return false
  let at = 0
  while (at < short.length && short[at] === long[at]) at++
  return short.slice(long.length === short.length ? at + 1 : at) === long.slice(at + 1)
}
