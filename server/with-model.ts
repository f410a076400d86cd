import type { ProseSentence } from '../answer/prose/sentence.ts'
import type { Answer, AskRequest } from './contract.ts'
import type { LanguageModel } from './language-model.ts'

interface Asked extends Pick<AskRequest, 'question' | 'history'> {
  gone: AbortSignal
  /** Answers another question, which leans on no other. */
  again: (question: string) => Promise<Answer>
}

/** An answer, or a better one: to a follow-up that the rules did not understand, as the model completes it. */
export async function understood(first: Answer, model: LanguageModel, { question, history = [], gone, again }: Asked): Promise<Answer> {
  if (history.length === 0 || first.status !== 'not-on-record') return first
  const earlier = history.map((turn) => turn.question)
  const completed = await model.completed(question, earlier, gone)
  // The first one stands when there is no room for another.
  const second = completed === null ? first : await again(completed).catch(() => first)
  return second.status === 'not-on-record' ? first : second
}

/** An answer with what the model writes of it; `proven` is told each sentence at once. */
export async function withProse(answer: Answer, model: LanguageModel, gone: AbortSignal, proven?: (sentence: ProseSentence) => void): Promise<Answer> {
  if (answer.status === 'not-on-record') return answer
  const began = performance.now()
  const sentences: ProseSentence[] = []
  for await (const sentence of model.prose(answer, gone)) {
    sentences.push(sentence)
    proven?.(sentence)
  }
  const timings = { ...answer.timings, prose: Math.round(performance.now() - began) }
  return { ...answer, ...(sentences.length > 0 && { prose: { sentences } }), timings }
}
