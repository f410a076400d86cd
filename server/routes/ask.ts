import { Router } from 'express'
import { ask } from '../../answer/ask.ts'
import { type Answer, AskRequest, DEFAULT_LIMIT } from '../contract.ts'
import { problemOf } from '../problems.ts'
import type { LiveRecord } from '../record.ts'
import { body, linkTo } from './request.ts'

/** POST /api/ask: an Answer as JSON, or as Server-Sent Events when the client accepts them. */
export function askRoute(record: LiveRecord): Router {
  return Router().post('/ask', async (request, response) => {
    const { question, history, filters, limit = DEFAULT_LIMIT } = body(AskRequest, request)
    const gone = new AbortController()
    response.on('close', () => gone.abort(new Error('the client left')))
    const answer = (): Promise<Answer> =>
      record.use(async (generation, degraded) => ({
        ...(await ask(generation, record.embedder, question, { history, filters, limit, linkTo: linkTo(request), signal: gone.signal })),
        degraded,
      }))
    if (request.accepts(['json', 'text/event-stream']) !== 'text/event-stream') {
      response.json(await answer())
      return
    }
    const send = (event: string, data: unknown) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
    response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' })
    try {
      const whole = await answer()
      for (const citation of whole.citations) send('citation', { citation })
      send('answer', whole)
    } catch (error) {
      if (!gone.signal.aborted) send('problem', problemOf(error))
    }
    response.end()
  })
}
