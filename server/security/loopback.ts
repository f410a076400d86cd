import type { Request, RequestHandler } from 'express'
import type { Config } from '../config.ts'
import { ProblemError } from '../problems.ts'
import { authorise } from './keys.ts'

/** What proxies add to a request: it came from elsewhere, although the proxy stands on this machine. */
const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip']

/** Is this the address, or a name, of the machine itself? */
export function isLoopback(host: string): boolean {
  return /^(localhost|\[?::1\]?|(::ffff:)?127\.\d+\.\d+\.\d+)$/i.test(host)
}

/** Lets nobody but this machine read how the server fares, unless ONRECORD_METRICS says so; then whoever shows a key, where there are keys. */
export function metricsGuard(config: Pick<Config, 'METRICS' | 'API_KEYS'>): RequestHandler {
  const withKey = authorise(config)
  return (request, response, next) => {
    if (isFromHere(request)) return next()
    if (config.METRICS) return withKey(request, response, next)
    throw new ProblemError('metrics-closed', 'The metrics can be read on the machine of the server only.', {
      remedy: 'Its operator can open them with ONRECORD_METRICS=1.',
    })
  }
}

function isFromHere(request: Request): boolean {
  return isLoopback(request.socket.remoteAddress ?? '') && !FORWARDED.some((name) => name in request.headers)
}
