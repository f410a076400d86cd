import type { RequestHandler } from 'express'
import { rateLimit } from 'express-rate-limit'
import helmet from 'helmet'
import type { Config } from './config.ts'
import { ProblemError, sendProblem } from './problems.ts'

/** Security headers: nothing is loaded from elsewhere, no inline code, no framing. */
export function headers(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'img-src': ["'self'"],
        'connect-src': ["'self'"],
        'object-src': ["'none'"],
        'base-uri': ["'self'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
        'require-trusted-types-for': ["'script'"],
      },
    },
    // Set by whoever terminates TLS: on plain http it means nothing.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
  })
}

/**
 * Refuses a request whose Host is none of the server's names, so that no other site's name can be pointed at it (DNS rebinding).
 * Its own names are localhost, the address it is bound to, the address the request came in by, and those of ONRECORD_HOSTS.
 */
export function hostCheck({ HOST, HOSTS }: Pick<Config, 'HOST' | 'HOSTS'>): RequestHandler {
  const names = new Set(['localhost', '127.0.0.1', '[::1]', bracketed(HOST), ...HOSTS].map((name) => name.toLowerCase()))
  return (request, _response, next) => {
    const name = hostName(request.headers.host)
    const address = bracketed((request.socket.localAddress ?? '').replace(/^::ffff:/, ''))
    if (name !== null && (names.has(name) || name === address)) return next()
    throw new ProblemError(421, 'unknown-host', 'Unknown host', 'This server does not answer to that host name.', {
      remedy: 'Its operator can add it to ONRECORD_HOSTS.',
    })
  }
}

/** The name of a Host header without its port, in lower case; null when it is not one. */
function hostName(host: string | undefined): string | null {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::\d{1,5})?$/i.exec(host ?? '')
  return match?.[1]?.toLowerCase() ?? null
}

function bracketed(address: string): string {
  return address.includes(':') && !address.startsWith('[') ? `[${address}]` : address
}

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
      response.setHeader('Access-Control-Allow-Headers', 'Content-Type, Accept')
      response.setHeader('Access-Control-Max-Age', '600')
      response.status(204).end()
      return
    }
    if (!listed) {
      throw new ProblemError(403, 'origin-not-allowed', 'Origin not allowed', 'Pages of this origin may not ask here.', {
        remedy: 'The operator of the server can add it to ONRECORD_ORIGINS.',
      })
    }
    response.setHeader('Access-Control-Expose-Headers', 'Retry-After')
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
    next()
  }
}

/** Behind something that terminates TLS the scheme is https here and http for us: the host decides. */
function isOwn(origin: string, host: string | undefined): boolean {
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`)
}

/** Requests a minute from one address; 0 is no limit. */
export function limiter({ RATE_LIMIT }: Pick<Config, 'RATE_LIMIT'>): RequestHandler {
  if (RATE_LIMIT === 0) return (_request, _response, next) => next()
  return rateLimit({
    windowMs: 60_000,
    limit: RATE_LIMIT,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // Addresses that a proxy claims are not looked at, so there is nothing to warn of.
    validate: { xForwardedForHeader: false, forwardedHeader: false },
    handler: (_request, response) => {
      sendProblem(
        response,
        new ProblemError(429, 'too-many-requests', 'Too many requests', `At most ${RATE_LIMIT} requests a minute are answered.`, {
          remedy: 'Wait a minute and ask again.',
        }).problem,
      )
    },
  })
}
