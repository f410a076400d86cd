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

/** GET /openapi.json: what the HTTP interface takes and gives; GET /docs: a page of it. */
export function openApiRoutes(config: Pick<Config, 'BASE_PATH'>, folder = join(packageRoot(), 'dist', 'client')): Router {
  let written: Promise<{ text: string; etag: string }> | undefined
  return Router()
    .get('/openapi.json', async (_request, response) => {
      written ??= write()
      const { text, etag } = await written
      response.setHeader('ETag', etag)
      response.setHeader('Cache-Control', `public, max-age=${MAX_AGE}`)
      response.type('application/json').send(text)
    })
    .get('/docs', pageOf('docs.html', config, folder))
}

/** Written when somebody asks for it: a server that nobody asks starts without it. */
async function write(): Promise<{ text: string; etag: string }> {
  const { openApi } = await import('../openapi/document.ts')
  const text = JSON.stringify(openApi())
  return { text, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"` }
}
