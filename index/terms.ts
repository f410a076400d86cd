import { stemmer } from 'stemmer'
import { Kept } from './kept.ts'

/** Raised whenever the terms of the same text would come out otherwise. */
export const TERMS_VERSION = 2

/** Letters with their marks, and figures; within a word also an apostrophe, a full stop ("U.S", "3.4") or a comma before three figures. */
const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:(?:['’.]|,(?=\d{3}(?!\d)))[\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*/gu
/** Accents, and the points of Hebrew and Arabic. Marks of other scripts are vowels (Thai, Devanagari) or make other letters (kana). */
const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]+/g
const WITHOUT_SPACES = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
/** Made when it is needed: that takes longer than all else here. */
let segmenter: Intl.Segmenter | undefined

export interface Word {
  text: string
  start: number
}

/** The words of a text as they are written. Scripts without spaces are divided by Unicode's dictionaries. */
export function wordsOf(text: string): Word[] {
  if (WITHOUT_SPACES.test(text)) {
    segmenter ??= new Intl.Segmenter(undefined, { granularity: 'word' })
    return [...segmenter.segment(text)].filter((s) => s.isWordLike).map((s) => ({ text: s.segment, start: s.index }))
  }
  return Array.from(text.matchAll(WORD), (match) => ({ text: match[0], start: match.index }))
}

/** Words whose terms are kept, and their letters at most: the same few thousand are most of any text. */
const KEPT = 20_000
const LONGEST = 40
const terms = new Kept(KEPT, foldedOf)

/** What a word is searched by: without case, accents and possessive, its English endings folded by Porter's stemmer (1980). */
export function termOf(word: string): string {
  return word.length > LONGEST ? foldedOf(word) : terms.of(word)
}

function foldedOf(word: string): string {
  const plain = lettersOf(word)
  if (/^\d/.test(plain)) return plain.replaceAll(',', '')
  const term = plain.replace(/['’.]/g, '')
  return /^[a-z]{3,}$/.test(term) ? stemmer(term) : term
}

/** A word without case, accents and possessive. */
export function lettersOf(word: string): string {
  return word
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/['’]s?$/, '')
}

/** The terms of a text, in order. */
export function termsOf(text: string): string[] {
  return wordsOf(text)
    .map((word) => termOf(word.text))
    .filter((term) => term !== '')
}
