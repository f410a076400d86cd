import type { Answer } from '../answer/answer.ts'
import type { GenerationReader } from '../index/reader.ts'
import type { AskRequest } from '../server/contract.ts'
import { answerText } from './answer-text.ts'
import { lookOf } from './look.ts'
import { withIndex } from './opened.ts'
import { withReranker } from './reranker.ts'
import { settings } from './settings.ts'

export interface AskValues {
  index?: string | undefined
  json?: boolean | undefined
}

/** Answers requests by an open index; a signal gives one up. */
export type Answering = (request: AskRequest, signal?: AbortSignal) => Promise<Answer>

/** Answers a question in the terminal. */
export async function askInTerminal(request: AskRequest, { index, json }: AskValues): Promise<void> {
  const said = await withAnswers(index, async (answering, generation) => {
    const answer = await answering(request)
    return json ? JSON.stringify(answer) : await answerText(answer, generation, lookOf(process.stdout, process.env))
  })
  console.log(said)
}

/** Runs something that asks the settings' index. */
export async function withAnswers<T>(index: string | undefined, run: (answering: Answering, generation: GenerationReader) => Promise<T>): Promise<T> {
  const config = settings({ INDEX: index })
  const without = (error: unknown) => console.error(`The reranker is left out: ${error instanceof Error ? error.message : String(error)}`)
  return withIndex(config, async ({ generation, degraded, calibration }, embedder) => {
    // Read while the model loads.
    const { ask } = await import('../answer/ask.ts')
    return withReranker(config, 1, without, (rerank) =>
      run(async ({ question, history, filters, limit }, signal) => {
        const options = { history, filters, ...(limit !== undefined && { limit }), rerank, calibration, ...(signal && { signal }) }
        return { ...(await ask(generation, embedder, question, options)), degraded: degraded !== null }
      }, generation),
    )
  })
}
