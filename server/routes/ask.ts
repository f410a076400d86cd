import { Router } from 'express'
import type { Logger } from 'pino'
import type { Admission } from '../admission.ts'
import { answerTo } from '../asking.ts'
import type { Config } from '../config.ts'
import { Answer, AskRequest, CitationEvent, Problem, ProseEvent, QuotesEvent } from '../contract.ts'
import type { LanguageModel } from '../language-model.ts'
import { EXAMPLES } from '../openapi/examples.ts'
import { INDEX_PROBLEMS, type Operations, QUEUE_PROBLEMS } from '../openapi/operation.ts'
import { loggedProblem } from '../problems.ts'
import type { LiveRecord } from '../record.ts'
import type { Told } from '../told.ts'
import { understood, withProse } from '../with-model.ts'
import { beginEvents, body, leaving, linkTo, unlessGone } from './request.ts'

export const askOperations: Operations = {
  'POST /api/ask': {
    id: 'ask',
    tag: 'Asking',
    summary: 'Answers a question with the exact words of the documents.',
    description:
      'With `Accept: text/event-stream` each citation is sent as soon as it is proven, then the whole answer, which waits for the prose where a language model writes some: `quotes` has all else of it before. Where something fails, a problem is the last event. Of an answer that is not on record no citation is sent before the whole.',
    body: {
      schema: AskRequest,
      examples: {
        question: EXAMPLES.ask,
        followUp: EXAMPLES.followUp,
        filtered: EXAMPLES.filtered,
      },
    },
    reply: {
      about: 'The answer. One that says “not on record” is an answer as well.',
      content: {
        'application/json': { schema: Answer, example: EXAMPLES.answer },
        'text/event-stream': {
          events: {
            citation: { about: 'One citation of the answer, best first.', data: CitationEvent },
            quotes: {
              about: 'The whole answer but for its prose, after the citations and before the first sentence; only where a language model is asked for some.',
              data: QuotesEvent,
            },
            prose: { about: 'One sentence of a language model, proven by citations that were sent; only where the server has a model.', data: ProseEvent },
            answer: { about: 'The whole answer; the last event.', data: Answer },
            problem: { about: 'What went wrong after the stream began; the last event.', data: Problem },
          },
          example: EXAMPLES.stream,
        },
      },
    },
    problems: [...INDEX_PROBLEMS, ...QUEUE_PROBLEMS],
  },
}

/** Between two comments in a stream that waits, in ms: proxies close one on which nothing has come for a minute. */
const HEARTBEAT = 15_000

/** POST /api/ask: an Answer as JSON, or as Server-Sent Events when the client accepts them. */
export function askRoute(record: LiveRecord, admission: Admission, log: Logger, config: Pick<Config, 'BASE_PATH'>, model?: LanguageModel): Router {
  return Router().post('/ask', async (request, response) => {
    const asked = body(AskRequest, request)
    const isStream = request.accepts(['json', 'text/event-stream']) === 'text/event-stream'
    // A stream has shown the quotes before the model is asked; a reply in one piece waits for it only when it is to.
    const writer = (asked.prose ?? isStream) ? model : undefined
    const told = response.locals as Told
    const gone = leaving(request, response)
    // Nobody is there to be told.
    if (gone.aborted) return
    const from = { record, admission, client: told.client, linkTo: linkTo(request, config), gone }
    // It throws when the queue is full: that is a refusal with a status, for a stream too.
    const answered = answerTo(asked, from)
    // This one may be refused as well: then by a rejection.
    const again = async (question: string) => answerTo({ ...asked, question, history: undefined }, from)
    const cited = writer ? answered.then((first) => understood(first, writer, { ...asked, gone, again })) : answered
    if (!isStream) {
      const whole = await unlessGone(writer ? cited.then((answer) => withProse(answer, writer, gone)) : cited, gone)
      if (!whole) return
      told.answer = whole
      response.json(whole)
      return
    }
    const send = (event: string, data: unknown) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
    beginEvents(response)
    const beating = setInterval(() => response.write(':\n\n'), HEARTBEAT)
    try {
      const answer = await cited
      told.answer = answer
      // What only comes near is not shown as if it answered.
      if (answer.status !== 'not-on-record') {
        for (const citation of answer.citations) send('citation', { citation })
        if (writer) send('quotes', answer)
      }
      const whole = writer ? await withProse(answer, writer, gone, (sentence) => send('prose', { sentence })) : answer
      told.answer = whole
      send('answer', whole)
    } catch (error) {
      if (!gone.aborted) {
        const problem = loggedProblem(error, request, log)
        told.problem = problem.type
        send('problem', problem)
      }
    } finally {
      clearInterval(beating)
    }
    response.end()
  })
}
