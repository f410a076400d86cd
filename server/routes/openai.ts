import { Router } from 'express'
import type { Admission } from '../admission.ts'
import { answerTo } from '../asking.ts'
import type { Config } from '../config.ts'
import { askedIn, ChatRequest } from '../openai/chat-request.ts'
import { chunksOf, completionOf, MODEL } from '../openai/completion.ts'
import { ChatCompletion, Model, Models, OpenAiError } from '../openai/described.ts'
import { openAiError } from '../openai/error.ts'
import { EXAMPLES } from '../openapi/examples.ts'
import { INDEX_PROBLEMS, type Operations, QUEUE_PROBLEMS } from '../openapi/operation.ts'
import { ProblemError } from '../problems.ts'
import type { LiveRecord } from '../record.ts'
import type { Told } from '../told.ts'
import { beginEvents, body, leaving, linkTo, unlessGone } from './request.ts'

/** Where OpenAI's protocol is spoken. */
export const OPENAI = '/v1'

const errors = { schema: OpenAiError, example: openAiError }

export const openAiOperations: Operations = {
  'POST /v1/chat/completions': {
    id: 'chatCompletion',
    tag: 'Protocols',
    summary: 'Answers the last message of a conversation, as OpenAI’s protocol has it.',
    description:
      'Fields of that protocol that are not known here are ignored. With `stream` the reply is a stream of `chat.completion.chunk`, ended by `[DONE]`.',
    body: { schema: ChatRequest, examples: { question: { model: MODEL, messages: [{ role: 'user', content: EXAMPLES.ask.question }] } } },
    reply: { about: 'The answer in words, and whole.', content: { 'application/json': { schema: ChatCompletion }, 'text/event-stream': {} } },
    errors,
    problems: [...INDEX_PROBLEMS, ...QUEUE_PROBLEMS],
  },
  'GET /v1/models': {
    id: 'models',
    tag: 'Protocols',
    summary: 'The one model that there is: the record.',
    reply: { about: 'A list of it.', content: { 'application/json': { schema: Models } } },
    errors,
    problems: INDEX_PROBLEMS,
  },
  'GET /v1/models/:model': {
    id: 'model',
    tag: 'Protocols',
    summary: 'The model by its name.',
    parameters: [{ name: 'model', in: 'path', about: 'Its name.', schema: { type: 'string' }, example: MODEL }],
    reply: { about: 'The model.', content: { 'application/json': { schema: Model } } },
    errors,
    problems: [...INDEX_PROBLEMS, 'not-found'],
  },
}

/** POST /v1/chat/completions and GET /v1/models, as far as front ends for OpenAI's protocol need them: the model is the record. */
export function openAiRoutes(record: LiveRecord, admission: Admission, config: Pick<Config, 'BASE_PATH'>): Router {
  const model = () => record.use(({ created }) => ({ id: MODEL, object: 'model', created: Math.floor(Date.parse(created) / 1000), owned_by: 'onrecord' }))
  return Router()
    .post(`${OPENAI}/chat/completions`, async (request, response) => {
      const chat = body(ChatRequest, request)
      const asked = askedIn(chat)
      const told = response.locals as Told
      told.question = asked.question
      const gone = leaving(request, response)
      if (gone.aborted) return
      const links = linkTo(request, config)
      const answer = await unlessGone(answerTo(asked, { record, admission, client: told.client, linkTo: links, gone }), gone)
      if (!answer) return
      told.answer = answer
      const made = { id: `chatcmpl-${told.id}`, created: Math.floor(Date.now() / 1000), answer }
      if (!chat.stream) {
        response.json(completionOf(made))
        return
      }
      beginEvents(response)
      for (const chunk of chunksOf(made, { usage: chat.stream_options?.include_usage === true })) response.write(`data: ${JSON.stringify(chunk)}\n\n`)
      response.end('data: [DONE]\n\n')
    })
    .get(`${OPENAI}/models`, async (_request, response) => {
      response.json({ object: 'list', data: [await model()] })
    })
    .get(`${OPENAI}/models/:model`, async (request, response) => {
      if (request.params.model !== MODEL) throw new ProblemError('not-found', `The only model here is ${MODEL}.`)
      response.json(await model())
    })
}
