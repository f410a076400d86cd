import { Router } from 'express'
import { suggest } from '../../answer/suggest.ts'
import type { Admission } from '../admission.ts'
import { Suggestions } from '../contract.ts'
import { EXAMPLES } from '../openapi/examples.ts'
import { INDEX_PROBLEMS, type Operations, QUEUE_PROBLEMS } from '../openapi/operation.ts'
import type { LiveRecord } from '../record.ts'
import type { Told } from '../told.ts'

export const suggestionOperations: Operations = {
  'GET /api/suggestions': {
    id: 'suggestions',
    tag: 'Asking',
    summary: 'Questions that this index answers.',
    reply: {
      about: 'A few of them; none of an index that suggests none.',
      content: { 'application/json': { schema: Suggestions, example: EXAMPLES.suggestions } },
    },
    problems: [...INDEX_PROBLEMS, ...QUEUE_PROBLEMS],
  },
}

/** GET /api/suggestions: questions that this index answers, found once for each generation. */
export function suggestionRoute(record: LiveRecord, admission: Admission): Router {
  const found = new Map<string, Promise<string[]>>()
  return Router().get('/suggestions', async (_request, response) => {
    const suggestions = await record.use(async (generation): Promise<Suggestions> => {
      if (!found.has(generation.id)) {
        found.clear()
        // Others wait for them too: they are found although the client leaves.
        const questions = admission.run((response.locals as Told).client, () => suggest(generation, record.embedder))
        questions.catch(() => found.delete(generation.id))
        found.set(generation.id, questions)
      }
      return { questions: await (found.get(generation.id) as Promise<string[]>) }
    })
    response.json(suggestions)
  })
}
