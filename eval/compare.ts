import { isFirstRight } from './figures.ts'
import { mcnemar } from './measures.ts'
import type { Figure, Judged, Run } from './run.ts'

/** Two runs side by side. */
export interface Comparison {
  before: Run
  after: Run
  figures: { figure: Figure; before: number | null; after: number | null; difference: number | null }[]
  /** The questions that both answered, when the set is the same; else null. */
  paired: Paired | null
}

/** A question in both runs. */
export interface Pair {
  before: Judged
  after: Judged
}

export interface Paired {
  questions: number
  /** Questions whose first quote is right in one of the two only. */
  won: Pair[]
  lost: Pair[]
  /** McNemar's exact p for the first quotes. */
  p: number
}

export function compare(before: Run, after: Run): Comparison {
  const of = (run: Run, like: Figure) => run.figures.find(({ group, name }) => group === like.group && name === like.name)?.value ?? null
  const all = [...after.figures, ...before.figures.filter((figure) => of(after, figure) === null)]
  const figures = all.map((figure) => {
    const [a, b] = [of(before, figure), of(after, figure)]
    return { figure, before: a, after: b, difference: a === null || b === null ? null : b - a }
  })
  return { before, after, figures, paired: isSameSet(before, after) ? pair(before, after) : null }
}

/** Only answers to the same questions over the same documents can be paired. */
function isSameSet({ set: a }: Run, { set: b }: Run): boolean {
  return a.sha256 !== null && a.sha256 === b.sha256 && a.split === b.split
}

function pair(before: Run, after: Run): Paired {
  const earlier = new Map(before.questions.map((question) => [question.id, question]))
  const both = after.questions.flatMap((question): Pair[] => {
    const same = earlier.get(question.id)
    return same && question.answerable ? [{ before: same, after: question }] : []
  })
  const won = both.filter((p) => !isFirstRight(p.before) && isFirstRight(p.after))
  const lost = both.filter((p) => isFirstRight(p.before) && !isFirstRight(p.after))
  return { questions: both.length, won, lost, p: mcnemar(won.length, lost.length) }
}
