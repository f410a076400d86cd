import { Router } from 'express'
import type { Logger } from 'pino'
import { ask } from '../../answer/ask.ts'
import type { Turn } from '../../answer/followup.ts'
import type { Admission } from '../admission.ts'
import type { Config } from '../config.ts'
import { type Answer, AskRequest, DEFAULT_LIMIT } from '../contract.ts'
import type { LanguageModel } from '../language-model.ts'
import { loggedProblem } from '../problems.ts'
import type { LiveRecord } from '../record.ts'
import type { Told } from '../told.ts'
import { understood, withProse } from '../with-model.ts'
import { body, linkTo } from './request.ts'

/** POST /api/ask: an Answer as JSON, or as Server-Sent Events when the client accepts them. */
export function askRoute(record: LiveRecord, admission: Admission, log: Logger, config: Pick<Config, 'BASE_PATH'>, model?: LanguageModel): Router {
  return Router().post('/ask', async (request, response) => {
    const asked = body(AskRequest, request)
    const { history, filters, limit = DEFAULT_LIMIT } = asked
    const isStream = request.accepts(['json', 'text/event-stream']) === 'text/event-stream'
    // A stream has shown the quotes before the model is asked; a reply in one piece waits for it only when it is to.
    const writer = (asked.prose ?? isStream) ? model : undefined
    const told = response.locals as Told
    const gone = new AbortController()
    const leave = () => gone.abort(new Error('the client left'))
    response.on('close', leave)
    // It may have left while its body was read: then nothing is closed any more, and nobody is there to be told.
    if (request.socket.destroyed) return leave()
    const [links, { rerank }] = [linkTo(request, config), record]
    const answerTo = (question: string, history: Turn[] | undefined, signal: AbortSignal): Promise<Answer> =>
      record.use((generation, { degraded, calibration, answers }) => {
        const made = async () => {
          const options = { history, filters, limit, linkTo: links, rerank, calibration, signal }
          return { ...(await ask(generation, record.embedder, question, options)), degraded }
        }
        // A reranker may have failed, and not do so the next time.
        return rerank ? made() : answers.of(JSON.stringify([question, history, filters, limit, links('', { start: 0, end: 0 })]), made)
      })
    // It throws when the queue is full: that is a refusal with a status, for a stream too.
    const answered = admission.run(told.client, (signal) => answerTo(asked.question, history, signal), gone.signal)
    const again = (question: string) => admission.run(told.client, (signal) => answerTo(question, undefined, signal), gone.signal)
    const cited = writer ? answered.then((first) => understood(first, writer, { ...asked, gone: gone.signal, again })) : answered
    if (!isStream) {
      const whole = await cited
        .then((answer) => (writer ? withProse(answer, writer, gone.signal) : answer))
        .catch((error: unknown) => {
          // Nobody is there to be told.
          if (gone.signal.aborted) return null
          throw error
        })
      if (!whole) return
      told.answer = whole
      response.json(whole)
      return
    }
    const send = (event: string, data: unknown) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
    response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' })
    try {
      const answer = await cited
      told.answer = answer
      // What only comes near is not shown as if it answered.
      if (answer.status !== 'not-on-record') for (const citation of answer.citations) send('citation', { citation })
      const whole = writer ? await withProse(answer, writer, gone.signal, (sentence) => send('prose', { sentence })) : answer
      told.answer = whole
      send('answer', whole)
    } catch (error) {
      if (!gone.signal.aborted) {
        const problem = loggedProblem(error, request, log)
        told.problem = problem.type
        send('problem', problem)
      }
    }
    response.end()
  })
}
