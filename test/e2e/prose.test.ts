import { join } from 'node:path'
import { expect, it } from 'vitest'
import { chatServer, holds, line, writes } from '../chat-server.ts'
import { ask, browsing, SCREENSHOTS, servedCorpus, visit } from './visit.ts'

const PARTLY = 'What did Captain Penhale say about the trial trench?'
const BOATS = 'How many boats fish from the Pool?'
const FIRST = 'Hesper Dunnock said on 9 May 2025 that “There are 31 boats working out of the Pool”.'
const SECOND = "The harbour office's register holds only boats that pay by the year, and the Society adds those that pay by the month."

browsing()

it('prose stands above the quotes as it is written, leads to them by number, and is there after a reload', async () => {
  const { behaviour, release } = holds(line(FIRST, 1), line('There are 77 boats.', 1), line(SECOND, 4))
  const chat = await chatServer(behaviour)
  const { address } = await servedCorpus({ ONRECORD_CHAT_MODEL: 'openai:test', ONRECORD_CHAT_URL: chat.url })
  const page = await visit(address)
  await page.locator('textarea').fill(BOATS)
  await page.locator('textarea').press('Enter')
  const prose = page.getByRole('region', { name: 'Written by a language model' })
  await prose.getByText(SECOND).waitFor()
  expect(await prose.getAttribute('aria-busy')).toBe('true')
  expect(await page.locator('article.quote').count()).toBeGreaterThan(3)
  release()
  await prose.and(page.locator('[aria-busy=false]')).waitFor()
  expect(await prose.innerText()).not.toContain('77')
  expect(await prose.evaluate((own) => (own.compareDocumentPosition(document.querySelector('article') as Node) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0)).toBe(
    true,
  )
  await page.screenshot({ path: join(SCREENSHOTS, 'prose.png') })
  // The fourth quote is folded away until it is asked for.
  const fourth = page.locator('article.quote').nth(3)
  expect(await fourth.isVisible()).toBe(false)
  await prose.getByRole('button', { name: 'Quote 4' }).click()
  expect(await fourth.isVisible()).toBe(true)
  expect(await fourth.evaluate((own) => own === document.activeElement)).toBe(true)
  await page.reload()
  await prose.getByText(FIRST).waitFor()
})

it('an answer stands while its prose is awaited: with what it lacks, and whoever stops it or asks on keeps it and what was written', async () => {
  const { behaviour } = holds(line(FIRST, 1))
  const chat = await chatServer(behaviour)
  const { address } = await servedCorpus({ ONRECORD_CHAT_MODEL: 'openai:test', ONRECORD_CHAT_URL: chat.url })
  const page = await visit(address)
  const prose = page.getByRole('region', { name: 'Written by a language model' })
  const stop = page.getByRole('button', { name: 'Stop', exact: true })
  const partly = await ask(page, PARTLY)
  expect(await partly.locator('.status').innerText()).toMatch(/^Partly on record.*Penhale/s)
  expect(await page.locator('[aria-live]').allInnerTexts()).toContainEqual(expect.stringMatching(/^Partly on record/))
  // The next question ends what is written of this one.
  const boats = await ask(page, BOATS)
  await boats.getByText(FIRST).waitFor()
  await expect.poll(chat.left).toBe(1)
  expect(await boats.locator('.status').innerText()).toMatch(/passages from/)
  expect(await prose.getAttribute('aria-busy')).toBe('true')
  await stop.click()
  await prose.and(page.locator('[aria-busy=false]')).waitFor()
  await expect.poll(chat.left).toBe(2)
  await page.reload()
  await boats.getByText(FIRST).waitFor()
  for (const turn of [partly, boats]) {
    expect(await turn.getByText('Stopped').count()).toBe(0)
    expect(await turn.locator('article.quote').count()).toBeGreaterThan(0)
  }
})

it('the widget asks for none, and shows none', async () => {
  const chat = await chatServer(writes(line(FIRST, 1)))
  const { address } = await servedCorpus({ ONRECORD_CHAT_MODEL: 'openai:test', ONRECORD_CHAT_URL: chat.url })
  const page = await visit(`${address}/embed`)
  await page.locator('on-record textarea').fill(BOATS)
  await page.locator('on-record textarea').press('Enter')
  await page.locator('on-record section[aria-busy=false] article').first().waitFor()
  expect(chat.requests).toEqual([])
})
