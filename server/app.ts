import express, { type Express, Router } from 'express'
import type { Logger } from 'pino'
import { Admission } from './admission.ts'
import type { Config } from './config.ts'
import { Metrics } from './metrics.ts'
import { noSuchRoute, problemHandler } from './problems.ts'
import type { LiveRecord } from './record.ts'
import { askRoute } from './routes/ask.ts'
import { healthRoutes } from './routes/health.ts'
import { pageRoutes } from './routes/page.ts'
import { sourceRoutes } from './routes/sources.ts'
import { speakerRoute } from './routes/speakers.ts'
import { suggestionRoute } from './routes/suggestions.ts'
import { verifyRoute } from './routes/verify.ts'
import { widgetRoutes } from './routes/widget.ts'
import { headers, hostCheck, limiter, originCheck } from './security.ts'

/** Bytes of a request's body, at most. */
const BODY = '64kb'

/** Answers at work at any time, so that no embedding thread waits: each embeds one and holds the next, and one more is searched for. */
export function atOnceFor(threads: number): number {
  return 2 * threads + 1
}

type Settings = Pick<Config, 'HOST' | 'HOSTS' | 'ORIGINS' | 'RATE_LIMIT' | 'QUEUE' | 'DEADLINE'>

export interface Parts {
  metrics?: Metrics
  admission?: Admission
}

/** The HTTP interface over a record; it listens nowhere by itself. */
export function createApp(record: LiveRecord, config: Settings, log: Logger, parts: Parts = {}): Express {
  const { metrics = new Metrics() } = parts
  const { admission = new Admission({ atOnce: atOnceFor(1), queue: config.QUEUE, deadline: config.DEADLINE, waited: metrics.waited }) } = parts
  metrics.watch(admission, record)
  const app = express().disable('x-powered-by').set('query parser', 'simple')
  const api = Router()
    .use(originCheck(config), limiter(config), express.json({ limit: BODY, strict: true }))
    .use(askRoute(record, admission, log), sourceRoutes(record), speakerRoute(record), verifyRoute(record), suggestionRoute(record, admission), noSuchRoute)
  return app
    .use(metrics.measure(), headers(), hostCheck(config), healthRoutes(record, admission), metrics.route())
    .use('/api', api)
    .use(widgetRoutes(), pageRoutes(), noSuchRoute)
    .use(problemHandler(log))
}
