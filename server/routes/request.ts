import type { Request, RequestHandler } from 'express'
import type { z } from 'zod/v4'
import type { LinkTo } from '../../answer/cite.ts'
import type { Config } from '../config.ts'
import { ProblemError } from '../problems.ts'

/** The body of a request as its schema reads it. Throws a problem that names the first field that is wrong. */
export function body<T>(schema: z.ZodType<T>, request: Request): T {
  if (!request.is('application/json')) throw new ProblemError(415, 'not-json', 'Not JSON', 'The body must be JSON, with Content-Type: application/json.')
  const result = schema.safeParse(request.body)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  const field = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])].join('.')
  const detail = unknown === undefined ? `${field || 'The body'}: ${issue?.message}.` : `There is no field ${field}.`
  throw new ProblemError(400, 'invalid-request', 'Invalid request', detail.slice(0, 500), field ? { field: field.slice(0, 200) } : {})
}

/** Refuses parameters that a path does not take. `taken`: by the paths that take any; the others take none. */
export function queryCheck(taken: Record<string, readonly string[]>): RequestHandler {
  return (request, _response, next) => {
    const known = taken[request.path.replace(/\/$/, '')] ?? []
    const unknown = Object.keys(request.query).find((name) => !known.includes(name))
    if (unknown === undefined) return next()
    const name = unknown.slice(0, 200)
    throw new ProblemError(400, 'invalid-request', 'Invalid request', `There is no parameter ${name}.`, { field: name })
  }
}

/** A parameter that is a whole number; undefined when it is not given. Throws a problem that names it when it is anything else. */
export function wholeNumber(request: Request, field: string, least: number, most: number): number | undefined {
  const value: unknown = request.query[field]
  if (value === undefined) return undefined
  const n = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN
  if (n >= least && n <= most) return n
  const detail = `${field} must be a whole number from ${least}${most < Number.MAX_SAFE_INTEGER ? ` to ${most}` : ' on'}.`
  throw new ProblemError(400, 'invalid-request', 'Invalid request', detail, { field })
}

/** Links to the source view at the server's own address, as the client called it, and below its base path. */
export function linkTo(request: Request, { BASE_PATH }: Pick<Config, 'BASE_PATH'>): LinkTo {
  // A proxy may forward any scheme.
  const scheme = request.protocol === 'https' ? 'https' : 'http'
  return (source, { start, end }) => `${scheme}://${request.headers.host}${BASE_PATH}/source/${encodeURIComponent(source)}?start=${start}&end=${end}`
}
