import { createRequire } from 'node:module'

export type Tagger = typeof import('compromise')['default']

let tagger: Tagger | undefined

/**
 * What tags the words of English, read when it is first needed: that takes 0.4 s of a processor. By `require` it comes as one file, which
 * takes two thirds of the time that its many modules do.
 */
export function wordTagger(): Tagger {
  tagger ??= createRequire(import.meta.url)('compromise') as Tagger
  return tagger
}

/** The tags that a word, in small letters, has in the lexicon; none when it is not there. */
export function lexiconTags(word: string): string[] {
  const { one } = wordTagger().model() as { one: { lexicon: Record<string, string | string[]> } }
  return Object.hasOwn(one.lexicon, word) ? [one.lexicon[word] as string | string[]].flat() : []
}
