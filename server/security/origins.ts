import type { Request, RequestHandler } from 'express'
import type { Config } from '../config.ts'
import { ProblemError } from '../problems.ts'

/** Headers that a page of any origin may send; the refusal is all that one that is not listed gets. */
const HEADERS = ['Content-Type', 'Accept', 'Authorization', 'Mcp-Protocol-Version']
/** Headers that a page of a listed origin may ask for beside them, at most. */
const MAX_ASKED = 40

/**
 * Refuses requests from pages of other origins unless they are listed; an empty list means the server's own page only. The refusal
 * itself may be read by any page, so that a widget can tell its site's owner what is missing: it holds nothing else. For that, a
 * preflight must let the request come.
 */
export function originCheck({ ORIGINS }: Pick<Config, 'ORIGINS'>): RequestHandler {
  const allowed = new Set(ORIGINS)
  return (request, response, next) => {
    response.vary('Origin')
    const { origin } = request.headers
    if (origin === undefined || isOwn(origin, request.headers.host)) return next()
    const listed = allowed.has(origin)
    response.setHeader('Access-Control-Allow-Origin', listed ? origin : '*')
    if (request.method === 'OPTIONS') {
      response.setHeader('Access-Control-Allow-Methods', 'GET, POST')
      response.setHeader('Access-Control-Allow-Headers', [...HEADERS, ...(listed ? askedFor(request) : [])].join(', '))
      response.setHeader('Access-Control-Max-Age', '600')
      response.status(204).end()
      return
    }
    if (!listed) {
      throw new ProblemError('origin-not-allowed', 'Pages of this origin may not ask here.', {
        remedy: 'The operator of the server can add it to ONRECORD_ORIGINS.',
      })
    }
    response.setHeader('Access-Control-Expose-Headers', 'Retry-After')
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
    next()
  }
}

/** What a preflight asks to send: client libraries have headers of their own, which say what they run on. What is no plain name is left out. */
function askedFor(request: Request): string[] {
  const names = (request.headers['access-control-request-headers'] ?? '').split(',').map((name) => name.trim())
  return names.filter((name) => /^[a-z][a-z0-9_-]{0,63}$/i.test(name)).slice(0, MAX_ASKED)
}

/** Behind something that terminates TLS the scheme is https here and http for us: the host decides. */
function isOwn(origin: string, host: string | undefined): boolean {
  // A browser writes the host of an origin in lower case.
  const own = host?.toLowerCase()
  return own !== undefined && (origin === `http://${own}` || origin === `https://${own}`)
}
