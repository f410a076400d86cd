import type { Answer, Feedback } from '../server/contract.ts'
import type { Server } from './api.ts'

/** Tells the server what a reader thinks of an answer. Fails with RequestFailed. */
export async function sendFeedback(server: Server, answer: Answer, helpful: boolean, reason: string | null, signal: AbortSignal): Promise<void> {
  // What only came near was not cited as an answer.
  const cited = answer.status === 'not-on-record' ? [] : answer.citations
  const feedback: Feedback = {
    question: answer.question,
    helpful,
    ...(reason && { reason }),
    citations: cited.map(({ source, start, end }) => ({ source: source.id, start, end, sha256: source.sha256 })),
    generation: answer.generation,
  }
  await server.send('api/feedback', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(feedback), signal })
}
