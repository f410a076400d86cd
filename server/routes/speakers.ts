import { Router } from 'express'
import { type ListedSpeaker, speakersOf } from '../../answer/speaker-list.ts'
import type { Generation } from '../../index/generation.ts'
import type { Speakers } from '../contract.ts'
import type { LiveRecord } from '../record.ts'

/** Speakers, at most. */
const MOST = 500

/** GET /api/speakers: who says something in the record, counted once for each generation. */
export function speakerRoute(record: LiveRecord): Router {
  const counted = new WeakMap<Generation, ListedSpeaker[]>()
  return Router().get('/speakers', async (_request, response) => {
    const reply = await record.use((generation): Speakers => {
      const speakers = counted.get(generation) ?? speakersOf(generation.sources).slice(0, MOST)
      counted.set(generation, speakers)
      return { speakers }
    })
    response.json(reply)
  })
}
