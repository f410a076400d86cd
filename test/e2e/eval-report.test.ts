import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { compare } from '../../eval/compare.ts'
import { comparisonPage } from '../../eval/comparison-report.ts'
import { runPage } from '../../eval/report.ts'
import { launchBrowser } from '../browser.ts'
import { temporaryFolder } from '../fixtures.ts'
import { HOSTILE, question, runOf } from '../measured-run.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

const quote = { path: HOSTILE, line: 1, score: 1, right: false, inPlace: false }
const RUN = runOf([
  question(),
  question({ id: 'long', question: `${HOSTILE} ${'Haldersea'.repeat(40)}`, quotes: [{ ...quote, quote: HOSTILE }] }),
  question({ id: 'absent', answerable: false, status: 'not-on-record', odds: -3, expected: [], quotes: [] }),
])

it.each([
  ['of a run', runPage(RUN)],
  ['of two runs', comparisonPage(compare(RUN, RUN))],
])('the report %s loads nothing, runs nothing, and fits a narrow screen', async (_what, html) => {
  const file = join(await temporaryFolder(), 'report.html')
  await writeFile(file, html)
  const page = await browser.newPage({ viewport: { width: 320, height: 800 }, colorScheme: 'dark' })
  const said: string[] = []
  const requests: string[] = []
  page.on('console', (message) => said.push(message.text()))
  page.on('dialog', (dialog) => said.push(dialog.message()))
  page.on('request', (request) => requests.push(request.url()))
  await page.goto(pathToFileURL(file).href)
  expect([said, requests]).toEqual([[], [pathToFileURL(file).href]])
  // The style got through its own policy: dark paper, and no line is wider than the screen.
  expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(21, 21, 19)')
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320)
  await page.close()
})
