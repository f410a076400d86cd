import { Router } from 'express'
import type { Admission } from '../admission.ts'
import type { Ready } from '../contract.ts'
import { ProblemError } from '../problems.ts'
import type { LiveRecord } from '../record.ts'

/**
 * GET /healthz: the process answers. GET /readyz: the index answers, and how many of its documents are in which language; else, and once the
 * server is to stop, 503 with the problem.
 */
export function healthRoutes(record: LiveRecord, admission: Admission): Router {
  return Router()
    .get('/healthz', (_request, response) => {
      response.json({ status: 'ok' })
    })
    .get('/readyz', async (_request, response) => {
      if (admission.closing) throw new ProblemError(503, 'stopping', 'Stopping', 'The server is about to stop.')
      const ready = await record.use(
        ({ id, sources, manifest }, { degraded }): Ready => ({
          status: 'ready',
          generation: id,
          sources: sources.length,
          languages: manifest.languages,
          degraded,
        }),
      )
      response.setHeader('Cache-Control', 'no-store')
      response.json(ready)
    })
}
