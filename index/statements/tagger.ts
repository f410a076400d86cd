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
