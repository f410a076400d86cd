import { beforeAll, expect, it } from 'vitest'
import { ask, browsing, overflow, picture, servedCorpus, textOf, visit } from './visit.ts'

browsing()
let address: string
beforeAll(async () => {
  address = `${(await servedCorpus()).address}/embed`
})

it('shows the widget live, and it answers', async () => {
  const page = await visit(address)
  await page.getByRole('region', { name: 'For example' }).waitFor()
  await picture(page, 'embed')
  await ask(page, 'How many boats fish from the Pool?')
  await page.getByRole('article').first().waitFor()
  await picture(page, 'embed-answered')
})

it('the options change the widget, and the lines to copy with it', async () => {
  const page = await visit(address, { permissions: ['clipboard-read', 'clipboard-write'] })
  const snippet = page.locator('pre')
  const script = `<script src="${new URL('widget.js', address).href}"`
  expect((await textOf(snippet)).split('\n')).toEqual([`${script} data-mode="none" defer></script>`, '<on-record></on-record>'])
  await page.getByLabel('Theme').selectOption('Dark')
  await page.getByLabel('Language').selectOption('Deutsch')
  await page.getByLabel('Accent').fill('#00aa66')
  await page.getByRole('heading', { name: 'Die Dokumente fragen' }).waitFor()
  const colour = `getComputedStyle(document.querySelector('on-record').shadowRoot.querySelector('.root')).getPropertyValue('--accent')`
  expect(await page.evaluate<string>(colour)).toBe('#00aa66')
  expect(await textOf(snippet)).toContain('<on-record theme="dark" lang="de"></on-record>')
  await page.getByLabel('Form', { exact: true }).selectOption('A button in the corner')
  await page.getByLabel('Corner', { exact: true }).selectOption('At the start')
  await page.getByRole('button', { name: 'Die Dokumente fragen' }).click()
  await page.getByRole('dialog', { name: 'Die Dokumente fragen' }).waitFor()
  await picture(page, 'embed-launcher')
  expect((await textOf(snippet)).split('\n')).toEqual([
    '<style>on-record { --on-record-accent: #00aa66 }</style>',
    `${script} data-theme="dark" data-lang="de" data-position="start" defer></script>`,
  ])
  await page.getByRole('button', { name: 'Copy' }).click()
  await page.getByRole('button', { name: 'Copy' }).getByText('Copied').waitFor()
  expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe(await textOf(snippet))
})

it.each(['de', 'ar'])('speaks %s', async (locale) => {
  const page = await visit(address, { locale, colorScheme: 'dark' })
  await page.locator('on-record').getByRole('textbox').waitFor()
  await picture(page, `embed-${locale}`)
  expect(await textOf(page.locator('main'))).not.toMatch(/Theme|Language|Your own site/)
})

it('fits a phone', async () => {
  const page = await visit(address, { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true })
  await page.getByRole('region', { name: 'For example' }).waitFor()
  expect(await overflow(page)).toBe(0)
  await picture(page, 'embed-phone')
})
