import { z } from 'zod/v4'
import { Answer } from '../contract.ts'

const made = {
  id: z.string().describe('Of this reply.'),
  created: z.int().describe('Seconds since 1970.'),
  model: z.literal('onrecord').describe('The one model there is: the record.'),
}
const usage = z.looseObject({}).describe('Zeros: no model counts tokens here.')

/** What a chat completion is, as far as we make it. */
export const ChatCompletion = z.strictObject({
  ...made,
  object: z.literal('chat.completion').describe('What it is.'),
  choices: z
    .array(
      z.strictObject({
        index: z.literal(0).describe('The only one.'),
        message: z
          .strictObject({
            role: z.literal('assistant').describe('Who speaks.'),
            content: z.string().describe('The quotes with their numbers, and then what they were taken from.'),
            refusal: z.null().describe('None.'),
          })
          .describe('The answer in words.'),
        logprobs: z.null().describe('None.'),
        finish_reason: z.literal('stop').describe('It is whole.'),
      }),
    )
    .describe('One.'),
  usage,
  onrecord: Answer.describe('The answer with its citations.'),
})

export const Models = z.strictObject({
  object: z.literal('list').describe('What it is.'),
  data: z.array(z.looseObject({})).describe('The one model there is.'),
})

export const Model = z.looseObject({ id: z.literal('onrecord').describe('Its name.') })

/** What goes wrong, as OpenAI's clients read it. */
export const OpenAiError = z.strictObject({
  error: z
    .strictObject({
      message: z.string().describe('For a person.'),
      type: z.string().describe('What sort of error it is.'),
      param: z.string().nullable().describe('The field of the request that is wrong, where one is.'),
      code: z.string().nullable().describe('The name of the problem: the last part of its type.'),
    })
    .describe('What went wrong.'),
})

/** A message of JSON-RPC, as the Model Context Protocol has them. */
export const JsonRpc = z.looseObject({
  jsonrpc: z.literal('2.0').describe('The version of JSON-RPC.'),
  id: z.union([z.string(), z.number(), z.null()]).optional().describe('Of a request, and of the reply to it.'),
  method: z.string().optional().describe('Of a request: initialize, tools/list, tools/call and so on.'),
})
