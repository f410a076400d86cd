import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { isStop } from '../../index/stop-words.ts'
import { lettersOf, termOf, wordsOf } from '../../index/terms.ts'
import { numbersAreThere } from './numbers.ts'
import { hasMarkup } from './plain.ts'
import { rewriteMessages } from './prompt.ts'
import { quotationsAreThere } from './quotations.ts'
import { ModelFailed, type ReplyOptions, reply } from './reply.ts'

/** Characters of a question that a model completed, at most. */
const LONGEST = 300
/** Characters that it may write: some think aloud first. */
const LONGEST_REPLY = 16_384
/** A line of words and figures, with what stands between them. */
const LINE = /^[\p{L}\p{M}\p{N}\p{P}\p{Sc} +°]+$/u
const NOT_TEXT = /[{}[\]\\_*#@]/
const CAPITAL = /\p{Lu}/u

/** The question as a model completes it from the ones before; null when what it writes is no question of the reader's own words. Throws ModelFailed. */
export async function rewritten(model: BaseChatModel, question: string, earlier: string[], options: Omit<ReplyOptions, 'longest'>): Promise<string | null> {
  let text = ''
  try {
    for await (const part of reply(model, rewriteMessages(question, earlier), { ...options, longest: LONGEST_REPLY })) text += part
  } catch (error) {
    if (error instanceof ModelFailed && error.kind === 'too-long') return null
    throw error
  }
  const line = text.replace(/^\s*<think>[\s\S]*?<\/think>/, '').trim()
  return line !== question.trim() && isOfWordsOf(line, [question, ...earlier]) ? line : null
}

/**
 * Is it a line of text whose numbers, names and other words are all in these questions, and that quotes nobody? It is shown as what the reader
 * asked, so a model may put their words together and add none but the commonest.
 */
function isOfWordsOf(line: string, questions: string[]): boolean {
  if (!/\p{L}/u.test(line) || [...line].length > LONGEST || !LINE.test(line) || NOT_TEXT.test(line) || hasMarkup(line)) return false
  const words = questions.flatMap((each) => wordsOf(each).map(({ text }) => text))
  const [written, terms] = [new Set(words.map(lettersOf)), new Set(words.map(termOf))]
  // "Will" and "May" are names where they do not begin a question.
  const isKnown = (word: string, i: number) => (i > 0 && CAPITAL.test(word) ? written.has(lettersOf(word)) : isStop(word)) || terms.has(termOf(word))
  return (
    wordsOf(line).every(({ text }, i) => isKnown(text, i)) && quotationsAreThere(line, { quotes: [] }) && numbersAreThere(line, { quotes: questions, days: [] })
  )
}
