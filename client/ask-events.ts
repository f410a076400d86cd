import type { Answer, Citation, Problem, ProseSentence } from '../server/contract.ts'
import { serverEvents } from './events.ts'

/** What a stream of an answer brings. */
export type Arrived =
  | { event: 'citation'; citation: Citation }
  | { event: 'quotes' | 'answer'; answer: Answer }
  | { event: 'prose'; sentence: ProseSentence }
  | { event: 'problem'; problem: Problem }

/** The events of a stream of an answer; those of other names are passed over. */
export async function* askEvents(stream: ReadableStream<Uint8Array>): AsyncGenerator<Arrived> {
  for await (const { event, data } of serverEvents(stream)) {
    if (event === 'citation') yield { event, citation: (JSON.parse(data) as { citation: Citation }).citation }
    else if (event === 'prose') yield { event, sentence: (JSON.parse(data) as { sentence: ProseSentence }).sentence }
    else if (event === 'quotes' || event === 'answer') yield { event, answer: JSON.parse(data) as Answer }
    else if (event === 'problem') yield { event, problem: JSON.parse(data) as Problem }
  }
}
