import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Answer, SourceWithText } from '../../server/contract.ts'
import { serving } from '../cli/command.ts'
import { temporaryFolder } from '../fixtures.ts'
import { answered, ask, box, browsing, focused, focusedLink, inView, overflow, picture, servedCorpus, textOf, visit } from './visit.ts'

const BOATS = 'How many boats fish from the Pool?'
const PHONE = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true }

browsing()
let address: string
beforeAll(async () => {
  address = (await servedCorpus()).address
})

describe('by keyboard alone', () => {
  it('one asks, reads, opens the source, comes back and asks again', async () => {
    const page = await visit(address)
    await page.keyboard.press('/')
    expect(await focused(page)).toBe('question')
    await page.keyboard.type(BOATS)
    await page.keyboard.press('Enter')
    const turn = await answered(page, BOATS)
    const link = await turn.getByRole('link', { name: 'Open in source' }).first().getAttribute('href')
    for (let i = 0; i < 40 && (await focusedLink(page)) !== link; i++) await page.keyboard.press('Shift+Tab')
    expect(await focusedLink(page)).toBe(link)
    await page.keyboard.press('Enter')
    const source = page.getByRole('complementary', { name: 'Source' })
    await source.locator('mark').first().waitFor()
    await expect.poll(() => focused(page)).toBe(await textOf(source.getByRole('heading', { level: 2 })))
    await page.keyboard.press('Escape')
    await source.waitFor({ state: 'detached' })
    await expect.poll(() => focusedLink(page)).toBe(link)
    await page.keyboard.press('/')
    await page.keyboard.type('Which vitamin')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('prevents scurvy?')
    expect(await box(page).inputValue()).toBe('Which vitamin\nprevents scurvy?')
    await page.keyboard.press('Enter')
    await page.getByText('Not on record').first().waitFor()
  })

  it('a suggestion is reached and taken', async () => {
    const page = await visit(address)
    const first = page.getByRole('region', { name: 'For example' }).getByRole('button').first()
    const question = await textOf(first)
    await box(page).focus()
    for (let i = 0; i < 5 && (await focused(page)) !== question; i++) await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await answered(page, question)
    expect(await focused(page)).toBe('question')
  })

  it('what has the focus is seen to have it', async () => {
    const page = await visit(address)
    await page.getByRole('region', { name: 'For example' }).waitFor()
    for (let i = 0; i < 8; i++) {
      await page.keyboard.press('Tab')
      const outline = await page.evaluate<string>(
        '((style) => [style.outlineStyle, style.outlineWidth, style.boxShadow].join(" "))(getComputedStyle(document.activeElement))',
      )
      expect(outline).not.toMatch(/^(?:none \S+|\S+ 0px) none$/)
    }
  })
})

describe('on a phone, 320 px wide,', () => {
  it('nothing is wider than the window, from the first visit to the source', async () => {
    const page = await visit(address, PHONE)
    await page.getByRole('region', { name: 'For example' }).waitFor()
    expect(await overflow(page)).toBe(0)
    await picture(page, 'phone-first-visit')
    const turn = await ask(page, BOATS)
    expect(await overflow(page)).toBe(0)
    await picture(page, 'phone-answered')
    await turn.getByRole('link', { name: 'Open in source' }).first().click()
    const source = page.getByRole('dialog', { name: 'Source' })
    await source.locator('mark').first().waitFor()
    expect(await inView(source.locator('mark').first())).toBe(true)
    expect(await overflow(page)).toBe(0)
    await picture(page, 'phone-source')
    await source.getByRole('button', { name: 'Close' }).click()
    await source.waitFor({ state: 'detached' })
    expect(await inView(turn.getByRole('link', { name: 'Open in source' }).first())).toBe(true)
  })

  it('a question of one long word breaks', async () => {
    const page = await visit(address, PHONE)
    await ask(page, 'x'.repeat(400))
    expect(await overflow(page)).toBe(0)
  })
})

describe('in the dark', () => {
  it('the page is dark and its text light', async () => {
    const page = await visit(address, { colorScheme: 'dark' })
    const turn = await ask(page, BOATS)
    const luminance = (property: string) =>
      page.evaluate<number>(`getComputedStyle(document.body).${property}.match(/[\\d.]+/g).slice(0, 3).reduce((sum, n) => sum + Number(n), 0)`)
    expect(await luminance('backgroundColor')).toBeLessThan(120)
    expect(await luminance('color')).toBeGreaterThan(550)
    await picture(page, 'dark-answered')
    await turn.getByRole('link', { name: 'Open in source' }).first().click()
    await page.getByRole('complementary', { name: 'Source' }).locator('mark').first().waitFor()
    await picture(page, 'dark-source')
  })
})

describe('a server without an index', () => {
  it('has a page that names the command which makes one', async () => {
    const { address: empty } = await serving(['--index', join(await temporaryFolder(), 'none')])
    const page = await visit(empty, {}, /status of 503/)
    await page.getByText('onrecord index').first().waitFor()
    expect(await page.getByRole('button', { name: 'Check again' }).isVisible()).toBe(true)
    await picture(page, 'no-index')
  })

  // The page looks for index_missing, the server says index-missing.
  it('says that there is no index', async () => {
    const { address: empty } = await serving(['--index', join(await temporaryFolder(), 'none')])
    const page = await visit(empty, {}, /status of 503/)
    await page.getByText('onrecord index').first().waitFor()
    expect(await textOf(page.getByRole('heading', { level: 2 }).first())).toBe('There is no index yet')
  })
})

describe('a reader', () => {
  it('of whom the server has had enough is told when to ask again', async () => {
    const page = await visit(address, {}, /status of 429/)
    await page.route('**/api/ask', (route) =>
      route.fulfill({
        status: 429,
        headers: { 'Content-Type': 'application/problem+json', 'Retry-After': '30' },
        body: JSON.stringify({
          type: 'urn:onrecord:problem:too-many-requests',
          title: 'Too many requests',
          status: 429,
          detail: 'At most 3 requests a minute are answered.',
        }),
      }),
    )
    await ask(page, BOATS)
    await page.getByRole('button', { name: /Ask again in \d+ s/ }).waitFor()
    await picture(page, 'rate-limited')
  })

  it('whose connection is gone is told so, and can ask again', async () => {
    const page = await visit(address, {}, /ERR_(?:INTERNET_DISCONNECTED|FAILED)/)
    await page.getByRole('region', { name: 'For example' }).waitFor()
    await page.context().setOffline(true)
    const turn = await ask(page, BOATS)
    expect(await textOf(turn)).toContain('No answer from the server')
    await picture(page, 'offline')
    await page.context().setOffline(false)
    await turn.getByRole('button', { name: 'Ask again' }).click()
    await turn.getByRole('article').first().waitFor()
  })

  it('of a stream that breaks off keeps what arrived of it, is told so, and can ask again', async () => {
    const page = await visit(address)
    const { citations } = (await (await page.request.post(`${address}/api/ask`, { data: { question: BOATS } })).json()) as Answer
    const arrived = `event: citation\ndata: ${JSON.stringify({ citation: citations[0] })}\n\nevent: answer\ndata: {"question":"How`
    await page.route('**/api/ask', (route) => route.fulfill({ contentType: 'text/event-stream', body: arrived }))
    const turn = await ask(page, BOATS)
    expect(await textOf(turn)).toContain('The answer broke off before it was whole.')
    expect(await turn.locator('blockquote').allTextContents()).toEqual([citations[0]?.quote])
    await page.unroute('**/api/ask')
    await turn.getByRole('button', { name: 'Ask again' }).click()
    await turn.getByText(/passages from/).waitFor()
  })

  it('of a source of 2 MB has it open at the words, and can go on reading', async () => {
    const page = await visit(address)
    const turn = await ask(page, BOATS)
    const link = turn.getByRole('link', { name: 'Open in source' }).first()
    const id = /source\/(\w+)/.exec((await link.getAttribute('href')) ?? '')?.[1]
    const source = (await (await page.request.get(`${address}/api/sources/${id}`)).json()) as SourceWithText
    const long = `${source.text}\n\n${'The harbour was quiet on Tuesday, and the boats stayed in.\n\n'.repeat(34_000)}`
    expect(long.length).toBeGreaterThan(2_000_000)
    await page.route('**/api/sources/*', (route) => route.fulfill({ json: { ...source, text: long } }))
    await link.click()
    const mark = page.getByRole('complementary', { name: 'Source' }).locator('mark').first()
    await mark.waitFor()
    expect(await inView(mark)).toBe(true)
    await page.keyboard.press('Escape')
    await page.getByRole('complementary', { name: 'Source' }).waitFor({ state: 'detached' })
  })

  it.each([
    ['de-DE', 'ltr', 'Zum Beispiel', 'Die Dokumente', '22. August 2025'],
    ['ar-EG', 'rtl', 'على سبيل المثال', 'الوثائق', '٢٢ أغسطس ٢٠٢٥'],
    ['zh-CN', 'ltr', 'For example', 'The record', '22 August 2025'],
  ])('of another language (%s) has the page in it, or else in English', async (locale, dir, suggestions, record, date) => {
    const page = await visit(address, { locale })
    await page.getByRole('region', { name: suggestions }).waitFor()
    expect(await textOf(page.getByRole('complementary', { name: record }))).toContain(date)
    expect(await page.evaluate<string>('document.documentElement.dir')).toBe(dir)
  })

  // Given to Intl unchecked it is a RangeError, and a blank page.
  it("whose browser's language is no valid tag has the page too, as under LANG=C", async () => {
    const page = await visit('about:blank', {})
    await page.addInitScript("Object.defineProperty(navigator, 'languages', { value: ['en-US@posix'] })")
    await page.goto(address)
    await box(page).waitFor({ timeout: 3000 })
  })
})
