import { Router } from 'express'
import type { LiveRecord } from '../record.ts'

/** GET /healthz: the process answers. GET /readyz: the index answers, else 503 with the problem. */
export function healthRoutes(record: LiveRecord): Router {
  return Router()
    .get('/healthz', (_request, response) => {
      response.json({ status: 'ok' })
    })
    .get('/readyz', async (_request, response) => {
      const ready = await record.use((generation, degraded) => ({ status: 'ready', generation: generation.id, sources: generation.sources.length, degraded }))
      response.setHeader('Cache-Control', 'no-store')
      response.json(ready)
    })
}
