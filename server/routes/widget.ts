import { join } from 'node:path'
import { Router } from 'express'
import { packageRoot } from '../../index/package-root.ts'
import type { Config } from '../config.ts'
import { pageOf } from './page.ts'

/** Seconds after which a page asks whether the script has changed. */
const MAX_AGE = 300

/**
 * GET /widget.js: the script for pages of any origin; whether they may ask is decided where they ask.
 * GET /embed: a page of ours that shows it with its options.
 */
export function widgetRoutes(config: Pick<Config, 'BASE_PATH'>, folder = join(packageRoot(), 'dist', 'client')): Router {
  return Router()
    .get('/widget.js', (_request, response) => {
      response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
      // For script tags with `crossorigin` or `integrity`.
      response.setHeader('Access-Control-Allow-Origin', '*')
      response.setHeader('Cache-Control', `public, max-age=${MAX_AGE}`)
      response.sendFile('widget.js', { root: folder, cacheControl: false })
    })
    .get('/embed', pageOf('embed.html', config, folder))
}
