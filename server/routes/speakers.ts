import { Router } from 'express'
import type { ListedSpeaker } from '../../index/reader.ts'
import { Speakers } from '../contract.ts'
import { EXAMPLES } from '../openapi/examples.ts'
import { INDEX_PROBLEMS, type Operations } from '../openapi/operation.ts'
import type { LiveRecord } from '../record.ts'

/** Speakers, at most. */
const MOST = 500

export const speakerOperations: Operations = {
  'GET /api/speakers': {
    id: 'speakers',
    tag: 'Sources',
    summary: 'Who says something in the documents.',
    reply: {
      about: `Those with most statements first, at most ${MOST}.`,
      content: { 'application/json': { schema: Speakers, example: EXAMPLES.speakers } },
    },
    problems: INDEX_PROBLEMS,
  },
}

/** GET /api/speakers: who says something in the record, counted once for each generation. */
export function speakerRoute(record: LiveRecord): Router {
  let counted: { generation: string; speakers: ListedSpeaker[] } | null = null
  return Router().get('/speakers', async (_request, response) => {
    const reply = await record.use(async (generation): Promise<Speakers> => {
      if (counted?.generation !== generation.id) counted = { generation: generation.id, speakers: await generation.speakers(MOST) }
      return { speakers: counted.speakers }
    })
    response.json(reply)
  })
}
