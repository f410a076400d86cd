import { type RequestHandler, Router } from 'express'
import { ProblemError } from '../problems.ts'
import type { Route } from '../route-table.ts'

/** Refuses known paths called by another method, and says by which they can be. */
export function otherMethods(routes: Route[]): Router {
  const router = Router()
  for (const path of new Set(routes.map((route) => route.path))) {
    const methods = routes.filter((route) => route.path === path).flatMap((route) => route.methods)
    const allowed = methods.includes('GET') ? ['HEAD', ...methods] : methods
    router.all(path, refusing(allowed.sort().join(', ')))
  }
  return router
}

function refusing(allowed: string): RequestHandler {
  return (request, response) => {
    response.setHeader('Allow', allowed)
    throw new ProblemError('method-not-allowed', `${request.method} is not for this address; it takes ${allowed}.`)
  }
}
