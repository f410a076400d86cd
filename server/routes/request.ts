import type { Request, RequestHandler, Response } from 'express'
import type { z } from 'zod/v4'
import type { LinkTo } from '../../answer/cite.ts'
import { firstFault } from '../../index/first-fault.ts'
import type { Config } from '../config.ts'
import { ProblemError } from '../problems.ts'

/** The body of a request as its schema reads it. Throws a problem that names the first field that is wrong. */
export function body<T>(schema: z.ZodType<T>, request: Request): T {
  if (!request.is('application/json')) throw new ProblemError('not-json', 'The body must be JSON, with Content-Type: application/json.', { status: 415 })
  const result = schema.safeParse(request.body)
  if (result.success) return result.data
  const { field, isUnknown, message } = firstFault(result.error)
  const detail = isUnknown ? `There is no field ${field}.` : `${field || 'The body'}: ${message}.`
  throw new ProblemError('invalid-request', detail.slice(0, 500), field ? { field: field.slice(0, 200) } : {})
}

/** Refuses parameters that a path does not take. `taken`: by the paths that take any; the others take none. */
export function queryCheck(taken: Record<string, readonly string[]>): RequestHandler {
  return (request, _response, next) => {
    const known = taken[request.path.replace(/\/$/, '')] ?? []
    const unknown = Object.keys(request.query).find((name) => !known.includes(name))
    if (unknown === undefined) return next()
    const name = unknown.slice(0, 200)
    throw new ProblemError('invalid-request', `There is no parameter ${name}.`, { field: name })
  }
}

/** A parameter that is a whole number; undefined when it is not given. Throws a problem that names it when it is anything else. */
export function wholeNumber(request: Request, field: string, least: number, most: number): number | undefined {
  const value: unknown = request.query[field]
  if (value === undefined) return undefined
  const n = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN
  if (n >= least && n <= most) return n
  const detail = `${field} must be a whole number from ${least}${most < Number.MAX_SAFE_INTEGER ? ` to ${most}` : ' on'}.`
  throw new ProblemError('invalid-request', detail, { field })
}

/** Links to the source view at the server's own address, as the client called it, and below its base path. */
export function linkTo(request: Request, { BASE_PATH }: Pick<Config, 'BASE_PATH'>): LinkTo {
  // A proxy may forward any scheme.
  const scheme = request.protocol === 'https' ? 'https' : 'http'
  return (source, { start, end }) => `${scheme}://${request.headers.host}${BASE_PATH}/source/${encodeURIComponent(source)}?start=${start}&end=${end}`
}

/** Is aborted when the client leaves before it has its reply: at once when it did so while its body was read, since nothing is closed any more then. */
export function leaving(request: Request, response: Response): AbortSignal {
  const gone = new AbortController()
  const leave = () => gone.abort(new Error('the client left'))
  response.on('close', leave)
  if (request.socket.destroyed) leave()
  return gone.signal
}

/** What comes of a reply; null when its client has left, since nobody is there to be told what failed. */
export async function unlessGone<T>(reply: Promise<T>, gone: AbortSignal): Promise<T | null> {
  try {
    return await reply
  } catch (error) {
    if (gone.aborted) return null
    throw error
  }
}

/** Begins a stream of Server-Sent Events, which nothing on the way is to collect. */
export function beginEvents(response: Response): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' })
}
