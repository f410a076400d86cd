import type { Generation } from '../index/generation.ts'
import type { StoredSource } from '../index/stored-sources.ts'
import type { Gold } from './types.ts'
import { squash } from './words.ts'

/** The numbers of the passages of an index that hold what answers a question. */
export type RightPassages = (gold: Gold) => number[]

/** Finds them; the words of a passage are squashed once. */
export function rightPassagesIn(generation: Generation): RightPassages {
  const words = new Map<number, string>()
  const sources = new Map<string, StoredSource[]>()
  const wordsOf = (passage: number) => {
    const known = words.get(passage)
    if (known !== undefined) return known
    const { start, end } = generation.passage(passage)
    const found = squash(generation.text(generation.sourceOf(passage)).slice(start, end))
    words.set(passage, found)
    return found
  }
  return ({ doc, within, accepted }) => {
    const known = sources.get(doc) ?? generation.sources.filter((source) => isDocument(source.path, doc))
    sources.set(doc, known)
    return known
      .flatMap((source) => Array.from({ length: source.passages }, (_, i) => source.firstPassage + i))
      .filter((passage) => {
        const held = wordsOf(passage)
        // A paragraph is part of a passage, or, when it is long, a passage is part of it.
        const isThere = within === null || within.includes(held) || held.includes(within)
        return isThere && accepted.some((answer) => held.includes(answer))
      })
  }
}

/** Is a source the document of a set? */
export function isDocument(path: string, doc: string): boolean {
  return path === doc || path.endsWith(`/${doc}`)
}
