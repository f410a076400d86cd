import type { Answer } from './contract.ts'
import { LastUsed } from './last-used.ts'

/** Answers that are kept, about 10 kB each, and the characters of what was asked, at most. */
const KEPT = 500
const LENGTH = 1000

/** The last answers of one generation: visitors ask the same questions again, and the same record answers them alike. */
export class KeptAnswers {
  private readonly kept = new LastUsed<Answer>(KEPT, LENGTH)

  /** What was answered to this request, or else what `make` answers. A kept answer took no time at any stage. */
  async of(request: string, make: () => Promise<Answer>): Promise<Answer> {
    const known = this.kept.get(request)
    if (known) return known
    const answer = await make()
    this.kept.keep(request, { ...answer, timings: {} })
    return answer
  }
}
