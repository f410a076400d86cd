import { z } from 'zod/v4'
import { answerTo } from '../../asking.ts'
import { Answer, AskRequest, MAX_LIMIT, MAX_QUESTION } from '../../contract.ts'
import { sidesInWords, statusInWords } from '../../in-words.ts'
import { block, WORDS_OF_DOCUMENTS } from '../block.ts'
import { tool } from '../tool.ts'

const { question, history, filters, limit } = AskRequest.shape

export const askTool = tool({
  name: 'ask',
  title: 'Ask the record',
  description:
    'Answers a question from the indexed documents in their own words: exact quotes, who said them and when, and where they stand. ' +
    'It says so when the documents do not answer (not-on-record). Ask this before search, and one question at a time.',
  input: z.strictObject({
    question: question.describe(`A question in plain words, at most ${MAX_QUESTION} characters.`),
    history: history.describe('Earlier questions of the conversation, oldest first, so that "and who said that?" is understood.'),
    filters: filters.describe(
      'after (inclusive) and before (exclusive) as YYYY, YYYY-MM or YYYY-MM-DD of what was said; parts of a speaker, outlet or source.',
    ),
    limit: limit.describe(`Quotes, at most: 1 to ${MAX_LIMIT}, 5 unless it is given.`),
  }),
  output: Answer,
  async run(asked, desk, gone) {
    desk.onQuestion?.(asked.question)
    const answer = await answerTo(asked, { ...desk, gone })
    desk.onAnswer?.(answer)
    return answer
  },
  inWords(answer) {
    const { status, citations, disagreements, degraded } = answer
    const head = [
      statusInWords(answer) ?? 'On record.',
      status === 'not-on-record' && citations.length > 0 ? 'What follows comes nearest, and does not answer.' : '',
      degraded ? 'The newest index is damaged; this is of the one before.' : '',
      citations.length > 0 ? WORDS_OF_DOCUMENTS : '',
    ]
    const blocks = citations.map((citation, i) => block(i + 1, citation.quote, citation))
    return [head.filter(Boolean).join(' '), ...blocks, ...disagreements.map(sidesInWords)]
  },
})
