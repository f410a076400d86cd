import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import express, { type RequestHandler, Router } from 'express'
import { packageRoot } from '../../index/package-root.ts'
import type { Config } from '../config.ts'

/** What every address of a page is relative to. */
const ROOT = '<base href="/" />'

/** The chat page at / and the source view at /source/:id, which are the same page. */
export function pageRoutes(config: Pick<Config, 'BASE_PATH'>, folder = join(packageRoot(), 'dist', 'client')): Router {
  const page = pageOf('index.html', config, folder)
  return (
    Router()
      .get('/', page)
      .get('/source/:id', page)
      // The names of these files hold a hash of their content.
      .use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', index: false, redirect: false }))
      .use(express.static(folder, { index: false, redirect: false }))
  )
}

/** Sends a page of the client, its addresses relative to the base path. */
export function pageOf(name: string, { BASE_PATH }: Pick<Config, 'BASE_PATH'>, folder: string): RequestHandler {
  return async (_request, response) => {
    const page = await readFile(join(folder, name), 'utf8')
    response.set('Cache-Control', 'no-cache').type('html')
    response.send(page.replace(ROOT, ROOT.replace('"/"', `"${BASE_PATH}/"`)))
  }
}
