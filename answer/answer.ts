import type { Citation } from './cite.ts'
import type { Status } from './decide.ts'
import type { Disagreement } from './disagree.ts'

/** An answer in the documents' own words. */
export interface Answer {
  /** As it was understood, after a follow-up was completed. */
  question: string
  status: Status
  /** Best first. Of a question that is not on record: what comes nearest. */
  citations: Citation[]
  /** Words of the question that stand nowhere. */
  missing: string[]
  /** Statements that are to be read side by side. */
  disagreements: Disagreement[]
  /** The name of the generation of the index that it came from. */
  generation: string
  /** Is it from the generation before the newest, because that is damaged? */
  degraded: boolean
  /** Milliseconds a stage. */
  timings: Record<string, number>
}

/** What makes an answer, beside what is known of the question and the index. */
export type Part = Pick<Answer, 'status' | 'missing' | 'citations' | 'disagreements'>
