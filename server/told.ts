import type { Answer, Problem } from './contract.ts'

/** What is known of a request while it is replied to, in `response.locals`, for whoever counts or logs it. */
export interface Told {
  /** In the log and in X-Request-Id. */
  id: string
  /** Who asks, as limits and queues tell clients apart: a key's hash or an address. */
  client: string
  /** Was a key of ours shown? */
  keyed: boolean
  /** What was asked, where the body has it elsewhere than in `question`. */
  question?: string
  answer?: Answer
  /** The type of the problem that the reply is. */
  problem?: string
  /** How the clients of this route read errors; else they are problems as RFC 9457 has them. */
  errorForm?: (problem: Problem) => unknown
}
