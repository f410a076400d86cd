import { wordsOf } from '../../index/terms.ts'
import type { Evidence } from './evidence.ts'

/** Letters, figures, and the signs that a plain sentence has. Whatever Markdown, HTML or a terminal gives a meaning to is none of them. */
const SENTENCE = /^[\p{L}\p{N}"“„«'‘‚‹(£$€¥][\p{L}\p{M}\p{N} .,;:?!"“”„«»'’‘‚‹›()\-–—…/%&£$€¥+°]*$/u
/** Unseen characters that count as letters, and marks piled on one. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}|\p{M}{2}/u
/** "example.org" and "t.co", though not "J. Smith" or "U.S."; "//host", "www", "mailto:", "&amp;". */
const MARKUP = /[\p{L}\p{M}\p{N}-]\.\p{L}{2}|\/\/|\bwww\b|\b(?:javascript|vbscript|data|mailto|tel|file|ftp|blob|https?):\S|&#?\w+;|-{2}|\+{2}/iu
/** "1. " and "a) " at the beginning, though not the initial of a name. */
const LIST = /^(?:\d{1,3}[.)]|\p{L}\)|\p{Ll}\.|\p{Lu}\.(?!\s\p{Lu}))\s/u
const LATIN = /^[\p{Script=Latin}\p{M}\p{N}'’.,]+$/u

/** Is it a line of text and nothing else? Letters of other scripts, or that only look like letters, must stand in a quote as they are. */
export function isPlainText(text: string, { quotes }: Pick<Evidence, 'quotes'>): boolean {
  if (!SENTENCE.test(text) || hasMarkup(text) || !/\p{L}{2}/u.test(text)) return false
  return wordsOf(text).every(({ text: word }) => (LATIN.test(word) && word.normalize('NFKC') === word) || quotes.some((quote) => quote.includes(word)))
}

/** Is there a link, a domain, or what Markdown and HTML give a meaning to, or what is not seen? */
export function hasMarkup(text: string): boolean {
  return UNSEEN.test(text) || MARKUP.test(text) || LIST.test(text)
}
