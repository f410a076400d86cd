import { termsOf, wordsOf } from '../../index/terms.ts'
import { isStop } from '../question.ts'
import type { Evidence } from './evidence.ts'

/** The share of a sentence's words that must stand in what it cites: a sentence about something else is no answer from the quotes. */
const LEAST = 0.5
/** Words that tell of a quote without being in it. */
const TELLING = new Set(
  termsOf(
    'according said say says saying told tell stated states statement reported reports report described describes noted notes added adds explained explains argued argues warned warns claimed claims denied denies confirmed announced called wrote asked answered also however record quote quoted',
  ),
)
/** Words that no English sentence does without, and that hardly another language has. */
const ENGLISH = /\b(?:the|of|and|that|with|which|this|have|from|been|would|their|they|are|by|is|it|its|has|had|said|says|to|at|on|for|as|were|not|who)\b/i

/** Are most of its words in what it cites? */
export function isSupported(text: string, { all }: Pick<Evidence, 'all'>): boolean {
  const known = new Set(all.flatMap(termsOf))
  const terms = termsOf(
    wordsOf(text)
      .filter(({ text: word }) => !isStop(word))
      .map(({ text: word }) => word)
      .join(' '),
  ).filter((term) => !TELLING.has(term))
  return terms.filter((term) => known.has(term)).length >= LEAST * terms.length
}

/** Numbers in words are known of English only. */
export function isEnglish(text: string): boolean {
  return ENGLISH.test(text)
}
