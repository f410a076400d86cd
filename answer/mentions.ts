import { isRole, personNames } from '../index/names.ts'
import type { GenerationReader } from '../index/reader.ts'
import { isStop } from '../index/stop-words.ts'
import type { Span } from '../index/types.ts'
import { speakersCalled } from './speakers.ts'

/** Words of a question that stand for somebody who may have said something. */
export interface Mention extends Span {
  words: string
  /** Whom the record has for these words; empty for a person that it does not know as a speaker. */
  speakers: string[]
}

/** Words of a name or description, at most. */
const LONGEST = 8
const WORD = /[\p{L}\p{N}](?:[\p{L}\p{N}'’&-]|\.(?=\s+\p{Lu}|\p{L}))*/gu
const BODY =
  /^(?:association|council|board|union|committee|panel|group|company|firm|society|party|government|ministry|embassy|court|club|trust|service|agency|authority|department|office|police|church|campaign|alliance|federation|commission|parliament|senate|residents|neighbou?rs|parents|staff|critics|opponents|supporters|press|paper|team|community|council's|\p{L}+(?:men|women|ers|ors|ists|ants))$/iu
const TITLE =
  /^(?:mr|mrs|ms|dr|prof|sir|dame|capt|captain|councillor|mayor|senator|president|minister|bishop|judge|justice|professor|chief|colonel|general|reverend|rev)\.?$/i

/** Everybody whom a question names, in its order, the longest words for each. */
export async function mentionsIn(question: string, generation: GenerationReader): Promise<Mention[]> {
  const words = Array.from(question.matchAll(WORD), (m) => ({ text: m[0], start: m.index, end: m.index + m[0].length }))
  const found: Mention[] = []
  for (let i = 0; i < words.length; i++) {
    const longest = runFrom(words, i, question)
    for (let n = longest; n >= 1; n--) {
      const [first, last] = [words[i], words[i + n - 1]]
      if (!first || !last) continue
      const mention = await mentionOf(question.slice(first.start, last.end), first, last, generation)
      if (!mention) continue
      found.push(mention)
      i += n - 1
      break
    }
  }
  return found
}

interface Word extends Span {
  text: string
}

/** How many words from the i-th on may belong together: no mark but a space stands between them. */
function runFrom(words: Word[], i: number, question: string): number {
  let n = 1
  while (n < LONGEST && i + n < words.length && /^\s$/.test(question.slice((words[i + n - 1] as Word).end, (words[i + n] as Word).start))) n++
  return n
}

async function mentionOf(words: string, first: Word, last: Word, generation: GenerationReader): Promise<Mention | null> {
  const described = /^(?:the|its|their|his|her)$/i.test(first.text)
  if (isStop(last.text) || (described && first === last)) return null
  const named = /^\p{Lu}/u.test(first.text) && !isStop(first.text)
  const plain = last.text.replace(/['’]s?$/, '')
  if (described ? !(/^\p{Lu}/u.test(last.text) || isRole(plain.replace(/s$/, '')) || BODY.test(plain)) : !named) return null
  // "Garrick change": every word of a name has its capital, but those that join them.
  if (named && words.split(' ').some((word) => !/^[\p{Lu}\d&]/u.test(word) && !/^(?:of|for|the|and|de|van|von|al)$/.test(word))) return null
  if (words.includes(' ') && TITLE.test(last.text)) return null
  const span = { start: first.start, end: last.end, words: words.replace(/['’]s?$/, '') }
  const speakers = await speakersCalled(words, generation)
  // "Sorrel and Pike" is one when somebody is called so, and else two.
  const one = !/\band\b/i.test(words) || speakers.some((name) => name.toLowerCase().includes(span.words.toLowerCase().replace(/^the /, '')))
  if (speakers.length > 0 && one) return { ...span, speakers }
  return named && isPersonName(span.words) ? { ...span, speakers: [] } : null
}

function isPersonName(words: string): boolean {
  const [first = '', ...rest] = words.split(' ')
  return personNames(words)[0] === words || (TITLE.test(first) && rest.length > 0 && rest.every((word) => /^\p{Lu}\p{Ll}/u.test(word)))
}
