import type { Answer } from './contract.ts'

/** What is known of a request while it is replied to, in `response.locals`, for whoever counts or logs it. */
export interface Told {
  /** In the log and in X-Request-Id. */
  id: string
  /** Who asks, as limits and queues tell clients apart: a key's hash or an address. */
  client: string
  /** Was a key of ours shown? */
  keyed: boolean
  answer?: Answer
  /** The type of the problem that the reply is. */
  problem?: string
}
