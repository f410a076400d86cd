import type { Embedder, QuestionVectors } from '../index/embedders/embedder.ts'
import { LastUsed } from './last-used.ts'

/** Questions whose vectors are kept: about 30 kB each. Their characters, at most. */
const KEPT = 500
const LENGTH = 200

/** The same embedder, which keeps the vectors of the last questions: visitors ask the same ones again. Whoever measures it takes the one below. */
export function keepingQuestions(embedder: Embedder): Embedder {
  const kept = new LastUsed<QuestionVectors>(KEPT, LENGTH)
  const embedWords: Embedder['embedWords'] = async (question, signal) => {
    signal?.throwIfAborted()
    const known = kept.get(question)
    if (known) return known
    const vectors = await embedder.embedWords(question, signal)
    kept.keep(question, vectors)
    return vectors
  }
  const embedQuestion: Embedder['embedQuestion'] = async (question, signal) => (await embedWords(question, signal)).question
  return Object.create(embedder, { embedWords: { value: embedWords }, embedQuestion: { value: embedQuestion } }) as Embedder
}
