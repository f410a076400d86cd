import { ask } from '../answer/ask.ts'
import type { LinkTo } from '../answer/cite.ts'
import type { Admission } from './admission.ts'
import { type Answer, type AskRequest, DEFAULT_LIMIT } from './contract.ts'
import type { LiveRecord } from './record.ts'

/** By what a question is answered, and for whom. */
export interface Asking {
  record: LiveRecord
  admission: Admission
  /** Whose turn it takes. */
  client: string
  linkTo: LinkTo
  gone: AbortSignal
}

/** Answers a question when its client's turn comes. Throws when the queue is full, and rejects as `Admission.run` does. */
export function answerTo(
  { question, history, filters, limit = DEFAULT_LIMIT }: AskRequest,
  { record, admission, client, linkTo, gone }: Asking,
): Promise<Answer> {
  const { rerank } = record
  const answer = (signal: AbortSignal): Promise<Answer> =>
    record.use((generation, { degraded, calibration, answers }) => {
      const made = async () => {
        const options = { history, filters, limit, linkTo, rerank, calibration, signal }
        return { ...(await ask(generation, record.embedder, question, options)), degraded }
      }
      // A reranker may have failed, and not do so the next time.
      return rerank ? made() : answers.of(JSON.stringify([question, history, filters, limit, linkTo('', { start: 0, end: 0 })]), made)
    })
  return admission.run(client, answer, gone)
}
