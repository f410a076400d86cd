import type { Express, Request, Router } from 'express'

export interface Route {
  /** As it is declared: /api/sources/:id */
  path: string
  /** GET stands for HEAD as well. */
  methods: string[]
}

/** Where the routes of the API are. */
export const API = '/api'

/** Every route of an app that createApp made. */
export function routesOf(app: Express): Route[] {
  return app.locals.routes as Route[]
}

/** The routes of a router and of those that it uses. */
export function routesIn(router: Router, prefix = ''): Route[] {
  return router.stack.flatMap(({ route, handle }) => {
    if (route) return [{ path: prefix + route.path, methods: [...new Set(route.stack.map(({ method }) => method.toUpperCase()))] }]
    return isRouter(handle) ? routesIn(handle, prefix) : []
  })
}

function isRouter(handle: unknown): handle is Router {
  return Array.isArray((handle as Partial<Router>).stack)
}

/** The route that a request is for, as it is declared; null when there is none: the paths themselves are without number. */
export function patternOf(request: Request): string | null {
  const route = request.route as { path: string } | undefined
  if (!route) return null
  const isApi = request.originalUrl.toLowerCase().startsWith(`${API}/`)
  return isApi && !route.path.startsWith(API) ? API + route.path : route.path
}
