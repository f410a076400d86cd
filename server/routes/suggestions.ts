import { Router } from 'express'
import { suggest } from '../../answer/suggest.ts'
import type { Admission } from '../admission.ts'
import type { Suggestions } from '../contract.ts'
import type { LiveRecord } from '../record.ts'
import type { Told } from '../told.ts'

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
