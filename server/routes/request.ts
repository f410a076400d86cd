import type { Request } from 'express'
import { ipKeyGenerator } from 'express-rate-limit'
import type { z } from 'zod/v4'
import type { LinkTo } from '../../answer/cite.ts'
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

/** Whom a request is counted to: its address, or the network that an IPv6 address is one of many in. */
export function clientOf(request: Request): string {
  return ipKeyGenerator(request.ip ?? '')
}

/** Links to the source view at the server's own address, as the client called it. */
export function linkTo(request: Request): LinkTo {
  return (source, { start, end }) => `${request.protocol}://${request.headers.host}/source/${encodeURIComponent(source)}?start=${start}&end=${end}`
}
