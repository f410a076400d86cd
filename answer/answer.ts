import type { Citation } from './cite.ts'
import type { Status } from './decide.ts'
import type { Disagreement } from './disagree.ts'

export interface Answer {
  question: string
  status: Status
  citations: Citation[]
  missing: string[]
  disagreements: Disagreement[]
  generation: string
  degraded: boolean
  timings: Record<string, number>
}

/** What makes an answer, beside what is known of the question and the index. */
export type Part = Pick<Answer, 'status' | 'missing' | 'citations' | 'disagreements'>
