import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express'
import type { Logger } from 'pino'
import { OnRecordError } from '../index/errors.ts'
import type { Problem } from './contract.ts'
import { PROBLEMS, type ProblemCode, problemOfError, problemUrn, statusesOf } from './problem-types.ts'
import { patternOf } from './route-table.ts'
import type { Told } from './told.ts'

/** A refusal for the one who asks: sent as RFC 9457 problem+json. */
export class ProblemError extends Error {
  readonly problem: Problem

  constructor(code: ProblemCode, detail: string, more: { status?: number; field?: string; remedy?: string; retryAfter?: number } = {}) {
    super(detail)
    this.name = 'ProblemError'
    const { title, status } = PROBLEMS[code]
    this.problem = { type: problemUrn(code), title, status, detail, ...more }
  }
}

export const noSuchRoute: RequestHandler = (request) => {
  throw new ProblemError('not-found', `There is nothing at ${request.method} ${request.path.slice(0, 200)}.`)
}

/** Turns what was thrown into a problem; what is not foreseen is logged, and its text stays here. */
export function problemHandler(log: Logger): ErrorRequestHandler {
  return (error, request, response, _next) => {
    const problem = loggedProblem(error, request, log)
    if (response.headersSent) response.destroy()
    else sendProblem(response, problem)
  }
}

/** The problem of what was thrown; one that is our fault is logged, and carries the id of the request in the log. */
export function loggedProblem(error: unknown, request: Request, log: Logger): Problem {
  const problem = problemOf(error)
  // A refusal is what was meant to happen.
  if (problem.status < 500 || error instanceof ProblemError) return problem
  const { id } = (request.res?.locals ?? {}) as Partial<Told>
  log.error({ id, err: error as Error, method: request.method, route: patternOf(request), status: problem.status }, 'request failed')
  return { ...problem, requestId: id }
}

export function sendProblem(response: Response, problem: Problem): void {
  ;(response.locals as Told).problem = problem.type
  if (problem.status === 503) response.setHeader('Retry-After', String(problem.retryAfter ?? 5))
  const { errorForm } = response.locals as Told
  if (errorForm) response.status(problem.status).json(errorForm(problem))
  else response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
}

/** Has whatever goes wrong on a route told as its clients read it. */
export function errorsAs(form: (problem: Problem) => unknown): RequestHandler {
  return (_request, response, next) => {
    ;(response.locals as Told).errorForm = form
    next()
  }
}

function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem
  const ours = error instanceof OnRecordError ? ofOnRecord(error) : null
  return ours ?? ofExpress(error) ?? new ProblemError('internal', 'The server could not answer; its log says why.').problem
}

function ofOnRecord({ code }: OnRecordError): Problem | null {
  const type = problemOfError(code)
  // A missing index is nobody's secret; what else is wrong names files and stays in the log.
  if (type === 'index-missing') return new ProblemError(type, 'No documents are indexed yet.', { remedy: 'Run: onrecord index FOLDER' }).problem
  const remedy = 'Its operator finds the reason with: onrecord doctor'
  return type && new ProblemError(type, 'The index or the model cannot be used at the moment.', { remedy }).problem
}

/** What a connection that the client broke, or filled with nonsense after its request, makes fail here. */
const CLIENTS_FAULT = /^(HPE_\w+|ECONNRESET|ECONNABORTED|EPIPE)$/

/** What express and its body parser throw: an error with a status and a type. */
function ofExpress(error: unknown): Problem | null {
  const { status, type, code } = (error ?? {}) as { status?: unknown; type?: unknown; code?: unknown }
  if (typeof code === 'string' && CLIENTS_FAULT.test(code)) return new ProblemError('bad-request', 'The connection broke off.').problem
  if (typeof status !== 'number' || status < 400 || status > 499) return null
  if (type === 'entity.too.large') return new ProblemError('body-too-large', tooLarge(error)).problem
  if (type === 'entity.parse.failed') return new ProblemError('not-json', 'The body is not valid JSON.').problem
  if (status === 404) return new ProblemError('not-found', 'There is nothing at this address.').problem
  const told = statusesOf('bad-request').includes(status) ? { status } : {}
  return new ProblemError('bad-request', 'The request could not be read.', told).problem
}

function tooLarge(error: unknown): string {
  return `The body of a request may have at most ${Number((error as { limit?: unknown }).limit) / 1024} KiB here.`
}
