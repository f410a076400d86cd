import type { Request, RequestHandler, Response } from 'express'
import { rateLimit } from 'express-rate-limit'
import type { Config } from '../config.ts'
import { ProblemError, sendProblem } from '../problems.ts'
import type { Told } from '../told.ts'

/** Headers of a request, at most. */
const MAX_HEADERS = 100

/** Refuses requests with more headers than anybody needs; how many bytes they have is the listener's to limit. */
export function headerLimit(): RequestHandler {
  return (request, _response, next) => {
    if (request.rawHeaders.length <= 2 * MAX_HEADERS) return next()
    throw new ProblemError('too-many-headers', `A request may have at most ${MAX_HEADERS} headers.`)
  }
}

/** Requests a minute from one client, and from all of them together; 0 is no limit. */
export function rateLimits({ RATE_LIMIT, RATE_LIMIT_ALL }: Pick<Config, 'RATE_LIMIT' | 'RATE_LIMIT_ALL'>): RequestHandler[] {
  return [
    // Whoever is over the own limit takes nothing from the others'.
    ...limit(RATE_LIMIT, 'client', (_request, response) => (response.locals as Told).client),
    ...limit(RATE_LIMIT_ALL, 'all', () => 'all'),
  ]
}

function limit(most: number, identifier: string, keyGenerator: (request: Request, response: Response) => string): RequestHandler[] {
  if (most === 0) return []
  return [
    rateLimit({
      windowMs: 60_000,
      limit: most,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      identifier,
      keyGenerator,
      // It warns of addresses that proxies claim; who is believed is settled by ONRECORD_TRUST_PROXY.
      validate: false,
      handler: (_request, response) => {
        const whose = identifier === 'all' ? ' from all clients together' : ''
        sendProblem(
          response,
          new ProblemError('too-many-requests', `At most ${most} requests a minute${whose} are answered.`, {
            remedy: 'Wait a minute and ask again.',
          }).problem,
        )
      },
    }),
  ]
}
