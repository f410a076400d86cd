import { z } from 'zod/v4'
import { type AskRequest, MAX_HISTORY, MAX_QUESTION } from '../contract.ts'

/** Messages of a conversation, at most. */
const MAX_MESSAGES = 1000

const Part = z.looseObject({ type: z.string(), text: z.string().optional() })
const Message = z.looseObject({
  role: z.string().describe('What the user says is read, and nothing else.'),
  content: z
    .union([z.string(), z.array(Part)])
    .nullish()
    .describe('A text, or parts of it.'),
})
type Message = z.infer<typeof Message>

/**
 * What is read of OpenAI's request for a chat completion. Unlike everything else that comes in it may hold fields that are not known here: front ends
 * send temperature, tools and whatever the protocol has got since.
 */
export const ChatRequest = z.looseObject({
  messages: z
    .array(Message)
    .max(MAX_MESSAGES)
    .refine((messages) => lastOfUser(messages) !== undefined, 'must hold a message of the user')
    .refine((messages) => partsOf(lastOfUser(messages)).every(({ type }) => type === 'text'), 'of the user must be text: nothing else is read')
    .refine((messages) => textOf(lastOfUser(messages)) !== '', 'must end with a question')
    .refine((messages) => isShort(textOf(lastOfUser(messages))), `must end with a question of at most ${MAX_QUESTION} characters`)
    .describe('The conversation: its last message of the user is the question, those before it are its history.'),
  stream: z.boolean().nullish().describe('Is the answer wanted in chunks?'),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish().describe('With `include_usage` a last chunk has the usage.'),
})
export type ChatRequest = z.infer<typeof ChatRequest>

/** The question that a conversation ends with, and those before it. What others than the user said is not read. */
export function askedIn({ messages }: Pick<ChatRequest, 'messages'>): AskRequest {
  const users = messages.filter(isOfUser)
  const earlier = users.slice(0, -1).map(textOf)
  const history = earlier.filter((text) => text !== '' && isShort(text)).map((question) => ({ question }))
  return { question: textOf(users.at(-1)), history: history.slice(-MAX_HISTORY) }
}

function isOfUser({ role }: Message): boolean {
  return role === 'user'
}

function lastOfUser(messages: Message[]): Message | undefined {
  return messages.findLast(isOfUser)
}

function partsOf(message: Message | undefined): z.infer<typeof Part>[] {
  const content = message?.content ?? ''
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content
}

function textOf(message: Message | undefined): string {
  const texts = partsOf(message).map(({ type, text = '' }) => (type === 'text' ? text : ''))
  return texts.join('\n').trim()
}

function isShort(question: string): boolean {
  return [...question].length <= MAX_QUESTION
}
