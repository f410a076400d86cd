import type { Problem } from './types.ts'

/** The server refused, or failed: what it said in RFC 9457's form, or, where a proxy answered in its place, what the status says. */
export class ProblemError extends Error {
  /** The HTTP status. */
  readonly status: number
  /** Stable: `urn:onrecord:problem:` and a code; `about:blank` where the server itself did not answer. */
  readonly type: string
  readonly title: string
  readonly detail: string
  /** The field of the request that is wrong, where one is. */
  readonly field: string | undefined
  /** What can be done about it. */
  readonly remedy: string | undefined
  /** Seconds after which it is worth asking again; null when that was not said. */
  readonly retryAfter: number | null
  /** All that the server said. */
  readonly problem: Problem

  /** @internal */
  constructor(problem: Problem, retryAfter: number | null) {
    super([problem.title, problem.detail, problem.remedy].filter(Boolean).join(': '))
    this.name = 'ProblemError'
    this.status = problem.status
    this.type = problem.type
    this.title = problem.title
    this.detail = problem.detail
    this.field = problem.field
    this.remedy = problem.remedy
    this.retryAfter = problem.retryAfter ?? retryAfter
    this.problem = problem
  }
}

/** Asked too often (429): come back after `retryAfter` seconds. */
export class RateLimitError extends ProblemError {
  override readonly retryAfter: number

  /** @internal */
  constructor(problem: Problem, retryAfter: number) {
    super(problem, retryAfter)
    this.name = 'RateLimitError'
    this.retryAfter = problem.retryAfter ?? retryAfter
  }
}

/** The connection ended before the answer was whole, or what arrived cannot be read. */
export class BrokenAnswerError extends Error {
  /** @internal */
  constructor(options?: ErrorOptions) {
    super('The answer broke off before it was whole.', options)
    this.name = 'BrokenAnswerError'
  }
}
