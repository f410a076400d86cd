import type { Turn } from '../client/ui/conversation.ts'
import type { Answer, Citation } from '../server/contract.ts'

/** A citation of these words. */
export function citing(quote: string, source: Partial<Citation['source']> = {}, more: Partial<Citation> = {}): Citation {
  return {
    quote,
    start: 10,
    end: 10 + quote.length,
    passage: { text: quote, start: 10, end: 10 + quote.length },
    source: {
      id: 'abc',
      path: 'folder/a.txt',
      title: 'A meeting',
      outlet: 'The Lantern',
      author: null,
      published: '2025-05-09',
      publishedFrom: 'text',
      url: null,
      mediaType: 'text/plain',
      sha256: '0'.repeat(64),
      ...source,
    },
    statements: [],
    alsoIn: [],
    page: null,
    line: 3,
    time: null,
    link: 'http://localhost:3000/source/abc?start=10&end=20',
    score: 0.9,
    ...more,
  }
}

/** A turn with its answer. */
export function answered(id: number, more: Partial<Turn> = {}, quote = 'There are 31 boats.', answer: Partial<Answer> = {}): Turn {
  const question = more.question ?? 'How many boats?'
  const citations = answer.citations ?? [citing(quote)]
  const whole: Answer = {
    question,
    status: 'answered',
    citations,
    missing: [],
    disagreements: [],
    generation: 'g',
    degraded: false,
    timings: {},
    ...answer,
  }
  return { id, question, filters: {}, alone: false, state: 'answered', citations, answer: whole, failure: null, ...more }
}
