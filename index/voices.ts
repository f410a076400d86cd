import { Kept } from './kept.ts'
import { isStop } from './stop-words.ts'
import { lettersOf, termOf, termsOf, wordsOf } from './terms.ts'
import type { Source, Statement } from './types.ts'

/** Somebody who speaks in the record in a role and an outlet, or whose paper a source is. */
export interface Voice {
  name: string
  /** The same as statements have it, where the name is in full. */
  speaker: string
  isPerson: boolean
  /** Terms that the speaker is called by, and those of the outlet. */
  own: ReadonlySet<string>
  outlet: ReadonlySet<string>
}

const TITLES = new Set(termsOf('councillor mayor mr mrs ms dr capt captain senator sen president prime minister professor prof sir the'))

/** Is a term only somebody's title? */
export function isTitle(term: string): boolean {
  return TITLES.has(term)
}

/**
 * Do the words that a question has for a speaker stand in a statement's speaker and role, or in the outlet's name? "The embassy" said what its
 * spokesperson said, and a body what stands in its own paper. A title alone may be missing there.
 */
export function isSpeaker(asked: string, { speaker, role }: Pick<Statement, 'speaker' | 'role'>, { outlet }: Pick<Source, 'outlet'>): boolean {
  const needed = neededFor(asked)
  const held = termsOnce(calledBy(speaker, role))
  const paper = termsOnce(outlet ?? '')
  return needed.length > 0 && needed.every((term) => held.has(term) || paper.has(term))
}

/** Is a source the paper of the body that is asked for? */
export function isOutlet(asked: string, { outlet }: Pick<Source, 'outlet'>): boolean {
  const needed = neededFor(asked)
  const paper = termsOnce(outlet ?? '')
  return needed.length > 0 && needed.every((term) => paper.has(term))
}

/** The words that somebody is called by: who "teaches at the school" is its teacher too. */
export function calledBy(speaker: string, role: string | null): string {
  const does = /^(\p{Ll}{3,})s\b(?=\s)/u.exec(role ?? '')?.[1]
  return `${speaker} ${role ?? ''}${does ? ` ${does.replace(/e$/, '')}er` : ''}`
}

/** What stands before the last word of a longer name, and its characters at most; a letter may take two of them. */
const FIRST_WORDS = /(?<!\p{L})(?:\p{Lu}[\p{L}'’-]{1,20} ){1,4}$/u
const FIRST_WORDS_LENGTH = 4 * (2 * 21 + 1)

/**
 * "The Board" where the text has named the Wendmoor River Board: what ends a longer name; `speaker` is one that may. The expression is the
 * same for every speaker, since compiling one takes longer than looking through a text.
 */
export function fullName(text: string, speaker: string): string | null {
  for (let at = text.indexOf(` ${speaker}`) + 1; at > 0; at = text.indexOf(` ${speaker}`, at) + 1) {
    const after = at + speaker.length
    if (/^\p{L}/u.test(text.slice(after, after + 2))) continue
    const before = FIRST_WORDS.exec(text.slice(Math.max(0, at - FIRST_WORDS_LENGTH - 2), at))
    if (before) return before[0] + speaker
  }
  return null
}

/** May a name be the end of a longer one: is it one capitalised word? */
export function mayBeShort(speaker: string): boolean {
  return /^\p{Lu}\p{Ll}{3,20}$/u.test(speaker)
}

/** Tells a speaker's name as the text has it in full; each is looked for once. */
export function namesIn(text: string): (speaker: string) => string {
  const known = new Map<string, string>()
  return (speaker) => {
    let name = known.get(speaker)
    if (name === undefined) {
      name = (mayBeShort(speaker) ? fullName(text, speaker) : null) ?? speaker
      known.set(speaker, name)
    }
    return name
  }
}

let lastAsked = { words: '', needed: [] as string[] }

/**
 * The terms of the words for a speaker that decide; every statement of the index is compared with the same ones. A name has its own letters:
 * Quarrie is nobody of the quarry, though both have one stem.
 */
export function neededFor(asked: string): string[] {
  if (lastAsked.words === asked) return lastAsked.needed
  const words = wordsOf(asked).filter((w) => !isStop(w.text))
  const decisive = words.filter((w) => !termsOf(w.text).every(isTitle))
  const isName = !/^the\b/i.test(asked) && decisive.length > 0 && decisive.every((w) => /^\p{Lu}/u.test(w.text))
  const needed = (decisive.length > 0 ? decisive : words).flatMap((w) => (isName ? [asWritten(w.text)] : termsOf(w.text)))
  lastAsked = { words: asked, needed }
  return needed
}

/** A word with its own letters, marked so that it is no term. */
function asWritten(word: string): string {
  return `=${lettersOf(word)}`
}

const kept = new Kept(5000, termsIn)

/** The terms of a speaker or outlet, and the words as they are written; the same few stand in most statements. */
export function termsOnce(words: string): ReadonlySet<string> {
  return kept.of(words)
}

/** Terms of words, and the words as they are written. */
export function termsIn(words: string): ReadonlySet<string> {
  const terms = new Set<string>()
  for (const { text } of wordsOf(words)) {
    const term = termOf(text)
    if (term !== '') terms.add(term)
    terms.add(asWritten(text))
  }
  return terms
}
