import type { Answer } from '../contract.ts'
import { paragraphsOf } from './in-words.ts'

/** The one model that there is. */
export const MODEL = 'onrecord'

/** No model counts tokens here. */
const USAGE = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }

export interface Made {
  id: string
  /** Seconds since 1970. */
  created: number
  answer: Answer
}

/** OpenAI's `chat.completion`; `onrecord` holds the whole answer. */
export function completionOf({ id, created, answer }: Made) {
  const message = { role: 'assistant', content: paragraphsOf(answer).join('\n\n'), refusal: null }
  const choices = [{ index: 0, message, logprobs: null, finish_reason: 'stop' }]
  return { id, object: 'chat.completion', created, model: MODEL, choices, usage: USAGE, onrecord: answer }
}

/** The same as a stream of `chat.completion.chunk`s, a paragraph each; the last one holds the whole answer, and the usage where that is asked for. */
export function chunksOf({ id, created, answer }: Made, { usage }: { usage: boolean }) {
  const chunk = (choices: object[], more: object = {}) => ({ id, object: 'chat.completion.chunk', created, model: MODEL, choices, ...more })
  const delta = (part: object, finish_reason: string | null = null) => [{ index: 0, delta: part, logprobs: null, finish_reason }]
  const none = usage ? { usage: null } : {}
  return [
    chunk(delta({ role: 'assistant', content: '' }), none),
    ...paragraphsOf(answer).map((text, i) => chunk(delta({ content: i === 0 ? text : `\n\n${text}` }), none)),
    chunk(delta({}, 'stop'), usage ? none : { onrecord: answer }),
    ...(usage ? [chunk([], { usage: USAGE, onrecord: answer })] : []),
  ]
}
