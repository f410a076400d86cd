import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import express, { type Express, Router } from 'express'
import type { Logger } from 'pino'
import { Admission } from './admission.ts'
import { withoutBasePath } from './base-path.ts'
import type { Config } from './config.ts'
import { LanguageModel } from './language-model.ts'
import { requestLog } from './log.ts'
import { Metrics } from './metrics.ts'
import { openAiError } from './openai/error.ts'
import { errorsAs, noSuchRoute, problemHandler } from './problems.ts'
import type { LiveRecord } from './record.ts'
import { API, routesIn } from './route-table.ts'
import { askRoute } from './routes/ask.ts'
import { feedbackRoute } from './routes/feedback.ts'
import { healthRoutes } from './routes/health.ts'
import { jsonRpcError, MCP, mcpRoute } from './routes/mcp.ts'
import { OPENAI, openAiRoutes } from './routes/openai.ts'
import { openApiRoutes } from './routes/openapi.ts'
import { otherMethods } from './routes/other-methods.ts'
import { pageRoutes } from './routes/page.ts'
import { queryCheck } from './routes/request.ts'
import { SOURCES_QUERY, sourceRoutes } from './routes/sources.ts'
import { speakerRoute } from './routes/speakers.ts'
import { suggestionRoute } from './routes/suggestions.ts'
import { verifyRoute } from './routes/verify.ts'
import { widgetRoutes } from './routes/widget.ts'
import { headers } from './security/headers.ts'
import { hostCheck } from './security/hosts.ts'
import { authorise, identify } from './security/keys.ts'
import { headerLimit, rateLimits } from './security/limits.ts'
import { metricsGuard } from './security/loopback.ts'
import { originCheck } from './security/origins.ts'

/** Bytes of a request's body, at most. */
const BODY = '64kb'
/** The same where each request brings the whole conversation, our own answers among it. */
const CONVERSATION = '512kb'

/**
 * Answers at work at any time, so that no embedding thread waits: each embeds one and holds the next, while others are searched for. With
 * five of those 32 clients get .90 to 1.02 of what the threads alone embed (three runs of npm run test:load), with one .83 to .92 (four).
 */
export function atOnceFor(threads: number): number {
  return 2 * threads + 5
}

export interface Parts {
  metrics?: Metrics
  admission?: Admission
  /** Writes prose from the quotes, where it is wanted. */
  chatModel?: BaseChatModel | undefined
  /** Aborted when the server is to stop: answers go out without the prose that is not written yet. */
  stopping?: AbortSignal
}

/** The HTTP interface over a record; it listens nowhere by itself. `routesOf` lists its routes. */
export function createApp(record: LiveRecord, config: Config, log: Logger, parts: Parts = {}): Express {
  const { metrics = new Metrics() } = parts
  const { admission = new Admission({ atOnce: atOnceFor(1), queue: config.QUEUE, deadline: config.DEADLINE, waited: metrics.waited }) } = parts
  const { chatModel, stopping } = parts
  const model = chatModel && new LanguageModel(chatModel, { timeout: config.CHAT_TIMEOUT, stopping, metrics, log })
  metrics.watch(admission, record)
  const describe = async () => (await import('./openapi/document.ts')).openApi()
  const open = Router().use(healthRoutes(record, admission, config), metrics.route(), openApiRoutes(config, describe), widgetRoutes(config), pageRoutes(config))
  const api = Router().use(
    askRoute(record, admission, log, config, model),
    sourceRoutes(record, config),
    speakerRoute(record),
    verifyRoute(record),
    suggestionRoute(record, admission),
    feedbackRoute(config),
  )
  const protocols = Router().use(mcpRoute(record, admission, log, config), openAiRoutes(record, admission, config))
  const routes = [...routesIn(open), ...routesIn(api, API), ...routesIn(protocols)]
  const app = express().disable('x-powered-by').set('query parser', 'simple').set('trust proxy', config.TRUST_PROXY)
  app.locals.routes = routes
  return app
    .use(withoutBasePath(config), metrics.measure(), requestLog(log, config))
    .use(MCP, errorsAs(jsonRpcError))
    .use(OPENAI, errorsAs(openAiError))
    .use(headers(), headerLimit(), hostCheck(config), identify(config))
    .use('/metrics', metricsGuard(config))
    .use([API, MCP, OPENAI], originCheck(config), ...rateLimits(config), authorise(config))
    .use(API, queryCheck({ '/sources': SOURCES_QUERY }), express.json({ limit: BODY, strict: true }), api)
    .use([MCP, OPENAI], queryCheck({}))
    .use(MCP, express.json({ limit: BODY, strict: true }))
    .use(OPENAI, express.json({ limit: CONVERSATION, strict: true }))
    .use(protocols)
    .use(open, otherMethods(routes), noSuchRoute)
    .use(problemHandler(log))
}
