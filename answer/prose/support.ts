import { languageOf } from '../../index/language.ts'
import { MEASURED } from '../../index/languages.ts'
import { isStop } from '../../index/stop-words.ts'
import { termOf, termsOf, wordsOf } from '../../index/terms.ts'
import type { Evidence } from './evidence.ts'

/** The share of a sentence's words that must stand in what it cites: a sentence about something else is no answer from the quotes. */
const LEAST = 0.5
/** Words that tell of a quote without being in it. */
const TELLING = new Set(
  termsOf(
    'according said say says saying told tell stated states statement reported reports report described describes noted notes added adds explained explains argued argues warned warns claimed claims denied denies confirmed announced called wrote asked answered also however record quote quoted',
  ),
)
/** Letters from which a language is told. */
const LETTERS = 250
const CAPITAL = /\p{Lu}/u
const ONLY_LETTERS = /^\p{L}{2,}(?:['’]\p{L}+)?$/u
const QUOTED = /["“„«][^"“”„«»]*["“”»]/g

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

/**
 * Is it English? Numbers in words are known of nothing else. Names and quotations are of any language, so the rest tells; of a short sentence
 * the trigrams say little, so one is English as well that shares most of its words with what it cites, when that is.
 */
export function isEnglish(text: string, { all }: Pick<Evidence, 'all'>): boolean {
  const words = wordsOf(text.replace(QUOTED, ' ')).flatMap(({ text: word }, i) => ((i > 0 && CAPITAL.test(word)) || !ONLY_LETTERS.test(word) ? [] : [word]))
  const after = words.filter((word) => !CAPITAL.test(word))
  const isCommon = (word: string) => isStop(word) || TELLING.has(termOf(word))
  if ((after.length > 0 && after.every(isCommon)) || isInEnglish(words.join(' '))) return true
  const known = new Set(all.flatMap(termsOf))
  return after.filter((word) => isCommon(word) || known.has(termOf(word))).length >= LEAST * after.length && isInEnglish(all.join(' '))
}

/** A short text is repeated until a language can be told. */
function isInEnglish(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  return letters > 0 && languageOf(`${text} `.repeat(Math.ceil(LETTERS / letters))) === MEASURED
}
