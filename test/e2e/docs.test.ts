import { beforeAll, expect, it } from 'vitest'
import type { OpenApi } from '../../server/openapi/document.ts'
import { browsing, servedCorpus, visit } from './visit.ts'

browsing()
let address: string
beforeAll(async () => {
  address = (await servedCorpus()).address
})

it('the page of the HTTP interface tells every operation, field, event and problem of its description', async () => {
  const page = await visit(`${address}/docs`)
  await page.getByRole('heading', { name: 'POST /api/ask' }).waitFor()
  const text = (await page.locator('main').textContent()) ?? ''
  const api = (await (await page.request.get(`${address}/openapi.json`)).json()) as OpenApi
  for (const [path, methods] of Object.entries(api.paths))
    for (const [method, { summary }] of Object.entries(methods)) for (const words of [`${method.toUpperCase()} ${path}`, summary]) expect(text).toContain(words)
  for (const [name, schema] of Object.entries(api.components.schemas ?? {}))
    for (const field of [name, ...Object.keys(schema.properties as object)]) expect(text).toContain(field)
  for (const code of Object.keys(api['x-problems'])) expect(text).toContain(`urn:onrecord:problem:${code}`)
  for (const event of ['citation', 'answer', 'problem']) expect(text).toContain(`event: ${event}`)
})

it('its links lead to what they name, and an address of a part of it is opened there', async () => {
  const page = await visit(`${address}/docs#verify`)
  const verify = page.locator('#verify')
  await verify.waitFor()
  await page.waitForFunction('Math.abs(document.getElementById("verify").getBoundingClientRect().top) < 100')
  await verify.getByRole('link', { name: 'VerifyRequest' }).click()
  expect(new URL(page.url()).hash).toBe('#schema-VerifyRequest')
  const targets = await page.evaluate<string[]>('[...document.querySelectorAll("main a[href*=\\"#\\"]")].map((link) => decodeURIComponent(link.hash.slice(1)))')
  expect(targets.length).toBeGreaterThan(50)
  const missing = await page.evaluate<string[]>(`${JSON.stringify([...new Set(targets)])}.filter((id) => !document.getElementById(id))`)
  expect(missing).toEqual([])
})

it('its commands for a shell ask the server that it came from', async () => {
  const page = await visit(`${address}/docs`)
  const command = await page.locator('#ask pre').last().textContent()
  expect(command).toBe(
    `curl '${address}/api/ask' \\\n  -H 'Content-Type: application/json' \\\n  -d '{"question":"How many boats fish from the Pool?","limit":1}'`,
  )
})
