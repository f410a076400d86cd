import type { LinkTo } from '../../answer/cite.ts'
import type { Admission } from '../admission.ts'
import type { Config } from '../config.ts'
import type { Answer, Problem } from '../contract.ts'
import type { LiveRecord } from '../record.ts'

/** What a client of the protocol is served from: the same over HTTP and over standard input. */
export interface Desk extends Pick<Config, 'SOURCES'> {
  record: LiveRecord
  admission: Admission
  /** Whose turn a question takes. */
  client: string
  linkTo: LinkTo
  /** What may be told of an error; it is logged when it is ours. */
  problemOf: (error: unknown) => Pick<Problem, 'detail' | 'remedy'>
  /** Is told what is asked, and what is answered. */
  onQuestion?: (question: string) => void
  onAnswer?: (answer: Answer) => void
}
