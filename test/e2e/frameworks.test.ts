import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { build } from 'vite'
import { beforeAll, expect, it } from 'vitest'
import { packageRoot } from '../../index/package-root.ts'
import { type Site, site } from './site.ts'
import { ask, box, browsing, servedCorpus, visit } from './visit.ts'

const BOATS = 'How many boats fish from the Pool?'

browsing()
let server: string
let host: Site
beforeAll(async () => {
  host = await site()
  server = `${(await servedCorpus({ ONRECORD_ORIGINS: host.localhost })).address}/`
})

/** The script of an example, as a site bundles it. */
async function bundled(example: string): Promise<string> {
  const root = join(packageRoot(), 'examples', example)
  const define = { 'import.meta.env.VITE_RECORD_SERVER': JSON.stringify(server) }
  const built = await build({ root, define, logLevel: 'error', build: { write: false } })
  const script = [built]
    .flat()
    .flatMap((one) => ('output' in one ? one.output : []))
    .find((file) => file.type === 'chunk')
  if (!script) throw new Error('nothing was bundled')
  return script.code.replaceAll('</script', '<\\/script')
}

/** The built example, on a page of the site. */
async function opened(example: string): Promise<Page> {
  return visit(host.localhost + host.page(`<div id="site"></div><script type="module">${await bundled(example)}</script>`))
}

const records = (page: Page) => page.locator('on-record').count()

it.each(['react', 'vue'])('in a site made with %s the widget answers, tells the site, and comes back after other pages of it', async (example) => {
  const page = await opened(example)
  await ask(page, BOATS)
  await page.getByText(/^answered: \d+ quotes$/).waitFor()
  for (let time = 0; time < 3; time++) {
    await page.getByRole('button', { name: 'News' }).click()
    await page.getByRole('heading', { name: 'News' }).waitFor()
    expect(await records(page)).toBe(0)
    await page.getByRole('button', { name: 'The record' }).click()
    await box(page).waitFor()
    expect(await records(page)).toBe(1)
  }
  await ask(page, 'Who chairs the harbour council?')
})

it('a site made with vue opens a citation by itself', async () => {
  const page = await opened('vue')
  const turn = await ask(page, BOATS)
  await turn.locator('article a').first().click()
  await page.getByText(/^Cited: http.*\/source\/\S+start=\d+/).waitFor()
  expect(page.context().pages()).toHaveLength(1)
})

it.each(['react/record.tsx', 'vue/record-widget.vue'])('the guide shows examples/%s as it is', async (file) => {
  const [guide, example] = await Promise.all([`docs/widget.md`, `examples/${file}`].map((path) => readFile(join(packageRoot(), path), 'utf8')))
  expect(guide).toContain(example)
})
