import type { Answer } from './contract.ts'

/** Answers that are kept, about 10 kB each, and the characters of what was asked, at most. */
const KEPT = 500
const LENGTH = 1000

/** The last answers of one generation: visitors ask the same questions again, and the same record answers them alike. */
export class KeptAnswers {
  private readonly kept = new Map<string, Answer>()

  /** What was answered to this request, or else what `make` answers. A kept answer took no time at any stage. */
  async of(request: string, make: () => Promise<Answer>): Promise<Answer> {
    const known = this.kept.get(request)
    if (known) {
      // It is the newest again.
      this.kept.delete(request)
      this.kept.set(request, known)
      return known
    }
    const answer = await make()
    if (request.length > LENGTH) return answer
    const [oldest] = this.kept.keys()
    if (this.kept.size >= KEPT && oldest !== undefined) this.kept.delete(oldest)
    this.kept.set(request, { ...answer, timings: {} })
    return answer
  }
}
