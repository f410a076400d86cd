import type { RequestHandler } from 'express'
import type { Config } from './config.ts'

/**
 * Takes the path that a proxy shows the server under off each request, so that everything behind it knows nothing of it. A proxy may have done so
 * already, and what asks without a proxy, such as a health check, need not know the path.
 */
export function withoutBasePath({ BASE_PATH }: Pick<Config, 'BASE_PATH'>): RequestHandler {
  return (request, response, next) => {
    const rest = request.url.slice(BASE_PATH.length)
    if (BASE_PATH !== '' && request.url.startsWith(BASE_PATH) && /^(?:[/?]|$)/.test(rest)) {
      // Addresses on the page are relative to the folder.
      if (!rest.startsWith('/')) return response.redirect(308, `${BASE_PATH}/${rest}`)
      request.url = request.originalUrl = rest
    }
    next()
  }
}
