import { beforeAll, expect, it } from 'vitest'
import { type Served, serveCorpus } from '../served.ts'

const LISTED = 'https://news.example.org'

let server: Served
beforeAll(async () => {
  server = await serveCorpus({ ORIGINS: [LISTED], RATE_LIMIT: 2 })
})

it('the script may be loaded by pages of any origin, and is kept for a few minutes', async () => {
  const { status, headers } = await server.send('/widget.js', { headers: { Origin: 'https://elsewhere.example' } })
  expect(status, 'the widget is not built: npm run build').toBe(200)
  expect(headers['content-type']).toBe('text/javascript; charset=utf-8')
  expect(headers['cross-origin-resource-policy']).toBe('cross-origin')
  expect(headers['access-control-allow-origin']).toBe('*')
  expect(headers['cache-control']).toBe('public, max-age=300')
})

it('the script is not sent again while it has not changed', async () => {
  const { headers } = await server.send('/widget.js')
  const again = await server.send('/widget.js', { headers: { 'If-None-Match': headers.etag as string } })
  expect([again.status, again.text]).toEqual([304, ''])
})

it('a page of a listed origin may read when to come back', async () => {
  const ask = () => server.send('/api/suggestions', { headers: { Origin: LISTED } })
  await ask()
  await ask()
  const { status, headers } = await ask()
  expect(status).toBe(429)
  expect(headers['retry-after']).toMatch(/^\d+$/)
  expect(headers['access-control-expose-headers']).toBe('Retry-After')
})
