import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { packageRoot } from '../../index/package-root.ts'
import { launchBrowser } from '../browser.ts'
import { onrecord, type Serving, serving } from '../cli/command.ts'
import { CORPUS, temporaryFolder } from '../fixtures.ts'

export const SCREENSHOTS = join(packageRoot(), 'test', 'e2e', 'screenshots')

/** A page that tells, in `faults`, what went wrong in it: errors, and violations of its content security policy. */
export interface Visit {
  page: Page
  faults: string[]
}

let browser: Browser
let open: Visit[] = []
let corpus: Promise<string> | undefined

/** Starts a browser for a file of tests; after each test its pages must have had no fault. */
export function browsing() {
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser?.close())
  afterEach(async () => {
    const visits = open
    open = []
    for (const { page } of visits) await page.context().close()
    expect(visits.flatMap(({ faults }) => faults)).toEqual([])
  })
}

/** The built server over the sample documents, as a user starts it. */
export async function servedCorpus(env: Record<string, string> = {}): Promise<Serving> {
  corpus ??= corpusIndex()
  const server = await serving(['--index', await corpus], { env: { ONRECORD_RATE_LIMIT: '0', ...env } })
  await server.says(/It answers from/)
  return server
}

/** The index of the sample documents, made once a process by the built command. */
async function corpusIndex(): Promise<string> {
  const index = join(await temporaryFolder(), 'index')
  const made = await onrecord(['index', CORPUS, '--index', index])
  if (made.code !== 0) throw new Error(made.stderr)
  return index
}

/** Opens an address in a browser of its own, without anything kept from another. */
export async function visit(address: string, options: BrowserContextOptions = {}, expected?: RegExp): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 }, ...options })
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`))
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('console', (message) => {
    const text = message.text()
    if ((message.type() === 'error' || /Content.Security.Policy|Trusted/i.test(text)) && !expected?.test(text)) faults.push(`console: ${text}`)
  })
  open.push({ page, faults })
  await page.goto(address)
  return page
}

export const box = (page: Page) => page.getByRole('textbox', { name: 'Your question' })

/** Asks as a visitor does, and resolves to the question's part of the page once it is answered. */
export async function ask(page: Page, question: string): Promise<Locator> {
  await box(page).fill(question)
  await page.getByRole('button', { name: 'Ask', exact: true }).click()
  return answered(page, question)
}

export async function answered(page: Page, question: string): Promise<Locator> {
  const turn = page.getByRole('region', { name: question, exact: true })
  await turn.and(page.locator('[aria-busy=false]')).waitFor()
  return turn
}

/** Whether all of an element stands inside the window. */
export async function inView(element: Locator): Promise<boolean> {
  const [rect, size] = [await element.boundingBox(), element.page().viewportSize()]
  return rect !== null && size !== null && rect.y >= 0 && rect.y + rect.height <= size.height && rect.x >= 0 && rect.x + rect.width <= size.width
}

/** How much wider than the window the page is, in pixels, also by what is clipped and cannot be scrolled to. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate<number>(`(() => {
    const [root, page] = [document.documentElement, document.getElementById('page')]
    page?.style.setProperty('overflow-x', 'visible')
    const more = root.scrollWidth - root.clientWidth
    page?.style.removeProperty('overflow-x')
    return more
  })()`)
}

/** What has the focus: the text of a button or link, the id of a field. */
export function focused(page: Page): Promise<string> {
  return page.evaluate<string>('document.activeElement === document.body ? "" : document.activeElement.textContent.trim() || document.activeElement.id')
}

/** Where the link that has the focus leads. */
export function focusedLink(page: Page): Promise<string> {
  return page.evaluate<string>('document.activeElement.href ?? ""')
}

/** The text of an element. */
export async function textOf(element: Locator): Promise<string> {
  return (await element.textContent()) ?? ''
}

export function picture(page: Page, name: string): Promise<Buffer> {
  return page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) })
}
