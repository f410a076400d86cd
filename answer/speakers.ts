import type { Generation } from '../index/generation.ts'
import { Kept } from '../index/kept.ts'
import { personNames } from '../index/names.ts'
import type { StoredSource } from '../index/stored-sources.ts'
import { lettersOf, termsOf, wordsOf } from '../index/terms.ts'
import type { Source, Statement } from '../index/types.ts'
import { isStop } from './question.ts'

const TITLES = new Set(termsOf('councillor mayor mr mrs ms dr capt captain senator sen president prime minister professor prof sir the'))

/**
 * Do the words that a question has for a speaker stand in a statement's speaker and role, or in the outlet's name? "The embassy" said what its
 * spokesperson said, and a body what stands in its own paper. A title alone may be missing there.
 */
export function isSpeaker(asked: string, { speaker, role }: Pick<Statement, 'speaker' | 'role'>, source: Source): boolean {
  const needed = neededFor(asked)
  const held = termsOnce(calledBy(speaker, role))
  const outlet = termsOnce(source.outlet ?? '')
  return needed.length > 0 && needed.every((term) => held.has(term) || outlet.has(term))
}

/** The words that somebody is called by: who "teaches at the school" is its teacher too. */
function calledBy(speaker: string, role: string | null): string {
  const does = /^(\p{Ll}{3,})s\b(?=\s)/u.exec(role ?? '')?.[1]
  return `${speaker} ${role ?? ''}${does ? ` ${does.replace(/e$/, '')}er` : ''}`
}

/** Is a source the paper of the body that is asked for? */
export function isOutlet(asked: string, source: Source): boolean {
  const needed = neededFor(asked)
  const outlet = termsOnce(source.outlet ?? '')
  return needed.length > 0 && needed.every((term) => outlet.has(term))
}

/** Characters of a sentence in which its subject stands. */
const SUBJECT = 70

/** Does a sentence begin with those who are asked for? "The Fishermen's Society, which sounded it, makes it 1.1 metres." */
export function opensWith(asked: string, sentence: string): boolean {
  const needed = neededFor(asked)
  const held = termsIn(sentence.slice(0, SUBJECT))
  return needed.length > 0 && needed.every((term) => held.has(term))
}

/** The passages that hold most of the words for a speaker, at most. */
const NAMING = 20

/** The passages that name a speaker. */
export function passagesNaming(asked: string, generation: Generation): number[] {
  const naming = generation.lexical.find(termsOf(asked).filter((term) => !TITLES.has(term)))
  return naming.best(NAMING).map(({ passage }) => passage)
}

/** The persons whom any source of the record calls so: elsewhere their names alone say who they are. */
export function personsCalled(asked: string, generation: Generation): Set<string> {
  return new Set(known(asked, generation).flatMap(({ name, isPerson, byOutlet }) => (isPerson && !byOutlet ? [name] : [])))
}

/** Who speaks in the record, or whose paper a source is, that words may stand for; the same two sets of words for one speaker give the same. */
export function speakersCalled(asked: string, generation: Generation): string[] {
  return [...new Set(known(asked, generation).map(({ name }) => name))].sort()
}

/** The sources in which somebody speaks whom words may stand for, in order: of many documents the only ones that need to be looked through. */
export function sourcesSpeaking(asked: string, generation: Generation): StoredSource[] {
  const { sourcesOf } = directoryOf(generation)
  const names = new Set(known(asked, generation).flatMap(({ name, speaker }) => [name, speaker]))
  const numbers = new Set([...names].flatMap((name) => sourcesOf.get(name) ?? []))
  return [...numbers].sort((a, b) => a - b).map((number) => generation.sources[number] as StoredSource)
}

interface Entry {
  name: string
  /** The same as statements have it, where the name is in full. */
  speaker: string
  isPerson: boolean
  own: Set<string>
  outlet: Set<string>
}

interface Directory {
  entries: Entry[]
  byTerm: Map<string, number[]>
  /** The numbers of the sources in which a statement has a speaker. */
  sourcesOf: Map<string, number[]>
  /** What a source calls in full who is "the Board" elsewhere in it, by the source's id and the short name. */
  inFull: Map<string, string>
}

const directories = new WeakMap<Generation, Directory>()

/** Every speaker once with each role and outlet, by the terms they are called by; made when a question first needs it. */
function directoryOf(generation: Generation): Directory {
  const made = directories.get(generation)
  if (made) return made
  const entries = new Map<string, Entry>()
  const inFull = new Map<string, string>()
  const sourcesOf = new Map<string, number[]>()
  generation.sources.forEach(({ id, outlet, statements }, number) => {
    const paper = termsOnce(outlet ?? '')
    if (outlet) entries.set(`\n${outlet}`, { name: outlet, speaker: outlet, isPerson: false, own: new Set(), outlet: paper })
    for (const { speaker, role } of statements) {
      const sources = sourcesOf.get(speaker)
      if (!sources) sourcesOf.set(speaker, [number])
      else if (sources.at(-1) !== number) sources.push(number)
      const key = `${speaker}\n${role}\n${outlet}`
      const full = fullName(generation, number, speaker)
      if (full) inFull.set(`${id}\n${speaker}`, full)
      if (entries.has(key) && !full) continue
      entries.set(full ? `${key}\n${id}` : key, {
        name: full ?? speaker,
        speaker,
        isPerson: personNames(speaker)[0] === speaker,
        own: termsOnce(calledBy(full ?? speaker, role)),
        outlet: paper,
      })
    }
  })
  const list = [...entries.values()]
  const byTerm = new Map<string, number[]>()
  list.forEach((entry, i) => {
    for (const term of new Set([...entry.own, ...entry.outlet])) {
      const at = byTerm.get(term)
      if (at) at.push(i)
      else byTerm.set(term, [i])
    }
  })
  const directory = { entries: list, byTerm, sourcesOf, inFull }
  directories.set(generation, directory)
  return directory
}

/** "The Board" where the text has named the Wendmoor River Board: one capitalised word that ends a longer name. */
function fullName(generation: Generation, source: number, speaker: string): string | null {
  if (!/^\p{Lu}\p{Ll}{3,20}$/u.test(speaker)) return null
  return new RegExp(`(?<!\\p{L})(?:\\p{Lu}[\\p{L}'’-]{1,20} ){1,4}${speaker}(?!\\p{L})`, 'u').exec(generation.text(source))?.[0] ?? null
}

/** A statement's speaker as its source names it in full. */
export function inFull(generation: Generation, { speaker }: Pick<Statement, 'speaker'>, source: Source): string {
  return directoryOf(generation).inFull.get(`${source.id}\n${speaker}`) ?? speaker
}

function known(asked: string, generation: Generation): (Entry & { byOutlet: boolean })[] {
  const needed = neededFor(asked)
  const { entries, byTerm } = directoryOf(generation)
  const [rarest, ...others] = needed.map((term) => byTerm.get(term) ?? []).sort((a, b) => a.length - b.length)
  if (!rarest) return []
  const rest = others.map((list) => new Set(list))
  return rarest
    .filter((i) => rest.every((list) => list.has(i)))
    .map((i) => {
      const entry = entries[i] as Entry
      return { ...entry, byOutlet: !needed.every((term) => entry.own.has(term)) }
    })
}

let lastAsked = { words: '', needed: [] as string[] }

/**
 * The terms of the words for a speaker that decide; every statement of the index is compared with the same ones. A name has its own letters:
 * Quarrie is nobody of the quarry, though both have one stem.
 */
function neededFor(asked: string): string[] {
  if (lastAsked.words === asked) return lastAsked.needed
  const words = wordsOf(asked).filter((w) => !isStop(w.text))
  const decisive = words.filter((w) => !termsOf(w.text).every((term) => TITLES.has(term)))
  const isName = !/^the\b/i.test(asked) && decisive.length > 0 && decisive.every((w) => /^\p{Lu}/u.test(w.text))
  const needed = (decisive.length > 0 ? decisive : words).flatMap((w) => (isName ? [asWritten(w.text)] : termsOf(w.text)))
  lastAsked = { words: asked, needed }
  return needed
}

/** A word with its own letters, marked so that it is no term. */
function asWritten(word: string): string {
  return `=${lettersOf(word)}`
}

const termsKept = new Kept(5000, termsIn)

/** The terms of a speaker or outlet, and the words as they are written; the same few stand in most statements. */
function termsOnce(words: string): Set<string> {
  return termsKept.of(words)
}

function termsIn(words: string): Set<string> {
  return new Set([...termsOf(words), ...wordsOf(words).map((w) => asWritten(w.text))])
}
