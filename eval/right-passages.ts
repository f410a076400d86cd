import type { GenerationReader } from '../index/reader.ts'
import type { Gold } from './types.ts'
import { squash } from './words.ts'

/** The numbers of the passages of an index that hold what answers a question. */
export type RightPassages = (gold: Gold) => Promise<number[]>

/** Finds them; the words of a passage are squashed once. */
export async function rightPassagesIn(generation: GenerationReader): Promise<RightPassages> {
  const words = new Map<number, string>()
  const known = new Map<string, number[]>()
  const sources = await generation.list(0, Number.MAX_SAFE_INTEGER)
  const wordsOf = (passage: number) => words.get(passage) ?? ''
  const passagesOf = async (doc: string) => {
    const passages: number[] = []
    for (const source of sources.filter(({ path }) => isDocument(path, doc))) {
      for (const passage of await generation.passagesOf(source)) {
        const { start, end } = generation.passage(passage)
        words.set(passage, squash(generation.text(generation.sourceOf(passage)).slice(start, end)))
        passages.push(passage)
      }
    }
    known.set(doc, passages)
    return passages
  }
  return async ({ doc, within, accepted }) =>
    (known.get(doc) ?? (await passagesOf(doc))).filter((passage) => {
      const held = wordsOf(passage)
      // A paragraph is part of a passage, or, when it is long, a passage is part of it.
      const isThere = within === null || within.includes(held) || held.includes(within)
      return isThere && accepted.some((answer) => held.includes(answer))
    })
}

/** Is a source the document of a set? */
export function isDocument(path: string, doc: string): boolean {
  return path === doc || path.endsWith(`/${doc}`)
}
