import { Router } from 'express'
import { publicSource } from '../../answer/cite.ts'
import type { StoredSource } from '../../index/generation.ts'
import type { SourcesPage, SourceWithText } from '../contract.ts'
import { ProblemError } from '../problems.ts'
import type { LiveRecord } from '../record.ts'

/** The parameters of the list. */
export const SOURCES_QUERY = ['limit', 'cursor']

const PAGE = 50
const MOST = 200

/** GET /api/sources, a page at a time by path, and GET /api/sources/:id with the whole text. */
export function sourceRoutes(record: LiveRecord): Router {
  return Router()
    .get('/sources', async (request, response) => {
      const limit = number(request.query.limit, 'limit', 1, MOST) ?? PAGE
      const cursor = number(request.query.cursor, 'cursor', 0, Number.MAX_SAFE_INTEGER) ?? 0
      const page = await record.use(({ sources }): SourcesPage => {
        const next = cursor + limit < sources.length ? String(cursor + limit) : null
        return { sources: sources.slice(cursor, cursor + limit).map(publicSource), next }
      })
      response.json(page)
    })
    .get('/sources/:id', async (request, response) => {
      const source = await record.use((generation): SourceWithText => {
        const number = generation.numberOf(request.params.id)
        if (number === undefined)
          throw new ProblemError(404, 'no-such-source', 'No such source', 'There is no source with this id; it may have gone with a new index.')
        const stored = generation.sources[number] as StoredSource
        return { ...publicSource(stored), text: generation.text(number), statements: stored.statements }
      })
      response.json(source)
    })
}

function number(value: unknown, field: string, least: number, most: number): number | undefined {
  if (value === undefined) return undefined
  const n = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN
  if (n >= least && n <= most) return n
  throw new ProblemError(
    400,
    'invalid-request',
    'Invalid request',
    `${field} must be a whole number from ${least}${most < Number.MAX_SAFE_INTEGER ? ` to ${most}` : ' on'}.`,
    { field },
  )
}
