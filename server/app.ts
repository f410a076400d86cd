import express, { type Express, Router } from 'express'
import type { Logger } from 'pino'
import type { Config } from './config.ts'
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

/** The HTTP interface over a record; it listens nowhere by itself. */
export function createApp(record: LiveRecord, config: Pick<Config, 'HOST' | 'HOSTS' | 'ORIGINS' | 'RATE_LIMIT'>, log: Logger): Express {
  const app = express().disable('x-powered-by').set('query parser', 'simple')
  const api = Router()
    .use(originCheck(config), limiter(config), express.json({ limit: BODY, strict: true }))
    .use(askRoute(record, log), sourceRoutes(record), speakerRoute(record), verifyRoute(record), suggestionRoute(record), noSuchRoute)
  return app.use(headers(), hostCheck(config), healthRoutes(record)).use('/api', api).use(widgetRoutes(), pageRoutes(), noSuchRoute).use(problemHandler(log))
}
