import { join } from 'node:path'
import express, { Router } from 'express'
import { packageRoot } from '../../index/package-root.ts'

/** The chat page at / and the source view at /source/:id, which are the same page. */
export function pageRoutes(folder = join(packageRoot(), 'dist', 'client')): Router {
  const page = (_request: express.Request, response: express.Response) =>
    response.sendFile('index.html', { root: folder, headers: { 'Cache-Control': 'no-cache' } })
  return (
    Router()
      .get('/', page)
      .get('/source/:id', page)
      // The names of these files hold a hash of their content.
      .use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', index: false, redirect: false }))
      .use(express.static(folder, { index: false, redirect: false }))
  )
}
