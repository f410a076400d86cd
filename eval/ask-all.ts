import type { Answer } from '../answer/answer.ts'
import { type AskOptions, ask } from '../answer/ask.ts'
import type { Turn } from '../answer/followup.ts'
import type { Trace } from '../answer/search.ts'
import type { Embedder } from '../index/embedders/embedder.ts'
import type { GenerationReader } from '../index/reader.ts'
import type { Case } from './types.ts'

/** Citations of an earlier turn that a conversation brings along. */
const REMEMBERED = 3

/** A question that was asked, what was answered, and what that was decided on. */
export interface Asked {
  case: Case
  answer: Answer
  trace: Trace
  /** Milliseconds of the whole answer, and of embedding its question once more by itself. */
  ms: number
  embedMs: number
}

/**
 * Asks the questions one after the other, each after the earlier turns of its conversation. An aborted signal ends it between two of them.
 * Throws EMBEDDER_FAILED.
 */
export async function* askAll(
  generation: GenerationReader,
  embedder: Embedder,
  cases: Case[],
  { signal, calibration }: Pick<AskOptions, 'signal' | 'calibration'> = {},
): AsyncGenerator<Asked> {
  // The first answer of a process is slower than all others.
  if (cases[0]) await ask(generation, embedder, cases[0].question)
  for (const one of cases) {
    const history: Turn[] = []
    for (const question of one.history) {
      const { citations } = await ask(generation, embedder, question, { history: [...history], calibration })
      history.push({ question, citations: citations.slice(0, REMEMBERED).map(({ source, start, end }) => ({ source: source.id, start, end })) })
    }
    if (signal?.aborted) return
    let trace: Trace | undefined
    const began = performance.now()
    const answer = await ask(generation, embedder, one.question, {
      history,
      filters: one.filters,
      calibration,
      trace: (last) => {
        trace = last
      },
    })
    const answered = performance.now()
    await embedder.embedQuestion(answer.question)
    yield { case: one, answer, trace: trace as unknown as Trace, ms: answered - began, embedMs: performance.now() - answered }
  }
}
