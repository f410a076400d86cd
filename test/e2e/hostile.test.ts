import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Answer, SourcesPage, SourceWithText } from '../../server/contract.ts'
import { onrecord, serving } from '../cli/command.ts'
import { documents, temporaryFolder } from '../fixtures.ts'
import { CASES, type Case, COUNT, questionOf, sidecar, textOf } from '../hostile.ts'
import { eventsIn } from '../served.ts'
import { box, browsing, overflow, picture, visit } from './visit.ts'

/** Asked in the browser; the rest over HTTP. A multiple of the kinds, so that each is asked as often as the next. */
const IN_BROWSER = 60

browsing()
let address: string
const texts = new Map<string, string>()
beforeAll(async () => {
  const index = join(await temporaryFolder(), 'index')
  const files = Object.fromEntries(CASES.map((each, n) => [`${each.word}.txt`, textOf(each, n)]))
  const made = await onrecord(['index', await documents({ ...files, 'sources.yaml': sidecar() }), '--index', index, '--json'])
  expect(made.stderr).toBe('')
  const server = await serving(['--index', index], { env: { ONRECORD_RATE_LIMIT: '0' } })
  address = server.address
  await server.says(/It answers from/)
  for (let next: string | null = ''; next !== null; ) {
    const page = (await (await fetch(`${address}/api/sources?limit=200${next && `&cursor=${next}`}`)).json()) as SourcesPage
    for (const { id } of page.sources) texts.set(id, ((await (await fetch(`${address}/api/sources/${id}`)).json()) as SourceWithText).text)
    next = page.next
  }
}, 120_000)

describe(`${COUNT} hostile documents`, () => {
  it('are indexed, each with its text as it stands in the file', () => {
    expect([...texts.values()].sort()).toEqual(CASES.map(textOf).sort())
  })

  it('are quoted character for character', async () => {
    const left = [...CASES.entries()].slice(IN_BROWSER)
    const asking = Array.from({ length: 6 }, async () => {
      for (let next = left.pop(); next; next = left.pop()) {
        const body = JSON.stringify({ question: questionOf(next[1], next[0]) })
        const response = await fetch(`${address}/api/ask`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body })
        expect(response.status).toBe(200)
        for (const { quote, source, start, end } of ((await response.json()) as Answer).citations) expect(texts.get(source.id)?.slice(start, end)).toBe(quote)
      }
    })
    await Promise.all(asking)
  })

  // A page for each dozen: a visitor has no more of them in one conversation, and a long one is slow to lay out.
  it.each([0, 12, 24, 36, 48])('are shown as text, none is run, and the page keeps its shape (from the %i. on)', async (first) => {
    const strange: string[] = []
    const page = await visit(address, { viewport: { width: 320, height: 800 } })
    page.on('request', (request) => {
      const { origin, pathname } = new URL(request.url())
      if (origin !== address || !/^\/(?:api\/[\w/]+|readyz)$/.test(pathname)) strange.push(request.url())
    })
    await page.getByText(`${COUNT} documents`).first().waitFor()
    const wider: string[] = []
    let width = 0
    for (let n = first; n < first + 12; n++) {
      const each = CASES[n] as Case
      const { turn, answer } = await asked(page, questionOf(each, n))
      expect(await turn.locator('h2').textContent()).toBe(questionOf(each, n))
      await unfold(turn)
      expect(await quotesIn(turn)).toEqual(answer.citations.map(({ quote }) => quote))
      expect(await turned(page, '.turn:last-of-type')).toEqual([])
      // One letter under a heap of marks cannot be broken; it is clipped.
      if (each.kind !== 'piled marks' && (await overflow(page)) > width) wider.push(`${each.kind}: ${await overflow(page)}`)
      width = await overflow(page)
    }
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(320)
    await checkSource(page, wider, CASES[first + 11]?.kind === 'piled marks')
    await page.setViewportSize({ width: 1280, height: 800 })
    if ((await overflow(page)) > 0) wider.push(`at 1280 px: ${await overflow(page)}`)
    expect(wider).toEqual([])
    expect(await turned(page, 'body')).toEqual([])
    expect(await page.evaluate(STANDING)).toEqual({ masthead: true, footer: true, question: true, foreign: 0, links: 0 })
    expect(strange).toEqual([])
    if (first === 0) await picture(page, 'hostile')
  })
})

/** Opens the source of the last quote, over everything on a narrow page, and closes it again. */
async function checkSource(page: Page, wider: string[], clipped: boolean) {
  await page.locator('.turn:last-of-type article a').first().click()
  const view = page.locator('.source-view')
  await view.locator('.source-text').waitFor()
  const [id] = /(?<=\/source\/)\w+/.exec(page.url()) ?? []
  expect(((await view.locator('.source-text').textContent()) ?? '').replace(/\s/g, '')).toBe(texts.get(id ?? '')?.replace(/\s/g, ''))
  const more = await page.evaluate<number>("((view) => view.scrollWidth - view.clientWidth)(document.querySelector('.source-view'))")
  if (more > 0 && !clipped) wider.push(`the source: ${more}`)
  await page.keyboard.press('Escape')
  await view.waitFor({ state: 'detached' })
}

/** Asks as a visitor does; the answer is what the server sent for it. */
async function asked(page: Page, question: string): Promise<{ turn: Locator; answer: Answer }> {
  let sent = ''
  await page.route(
    '**/api/ask',
    async (route) => {
      const response = await route.fetch()
      sent = await response.text()
      await route.fulfill({ response, body: sent })
    },
    { times: 1 },
  )
  await box(page).fill(question)
  await page.getByRole('button', { name: 'Ask', exact: true }).click()
  await page.locator('.turn:last-of-type[aria-busy=false]').waitFor()
  const turn = page.locator('.turn:last-of-type')
  return { turn, answer: eventsIn(sent).find(({ event }) => event === 'answer')?.data as Answer }
}

async function unfold(turn: Locator) {
  for (const summary of await turn.locator('details:not(.context) > summary').all()) await summary.click()
}

/** The quotes of a turn, in the order in which they stand; disagreements show them a second time. */
function quotesIn(turn: Locator): Promise<string[]> {
  return turn.locator('article blockquote p').allTextContents()
}

/** Whether the page's own parts are where they belong, and how many elements and links there are that only a document can have brought. */
const STANDING = `(() => {
  const shown = (selector) => { const rect = document.querySelector(selector).getBoundingClientRect(); return rect.width > 200 && rect.left >= 0 && rect.right <= innerWidth }
  return {
    masthead: shown('.masthead'), footer: shown('footer'), question: shown('.question-box'),
    foreign: document.querySelectorAll('body :is(script, img, svg, iframe, style, base, object, embed, link, [onerror], [onload], [autofocus], b)').length,
    links: [...document.querySelectorAll('a')].filter(({ protocol }) => !/^https?:$/.test(protocol)).length,
  }
})()`

/** Our own words whose letters do not run from left to right where they are shown, and lines of facts that do not. */
function turned(page: Page, within: string): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const faults = []
    const backwards = (before, after) => Math.abs(before.top - after.top) < 4 && after.left < before.left
    for (const line of document.querySelectorAll(${JSON.stringify(`${within} .where`)})) {
      const facts = [...line.children].filter((fact) => fact.checkVisibility() && fact.getClientRects().length > 0)
      for (let i = 1; i < facts.length; i++)
        if (backwards([...facts[i - 1].getClientRects()].at(-1), facts[i].getClientRects()[0])) faults.push(line.textContent)
    }
    const walker = document.createTreeWalker(document.querySelector(${JSON.stringify(within)}), NodeFilter.SHOW_TEXT)
    for (let node; (node = walker.nextNode()); ) {
      const parent = node.parentElement
      if (!parent.checkVisibility() || (!parent.closest('time') && parent.closest('[dir=auto], bdi, cite, blockquote, code, .passage, [aria-live]'))) continue
      let [depth, last] = [0, null]
      for (let at = 0; at < node.data.length; at++) {
        if (/[\u2066-\u2068]/.test(node.data[at])) depth++
        else if (node.data[at] === '\u2069') depth--
        if (depth > 0 || /[s\u2066-\u2069]/.test(node.data[at])) continue
        const range = document.createRange()
        range.setStart(node, at)
        range.setEnd(node, at + 1)
        const rect = range.getBoundingClientRect()
        if (last && backwards(last, rect)) {
          faults.push(node.data)
          break
        }
        last = rect
      }
    }
    return faults
  })()`)
}
