import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { Router } from 'express'
import { packageRoot } from '../../index/package-root.ts'
import type { Config } from '../config.ts'
import { type Operations, pageOperation } from '../openapi/operation.ts'
import { pageOf } from './page.ts'

/** Seconds for which a client need not ask again: it changes with a new version of the program. */
const MAX_AGE = 300

export const openApiOperations: Operations = {
  'GET /openapi.json': {
    id: 'openapi',
    tag: 'Operation',
    summary: 'This description.',
    reply: { about: 'The description of the HTTP interface, in OpenAPI 3.1.', content: { 'application/json': {} } },
  },
  'GET /docs': pageOperation('docs', 'This description, to be read.'),
}

/**
 * GET /openapi.json: what the HTTP interface takes and gives, as `describe` tells it when somebody first asks: a server that nobody asks starts
 * without it; GET /docs: a page of it.
 */
export function openApiRoutes(config: Pick<Config, 'BASE_PATH'>, describe: () => Promise<object>, folder = join(packageRoot(), 'dist', 'client')): Router {
  let written: Promise<{ text: string; etag: string }> | undefined
  return Router()
    .get('/openapi.json', async (_request, response) => {
      written ??= describe().then(asWritten)
      const { text, etag } = await written
      response.setHeader('ETag', etag)
      response.setHeader('Cache-Control', `public, max-age=${MAX_AGE}`)
      response.type('application/json').send(text)
    })
    .get('/docs', pageOf('docs.html', config, folder))
}

function asWritten(description: object): { text: string; etag: string } {
  const text = JSON.stringify(description)
  return { text, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"` }
}
