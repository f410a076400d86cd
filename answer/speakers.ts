import type { GenerationReader } from '../index/reader.ts'
import { termsOf } from '../index/terms.ts'
import { isTitle, neededFor, termsIn } from '../index/voices.ts'

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

/** The passages that name a speaker, which are brought. */
export async function passagesNaming(asked: string, reader: GenerationReader): Promise<number[]> {
  const naming = await reader.matching(termsOf(asked).filter((term) => !isTitle(term)))
  const passages = naming.best(NAMING).map(({ passage }) => passage)
  await reader.bring(passages)
  return passages
}

/** The persons whom any source of the record calls so: elsewhere their names alone say who they are. */
export async function personsCalled(asked: string, reader: GenerationReader): Promise<Set<string>> {
  const needed = neededFor(asked)
  const voices = await reader.voices(needed)
  return new Set(voices.flatMap(({ name, isPerson, own }) => (isPerson && needed.every((term) => own.has(term)) ? [name] : [])))
}

/** Who speaks in the record, or whose paper a source is, that words may stand for; the same two sets of words for one speaker give the same. */
export async function speakersCalled(asked: string, reader: GenerationReader): Promise<string[]> {
  const voices = await reader.voices(neededFor(asked))
  return [...new Set(voices.map(({ name }) => name))].sort()
}
