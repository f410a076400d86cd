import { ask } from '../../answer/ask.ts'
import type { Embedder } from '../../index/embedders/embedder.ts'
import type { Generation } from '../../index/generation.ts'

/** ms that searching by vector and by words takes of a question, in this process: the answers' own times tell only both together. */
export interface SearchTimes {
  dense: number
  lexical: number
}

export async function searchTimes(generation: Generation, embedder: Embedder, questions: string[]): Promise<SearchTimes> {
  const { store, lexical } = generation
  const spent: SearchTimes = { dense: 0, lexical: 0 }
  const timed = <A extends unknown[], R>(stage: keyof SearchTimes, call: (...args: A) => R) => {
    return (...args: A): R => {
      const began = performance.now()
      const result = call(...args)
      spent[stage] += performance.now() - began
      return result
    }
  }
  const [nearest, find] = [store.nearest, lexical.find]
  store.nearest = timed('dense', nearest.bind(store))
  lexical.find = timed('lexical', find.bind(lexical))
  try {
    for (const question of questions) await ask(generation, embedder, question)
  } finally {
    Object.assign(store, { nearest })
    Object.assign(lexical, { find })
  }
  return { dense: spent.dense / questions.length, lexical: spent.lexical / questions.length }
}
