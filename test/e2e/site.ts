import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterFile } from '../after.ts'

/** A site of somebody else's. It has two origins: a server may list the one and not the other. */
export interface Site {
  /** http://localhost:41234 */
  localhost: string
  /** http://127.0.0.1:41234 */
  loopback: string
  /** Puts a page there, and returns its path. */
  page: (body: string, headers?: Record<string, string>, head?: string) => string
}

/** Starts an empty site on a free port. */
export async function site(): Promise<Site> {
  const pages = new Map<string, { html: string; headers: Record<string, string> }>()
  const server = createServer((request, response) => {
    const page = pages.get(request.url ?? '')
    response.writeHead(page ? 200 : 204, { 'Content-Type': 'text/html; charset=utf-8', ...page?.headers })
    response.end(page?.html)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  afterFile(() => server.close())
  const { port } = server.address() as AddressInfo
  return {
    localhost: `http://localhost:${port}`,
    loopback: `http://127.0.0.1:${port}`,
    page: (body, headers = {}, head = '') => {
      const path = `/${pages.size + 1}`
      const meta = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>A site</title>'
      pages.set(path, { html: `<!doctype html><html lang="en"><head>${meta}${head}</head><body>${body}</body></html>`, headers })
      return path
    },
  }
}
