import { join } from 'node:path'
import axe, { type AxeResults, type RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { line, writing } from '../chat-server.ts'
import { serving } from '../cli/command.ts'
import { temporaryFolder } from '../fixtures.ts'
import { ask, browsing, overflow, servedCorpus, visit } from './visit.ts'

const BOATS = 'How many boats fish from the Pool?'
const DIFFERING = "What number of working boats did Deep Water Haldersea give in May, and what number did the Inshore Fishermen's Society give?"
const TURNS = [
  BOATS,
  'On which day will the dredging begin?',
  'Which vitamin prevents scurvy?',
  'What did the harbour master say about silt?',
  'Who chairs the harbour council?',
  'What did Captain Penhale say about the trial trench?',
  DIFFERING,
  'How deep is the bar?',
  'What is the trench to cost?',
  'And who pays for it?',
]

const CONTRAST = ['color-contrast', 'color-contrast-enhanced']
/** The success criteria of WCAG 2.2 to level AA and axe's own good practice; and text at 7:1, which is level AAA. */
const ALL: RunOptions = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  rules: { 'color-contrast-enhanced': { enabled: true } },
}
const CHECKS = { light: ALL, dark: { runOnly: { type: 'rule', values: CONTRAST } } satisfies RunOptions }
const WIDTHS = [1280, 320]

/** A state that the page can be in, and how a visitor comes to it. */
interface State {
  name: string
  locale?: string
  /** An address of the server's; the start page unless named. */
  path?: string
  /** Of a server without an index. */
  empty?: boolean
  /** Of a server that keeps feedback. */
  feedback?: boolean
  /** Of a server with a language model. */
  prose?: boolean
  before?: (page: Page) => Promise<unknown>
  reach?: (page: Page) => Promise<unknown>
}

const put = async (page: Page, question: string) => {
  await page.locator('textarea').fill(question)
  await page.locator('textarea').press('Enter')
}
const putAndRead = async (page: Page, question: string) => {
  await put(page, question)
  await page.locator('.turn[aria-busy=false]').last().locator('article').first().waitFor({ state: 'attached' })
}
const openSource = async (page: Page) => {
  await putAndRead(page, BOATS)
  await page.locator('article a').first().click()
  await page.locator('.source-view mark').first().waitFor()
}
const replying =
  (status: number, problem: object, headers: Record<string, string> = {}) =>
  (page: Page) =>
    page.route('**/api/ask', (route) =>
      route.fulfill({ status, headers: { 'Content-Type': 'application/problem+json', ...headers }, body: JSON.stringify({ status, ...problem }) }),
    )

/** Lets quotes through as they come, and holds the whole answer back. */
const HELD_STREAM = `{
  const real = fetch
  window.fetch = async (input, init) => {
    const response = await real(input, init)
    if (!String(input).endsWith('/api/ask')) return response
    let text = ''
    const hold = new TransformStream({
      transform(chunk, out) {
        const before = text.split('event: answer')[0].length
        text += chunk
        const now = text.split('event: answer')[0]
        out.enqueue(now.slice(before))
      },
      flush: () => new Promise(() => {}),
    })
    const body = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(hold).pipeThrough(new TextEncoderStream())
    return new Response(body, { headers: response.headers })
  }
}`

const STATES: State[] = [
  { name: 'a first visit', reach: (page) => page.locator('.suggestions').waitFor() },
  {
    name: 'waiting',
    before: (page) => page.route('**/api/ask', () => {}),
    reach: async (page) => {
      await put(page, BOATS)
      await page.locator('.skeleton').waitFor()
      // It fades in.
      await page.waitForTimeout(300)
    },
  },
  {
    name: 'streaming',
    before: (page) => page.addInitScript(HELD_STREAM),
    reach: async (page) => {
      await put(page, BOATS)
      await page.locator('section[aria-busy=true] article').first().waitFor()
    },
  },
  {
    name: 'answered, with everything unfolded',
    reach: async (page) => {
      await putAndRead(page, BOATS)
      await unfoldAll(page)
    },
  },
  { name: 'answered with prose', prose: true, reach: (page) => putAndRead(page, BOATS) },
  { name: 'partly on record', reach: (page) => putAndRead(page, 'What did Captain Penhale say about the trial trench?') },
  {
    name: 'not on record, the nearest passages unfolded',
    reach: async (page) => {
      await putAndRead(page, 'Which vitamin prevents scurvy?')
      await unfoldAll(page)
    },
  },
  { name: 'a disagreement', reach: (page) => putAndRead(page, DIFFERING) },
  {
    name: 'ten turns',
    reach: async (page) => {
      for (const question of TURNS) await ask(page, question)
    },
  },
  { name: 'a source beside the answer, or over it', reach: openSource },
  {
    name: 'a source by itself',
    path: 'source',
    reach: (page) => page.locator('.source-view.whole .source-text').waitFor(),
  },
  { name: 'a source that is not there', path: 'source/none', reach: (page) => page.locator('.source-view .fault').waitFor() },
  {
    name: 'offline',
    reach: async (page) => {
      await page.locator('.suggestions').waitFor()
      await page.context().setOffline(true)
      await put(page, BOATS)
      await page.locator('.failure').waitFor()
    },
  },
  {
    name: 'an error of the server',
    before: replying(500, { type: 'urn:onrecord:problem:internal', title: 'Internal error', detail: 'Something went wrong here. The log says more.' }),
    reach: async (page) => {
      await put(page, BOATS)
      await page.locator('.failure').waitFor()
    },
  },
  {
    name: 'too many questions',
    before: replying(
      429,
      { type: 'urn:onrecord:problem:too-many-requests', title: 'Too many requests', detail: 'At most 3 requests a minute are answered.' },
      { 'Retry-After': '300' },
    ),
    reach: async (page) => {
      await put(page, BOATS)
      await page.locator('.failure').waitFor()
    },
  },
  { name: 'a question that is too long', reach: (page) => page.locator('textarea').fill('x '.repeat(1001)) },
  { name: 'no index yet', empty: true, reach: (page) => page.locator('.not-ready').waitFor() },
  { name: 'a first visit from right to left', locale: 'ar-EG', reach: (page) => page.locator('.suggestions').waitFor() },
  { name: 'answered from right to left, a source open', locale: 'ar-EG', reach: openSource },
  { name: 'not on record from right to left', locale: 'ar-EG', reach: (page) => putAndRead(page, 'Which vitamin prevents scurvy?') },
  { name: 'the widget and its options', path: 'embed', reach: (page) => page.locator('on-record .suggestions, on-record textarea').first().waitFor() },
  { name: 'the widget, answered', path: 'embed', reach: (page) => putAndRead(page, BOATS) },
  { name: 'the widget, partly on record', path: 'embed', reach: (page) => putAndRead(page, 'What did Captain Penhale say about the trial trench?') },
  { name: 'the widget, not on record', path: 'embed', reach: (page) => putAndRead(page, 'Which vitamin prevents scurvy?') },
  { name: 'the widget from right to left, with a disagreement', locale: 'ar-EG', path: 'embed', reach: (page) => putAndRead(page, DIFFERING) },
  {
    name: 'the panel of the widget',
    path: 'embed',
    reach: async (page) => {
      await page.getByLabel('Form', { exact: true }).selectOption('A button in the corner')
      await page.getByRole('button', { name: 'Ask the record' }).click()
      await putAndRead(page, BOATS)
    },
  },
  {
    name: 'asked whether an answer helped, and why not',
    feedback: true,
    reach: async (page) => {
      await putAndRead(page, BOATS)
      await page.getByRole('button', { name: 'No', exact: true }).click()
    },
  },
  {
    name: 'the HTTP interface, with everything unfolded',
    path: 'docs',
    reach: async (page) => {
      await page.locator('#ask').waitFor()
      await unfoldAll(page)
    },
  },
  { name: 'the HTTP interface from right to left', locale: 'ar-EG', path: 'docs', reach: (page) => page.locator('#ask').waitFor() },
  { name: 'partly on record in German', locale: 'de-DE', reach: (page) => putAndRead(page, 'What did Captain Penhale say about the trial trench?') },
]

browsing()
let address: string
let emptyAddress: string
let feedbackAddress: string
let proseAddress: string
beforeAll(async () => {
  address = (await servedCorpus()).address
  feedbackAddress = (await servedCorpus({ ONRECORD_FEEDBACK: join(await temporaryFolder(), 'feedback.jsonl') })).address
  proseAddress = (
    await servedCorpus(await writing(line('Hesper Dunnock said that 31 boats work out of the Pool.', 1), line('Readers ask about the boats.', 2)))
  ).address
  emptyAddress = (await serving(['--index', join(await temporaryFolder(), 'none')])).address
})

describe('axe finds no fault, and nothing is wider than the window, light and dark, wide and narrow:', () => {
  it.each(STATES)('$name', async ({ locale = 'en-GB', path = '', empty = false, feedback = false, prose = false, before, reach }) => {
    const page = await visit('about:blank', { locale }, /status of [45]\d\d|ERR_(?:INTERNET_DISCONNECTED|FAILED)/)
    await before?.(page)
    await page.goto(
      `${empty ? emptyAddress : feedback ? feedbackAddress : prose ? proseAddress : address}/${path === 'source' ? `source/${await aSource(page)}` : path}`,
    )
    await reach?.(page)
    const faults: string[] = []
    for (const width of WIDTHS) {
      // As tall as the page: what lies under the bar of the question box can be scrolled from there, and is no fault.
      await page.setViewportSize({ width, height: 800 })
      await page.setViewportSize({ width, height: Math.max(800, await page.evaluate<number>('document.documentElement.scrollHeight')) })
      // What is dark has other colours and nothing else.
      for (const [colorScheme, rules] of Object.entries(CHECKS)) {
        await page.emulateMedia({ colorScheme: colorScheme as keyof typeof CHECKS })
        faults.push(...(await faultsOf(page, rules)).map((fault) => `${width} ${colorScheme}: ${fault}`))
      }
      const wider = await overflow(page)
      if (wider > 0) faults.push(`${width}: ${wider} pixels wider than the window`)
    }
    expect(faults).toEqual([])
  })
})

it.each(['en-GB', 'ar-EG'])('a source stands beside the conversation, not over it (%s)', async (locale) => {
  const page = await visit(address, { locale })
  await openSource(page)
  const [view, main] = await Promise.all(['.source-view', 'main'].map((part) => page.locator(part).boundingBox()))
  if (!view || !main) throw new Error('they are not shown')
  expect(view.x >= main.x + main.width || view.x + view.width <= main.x).toBe(true)
})

it('axe does find what is wrong', async () => {
  const page = await visit(address)
  await page.evaluate("document.querySelector('main').append(document.createElement('img'))")
  expect(await faultsOf(page, ALL)).toEqual([expect.stringContaining('image-alt at img')])
})

// Axe cannot tell the colour of a gradient, which the highlighter is.
it.each(['light', 'dark'] as const)('highlighted text has a contrast of 7:1 (%s)', async (colorScheme) => {
  const page = await visit(address, { colorScheme })
  const [ink, highlight] = await page.evaluate<string[]>(
    "['--ink', '--highlight'].map((name) => getComputedStyle(document.documentElement).getPropertyValue(name))",
  )
  const [light, dark] = [luminance(ink as string), luminance(highlight as string)].sort((a, b) => b - a) as [number, number]
  expect((light + 0.05) / (dark + 0.05)).toBeGreaterThanOrEqual(7)
})

/** The relative luminance of #rrggbb, as WCAG 2.2 defines it. */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.trim().slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** What axe finds, one line a place. */
async function faultsOf(page: Page, rules: RunOptions): Promise<string[]> {
  // It stays in the page, which is looked at several times.
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(axe.source)
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify({ ...rules, resultTypes: ['violations'] })})`)
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary?.split('\n')[1]?.trim()}`),
  )
}

async function aSource(page: Page): Promise<string> {
  const reply = (await (await page.request.get(`${address}/api/sources?limit=1`)).json()) as { sources: { id: string }[] }
  return reply.sources[0]?.id as string
}

async function unfoldAll(page: Page) {
  for (const summary of await page.locator('main summary').all()) await summary.click()
}
