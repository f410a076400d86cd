import { Router } from 'express'
import type { Admission } from '../admission.ts'
import type { Config } from '../config.ts'
import { Alive, Ready } from '../contract.ts'
import { EXAMPLES } from '../openapi/examples.ts'
import { INDEX_PROBLEMS, type Operations } from '../openapi/operation.ts'
import { ProblemError } from '../problems.ts'
import type { LiveRecord } from '../record.ts'

export const healthOperations: Operations = {
  'GET /healthz': {
    id: 'alive',
    tag: 'Operation',
    summary: 'The process answers.',
    reply: { about: 'It does.', content: { 'application/json': { schema: Alive, example: { status: 'ok' } } } },
  },
  'GET /readyz': {
    id: 'ready',
    tag: 'Operation',
    summary: 'The index answers.',
    description: 'Once the server is to stop it says no, so that whoever balances load sends nothing more.',
    reply: { about: 'It does; and what there is.', content: { 'application/json': { schema: Ready, example: EXAMPLES.ready } } },
    problems: [...INDEX_PROBLEMS, 'stopping'],
  },
}

/**
 * GET /healthz: the process answers. GET /readyz: the index answers, and the database that it may be in, and how many of its documents are in which language; else, and once the
 * server is to stop, 503 with the problem.
 */
export function healthRoutes(record: LiveRecord, admission: Admission, { FEEDBACK }: Pick<Config, 'FEEDBACK'>): Router {
  return Router()
    .get('/healthz', (_request, response) => {
      response.json({ status: 'ok' } satisfies Alive)
    })
    .get('/readyz', async (_request, response) => {
      if (admission.closing) throw new ProblemError('stopping', 'The server is about to stop.')
      await record.check()
      const ready = await record.use(
        ({ id, counts }, { degraded }): Ready => ({
          status: 'ready',
          generation: id,
          sources: counts.sources,
          languages: counts.languages,
          degraded,
          feedback: FEEDBACK !== '',
        }),
      )
      response.setHeader('Cache-Control', 'no-store')
      response.json(ready)
    })
}
