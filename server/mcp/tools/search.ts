import { z } from 'zod/v4'
import { passagesFor } from '../../../answer/passages.ts'
import { DEFAULT_LIMIT, MAX_LIMIT, SearchReply, SearchRequest } from '../../contract.ts'
import { block, WORDS_OF_DOCUMENTS } from '../block.ts'
import { tool } from '../tool.ts'

const { query, filters, limit } = SearchRequest.shape

export const searchTool = tool({
  name: 'search',
  title: 'Search the record',
  description:
    'Finds the passages of the indexed documents nearest to some words, best first. It does not decide whether they answer anything: ' +
    'for a question use ask. Use this to read around a subject.',
  input: z.strictObject({
    query: query.describe('Words or a question.'),
    filters: filters.describe('As those of ask.'),
    limit: limit.describe(`Passages, at most: 1 to ${MAX_LIMIT}, ${DEFAULT_LIMIT} unless it is given.`),
  }),
  output: SearchReply,
  async run({ query: words, filters: within, limit: wished = DEFAULT_LIMIT }, { record, admission, client, linkTo, SOURCES, onQuestion }, gone) {
    onQuestion?.(words)
    // Many passages of one source would be most of it.
    const most = SOURCES === 'quotes' ? Math.min(wished, DEFAULT_LIMIT) : wished
    const find = (signal: AbortSignal) =>
      record.use(async (generation, { degraded }): Promise<SearchReply> => {
        const found = await passagesFor(generation, record.embedder, words, { filters: within, k: most, linkTo, signal })
        const passages = found.map(({ quote: text, passage: _, ...rest }) => ({ text, ...rest }))
        return { passages, generation: generation.id, degraded }
      })
    return admission.run(client, find, gone)
  },
  inWords({ passages }) {
    if (passages.length === 0) return ['Nothing was found.']
    return [WORDS_OF_DOCUMENTS, ...passages.map((passage, i) => block(i + 1, passage.text, passage))]
  },
})
