import { wordsOf } from '../../index/terms.ts'
import type { Evidence } from './evidence.ts'

/** Letters, figures, and the signs that a plain sentence has. Whatever Markdown, HTML or a terminal gives a meaning to is none of them. */
const SENTENCE = /^[\p{L}\p{N}"“„«'‘‚‹(£$€¥][\p{L}\p{M}\p{N} .,;:?!"“”„«»'’‘‚‹›()\-–—…/%&£$€¥+°]*$/u
/** Unseen characters that count as letters, and marks piled on one. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}|\p{M}{2}/u
/** "example.org", "//host", "www", "mailto:", "&amp;", "1. " and "a) " at the beginning. */
const MARKUP =
  /[\p{L}\p{N}-]{2}\.\p{L}{2}|\/\/|\bwww\b|\b(?:javascript|vbscript|data|mailto|tel|file|ftp|blob|https?):\S|&#?\w+;|^(?:\d{1,3}|\p{L})[.)]\s|-{2}|\+{2}/iu
const LATIN = /^[\p{Script=Latin}\p{M}\p{N}'’.,]+$/u

/** Is it a line of text and nothing else? Letters of other scripts, or that only look like letters, must stand in a quote as they are. */
export function isPlainText(text: string, { quotes }: Pick<Evidence, 'quotes'>): boolean {
  if (!SENTENCE.test(text) || UNSEEN.test(text) || MARKUP.test(text) || !/\p{L}{2}/u.test(text)) return false
  return wordsOf(text).every(({ text: word }) => (LATIN.test(word) && word.normalize('NFKC') === word) || quotes.some((quote) => quote.includes(word)))
}
