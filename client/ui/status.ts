import type { Answer } from '../../server/contract.ts'
import type { Failure } from '../api.ts'
import type { Words } from '../words/en.ts'
import type { Filters } from './filters.ts'

/** How many documents there are, once it is known; and whether filters left some of them out. */
export interface Extent {
  documents: number | null
  complete: boolean
  filtered?: boolean
}

/** The answer in one phrase, as it is shown and as a screen reader is told. */
export function statusOf({ status, citations, missing }: Answer, { documents, complete, filtered = false }: Extent, words: Words): string {
  if (status === 'not-on-record') return filtered ? words.notOnRecordWithin : words.notOnRecord(documents, complete)
  const sources = new Set(citations.map(({ source }) => source.id)).size
  return status === 'partial' ? words.partly(citations.length, sources, missing) : words.found(citations.length, sources)
}

/** Why there is no answer, in one phrase. */
export function messageOf(failure: Failure, words: Words): string {
  if (failure.kind === 'limited') return failure.problem?.status === 503 ? words.full : words.limited
  return failure.kind === 'problem' ? failure.problem.title || words.problem : words[failure.kind]
}

/** How a turn ended, in one phrase; empty while it has not. */
export function outcomeOf({ answer, failure }: { answer: Answer | null; failure: Failure | null }, extent: Extent, words: Words): string {
  return answer ? statusOf(answer, extent, words) : failure ? messageOf(failure, words) : ''
}

/** What an answer sets side by side. */
export function disagreementTitle({ about, sides }: Answer['disagreements'][number], words: Words): string {
  const values = [...new Set(sides.flatMap(({ value }) => value ?? []))]
  return values.length > 1 ? words.figuresDiffer(values) : words.sideBySide(about)
}

/** What a question with these filters was asked of. */
export function extentWithin(extent: Extent, filters: Filters): Extent {
  return { ...extent, filtered: Object.keys(filters).length > 0 }
}
