import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type Request, type Response, Router } from 'express'
import { publicSource, sourceWithText } from '../../answer/cite.ts'
import type { Config } from '../config.ts'
import { SourcesPage, SourceWithText } from '../contract.ts'
import { EXAMPLES } from '../openapi/examples.ts'
import { INDEX_PROBLEMS, type Operations, type Parameter } from '../openapi/operation.ts'
import { ProblemError } from '../problems.ts'
import type { LiveRecord } from '../record.ts'
import { quotesOnly, wanted } from '../wanted-source.ts'
import { wholeNumber } from './request.ts'

/** The parameters of the list. */
export const SOURCES_QUERY = ['limit', 'cursor']

const PAGE = 50
const MOST = 200

/** What a document holds must do nothing, should a browser open it after all. */
const SANDBOX = "default-src 'none'; sandbox"

const ID: Parameter = { name: 'id', in: 'path', about: 'The id of a source.', schema: { type: 'string' }, example: EXAMPLES.source.id }

export const sourceOperations: Operations = {
  'GET /api/sources': {
    id: 'sources',
    tag: 'Sources',
    summary: 'The documents, a page at a time, by their paths.',
    parameters: [
      {
        name: 'limit',
        in: 'query',
        about: `Sources in the page; ${PAGE} unless given.`,
        schema: { type: 'integer', minimum: 1, maximum: MOST, default: PAGE },
        example: 1,
      },
      { name: 'cursor', in: 'query', about: 'What `next` of the page before was.', schema: { type: 'string', pattern: '^\\d{1,15}$' }, example: '1' },
    ],
    reply: { about: 'A page of them.', content: { 'application/json': { schema: SourcesPage, example: EXAMPLES.sources } } },
    problems: INDEX_PROBLEMS,
  },
  'GET /api/sources/:id': {
    id: 'source',
    tag: 'Sources',
    summary: 'A document with its whole text and all statements in it.',
    parameters: [ID],
    reply: { about: 'The source.', content: { 'application/json': { schema: SourceWithText, example: EXAMPLES.source } } },
    problems: [...INDEX_PROBLEMS, 'no-such-source', 'quotes-only'],
  },
  'GET /api/sources/:id/file': {
    id: 'sourceFile',
    tag: 'Sources',
    summary: 'The file that was indexed, as a download.',
    parameters: [ID],
    reply: { about: 'Its bytes, in its own media type, as long as they are those that were indexed.', content: { '*/*': { binary: true } } },
    problems: [...INDEX_PROBLEMS, 'no-such-source', 'quotes-only', 'file-gone'],
  },
}

/** GET /api/sources, a page at a time by path; GET /api/sources/:id with the whole text, and /api/sources/:id/file, the file that was indexed. */
export function sourceRoutes(record: LiveRecord, { SOURCES }: Pick<Config, 'SOURCES'>): Router {
  return Router()
    .get('/sources', async (request, response) => {
      const limit = wholeNumber(request, 'limit', 1, MOST) ?? PAGE
      const cursor = wholeNumber(request, 'cursor', 0, Number.MAX_SAFE_INTEGER) ?? 0
      const page = await record.use(async (generation): Promise<SourcesPage> => {
        const next = cursor + limit < generation.counts.sources ? String(cursor + limit) : null
        return { sources: (await generation.list(cursor, limit)).map(publicSource), next }
      })
      response.json(page)
    })
    .get('/sources/:id', async (request, response) => {
      const source = await record.use(async (generation): Promise<SourceWithText> => {
        const { number } = await wanted(generation, request.params.id)
        if (SOURCES === 'quotes') throw quotesOnly()
        return sourceWithText(generation, number)
      })
      response.json(source)
    })
    .get('/sources/:id/file', async (request: Request<{ id: string }>, response: Response) => {
      const { stored, content } = await record.use(async (generation) => {
        const { stored } = await wanted(generation, request.params.id)
        if (SOURCES === 'quotes') throw quotesOnly()
        return { stored, content: await generation.original(stored) }
      })
      if (!content) {
        throw new ProblemError('file-gone', 'The file is not the one that was indexed any more.', {
          remedy: 'The text as it was indexed can still be read. Its operator makes the index anew: onrecord index FOLDER.',
        })
      }
      response.attachment(basename(stored.original.file))
      response.setHeader('Content-Type', stored.mediaType)
      response.setHeader('Content-Security-Policy', SANDBOX)
      response.setHeader('Content-Length', stored.original.bytes)
      // Who goes away, or is told of a change by the missing end, needs no more of it.
      await pipeline(content, response).catch(() => {})
    })
}
