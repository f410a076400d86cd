import type { Answer } from '../../server/contract.ts'
import type { Failure } from '../api.ts'
import type { Words } from '../words/en.ts'

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
