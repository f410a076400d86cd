import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { rewriteMessages } from './prompt.ts'
import { ModelFailed, type ReplyOptions, reply } from './reply.ts'

/** Characters of a question that a model completed, at most. */
const LONGEST = 300
/** Characters that it may write: some think aloud first. */
const LONGEST_REPLY = 16_384
/** Anything but a line of text. */
const NOT_TEXT = /[\p{C}\u2028\u2029<>`{}[\]\\]|:\/\//u

/** The question as a model completes it from the ones before; null when what it writes is no question that stands alone. Throws ModelFailed. */
export async function rewritten(model: BaseChatModel, question: string, earlier: string[], options: Omit<ReplyOptions, 'longest'>): Promise<string | null> {
  let text = ''
  try {
    for await (const part of reply(model, rewriteMessages(question, earlier), { ...options, longest: LONGEST_REPLY })) text += part
  } catch (error) {
    if (error instanceof ModelFailed && error.kind === 'too-long') return null
    throw error
  }
  const line = text.replace(/^\s*<think>[\s\S]*?<\/think>/, '').trim()
  const isQuestion = /\p{L}/u.test(line) && [...line].length <= LONGEST && !NOT_TEXT.test(line)
  return isQuestion && line !== question.trim() ? line : null
}
