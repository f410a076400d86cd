import { createInterface } from 'node:readline'
import { AskRequest, MAX_HISTORY } from '../server/contract.ts'
import { answerText } from './answer-text.ts'
import { type AskValues, withAnswers } from './ask.ts'
import { lookOf, styled } from './look.ts'

/** Citations of a turn that a follow-up may lean on, as the page sends them. */
const HISTORY_CITATIONS = 3

/** Asks and answers until the reader ends it, with Ctrl-C or Ctrl-D. Resolves to the exit code. */
export async function converse({ filters, limit }: AskRequest, { index }: AskValues): Promise<number> {
  const look = lookOf(process.stdout, process.env)
  return withAnswers(index, async (answering, generation) => {
    const lines = createInterface({ input: process.stdin, output: process.stdout, prompt: styled('cyan', 'Ask: ', look) })
    const ended = new AbortController()
    lines.on('SIGINT', () => lines.close()).on('close', () => ended.abort())
    const history: NonNullable<AskRequest['history']> = []
    console.log('Ask the documents; a question may lean on those before it. Ctrl-D ends.')
    lines.prompt()
    for await (const line of lines) {
      const request = AskRequest.safeParse({ question: line, history: history.slice(-MAX_HISTORY), filters, limit })
      if (request.success) {
        const answer = await answering(request.data, ended.signal).catch((error: unknown) => {
          if (ended.signal.aborted) return null
          throw error
        })
        if (!answer) break
        console.log(
          `${answer.question === line.trim() ? '' : styled('dim', `Understood as: ${answer.question}\n`, look)}${await answerText(answer, generation, look)}\n`,
        )
        const citations = answer.citations.slice(0, HISTORY_CITATIONS).map(({ source, start, end }) => ({ source: source.id, start, end }))
        history.push({ question: line, citations })
      } else if (line.trim() !== '') console.log(`The question ${request.error.issues[0]?.message}.`)
      lines.prompt()
    }
    console.log()
    return 0
  })
}
