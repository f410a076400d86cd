import { readSet } from '../eval/cases.ts'
import type { Generation } from '../index/generation.ts'
import { wordsOf } from '../index/terms.ts'

const BEGINNINGS = ['What is said about', 'Who says that', 'When was it that', 'Why is it that', 'How does the record tell of', 'Where is it that']
/** Words of the documents in a question: with a beginning about as many as people use. */
const WORDS = [6, 8, 5, 7, 9]

/** The questions of a set, each once. */
export async function questionsOfSet(file: string): Promise<string[]> {
  return [...new Set((await readSet(file)).cases.map(({ question }) => question))]
}

/** Questions made of running words of the documents, so many that none comes twice in a run; spread over all documents from the first on. */
export function questionsOf(generation: Generation): string[] {
  const words = generation.sources.map((_, source) => wordsOf(generation.text(source)).map(({ text }) => text))
  const longest = Math.max(...words.map((all) => all.length))
  const questions = new Set<string>()
  for (const [round, beginning] of BEGINNINGS.entries()) {
    for (let at = 0; at < longest; at++) {
      for (const all of words) {
        const count = WORDS[(at + round) % WORDS.length] as number
        if (at + count <= all.length) questions.add(`${beginning} ${all.slice(at, at + count).join(' ')}?`)
      }
    }
  }
  return [...questions]
}
