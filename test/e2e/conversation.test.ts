import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { AskRequest } from '../../server/contract.ts'
import { answered, ask, box, browsing, focused, overflow, picture, servedCorpus, textOf, visit } from './visit.ts'

const BOATS = 'How many boats fish from the Pool?'
const DAY = 'On which day will the dredging begin?'
const PHONE = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true }

browsing()
let address: string
beforeAll(async () => {
  address = (await servedCorpus()).address
})

const headings = (page: Page) => page.getByRole('main').getByRole('heading', { level: 2 }).allTextContents()
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const field = (page: Page, name: string) => page.getByRole('group', { name: 'Filters' }).getByLabel(name, { exact: true })

/** The requests that a page sends from now on. */
function requests(page: Page): AskRequest[] {
  const sent: AskRequest[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/api/ask')) sent.push(request.postDataJSON() as AskRequest)
  })
  return sent
}

describe('a conversation', () => {
  it('is there again after a reload, as it was, and goes on', async () => {
    const page = await visit(address)
    const turn = await ask(page, BOATS)
    await ask(page, DAY)
    const before = await textOf(turn)
    await page.reload()
    expect(await textOf(await answered(page, BOATS))).toBe(before)
    expect(await headings(page)).toEqual([BOATS, DAY])
    expect(await page.evaluate<number>('scrollY')).toBe(0)
    await picture(page, 'restored')
    const sent = requests(page)
    await ask(page, 'And who said that?')
    expect(sent[0]?.history?.map(({ question }) => question)).toEqual([BOATS, DAY])
  })

  it('has a question that was still running as stopped, to be asked again', async () => {
    const page = await visit(address)
    await page.route('**/api/ask', () => {})
    await box(page).fill(BOATS)
    await page.keyboard.press('Enter')
    await page.getByText('Searching the record').first().waitFor()
    await expect.poll(() => page.evaluate<string>('Object.values(localStorage).join()')).toContain(BOATS)
    await page.reload()
    const turn = await answered(page, BOATS)
    expect(await textOf(turn)).toContain('Stopped.')
    await page.unroute('**/api/ask')
    await turn.getByRole('button', { name: 'Ask again' }).click()
    await turn.getByRole('article').first().waitFor()
  })

  it('is cleared by one button, for good, and the question box has the focus', async () => {
    const page = await visit(address)
    await ask(page, BOATS)
    await button(page, 'Clear the conversation').click()
    expect(await headings(page)).not.toContain(BOATS)
    expect(await focused(page)).toBe('question')
    await page.getByText('The conversation is cleared.').waitFor()
    await page.reload()
    await page.getByRole('region', { name: 'For example' }).waitFor()
    expect(await headings(page)).not.toContain(BOATS)
  })

  it('that is cleared while an answer is on its way does not come back with it', async () => {
    const page = await visit(address)
    await page.route('**/api/ask', () => {})
    await box(page).fill(BOATS)
    await page.keyboard.press('Enter')
    await button(page, 'Clear the conversation').click()
    await page.getByText('The conversation is cleared.').waitFor()
    await page.unroute('**/api/ask')
    await ask(page, DAY)
    expect(await headings(page)).toEqual([DAY])
  })

  it('in two tabs is that of the one which wrote last', async () => {
    const page = await visit(address)
    const other = await page.context().newPage()
    await other.goto(address)
    await ask(page, BOATS)
    await ask(other, DAY)
    await page.reload()
    expect(await headings(page)).toEqual([DAY])
  })

  it('that the browser does not keep says so, once, and goes on', async () => {
    const page = await visit('about:blank')
    await page.addInitScript("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }")
    await page.goto(address)
    await ask(page, BOATS)
    await ask(page, DAY)
    expect(await page.getByText('This browser does not keep the conversation').count()).toBe(1)
  })

  it.each([
    "{ get() { throw new DOMException('no', 'SecurityError') } }",
    '{ value: { getItem: () => \'{"version":1,"turns":[{}]}\', removeItem() {}, setItem() {} } }',
  ])('begins anew where storage is forbidden or damaged: %.40s', async (storage) => {
    const page = await visit('about:blank')
    await page.addInitScript(`Object.defineProperty(window, 'localStorage', ${storage})`)
    await page.goto(address)
    await ask(page, BOATS)
    expect(await headings(page)).toEqual([BOATS])
  })

  it('is saved as Markdown', async () => {
    const page = await visit(address)
    const quote = (await textOf((await ask(page, BOATS)).locator('blockquote mark').first())).trim()
    const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Save the conversation as Markdown').click()])
    expect(download.suggestedFilename()).toMatch(/^on-record-\d{4}-\d\d-\d\d\.md$/)
    const text = await readFile(await download.path(), 'utf8')
    expect(text).toContain(`## ${BOATS}`)
    expect(text).toContain(`> ${quote}`)
    expect(text).toMatch(/\(<http:\/\/\S+\/source\/\w+\?start=\d+&end=\d+>\)/)
  })

  it('has any question asked again in its place', async () => {
    const page = await visit(address)
    const turn = await ask(page, BOATS)
    await ask(page, DAY)
    const sent = requests(page)
    await turn.getByRole('button', { name: 'Ask again' }).click()
    await turn.and(page.locator('[aria-busy=false]')).waitFor()
    await expect.poll(() => sent.length).toBe(1)
    expect(sent[0]).toEqual({ question: BOATS, history: [] })
    expect(await headings(page)).toEqual([BOATS, DAY])
  })
})

describe('filters', () => {
  it('are set, shown, asked with, kept for the next question and removed', async () => {
    const page = await visit(address)
    const sent = requests(page)
    await button(page, 'Filters').click()
    await field(page, 'From').fill('2025-05')
    await field(page, 'Until').fill('2025-05-09')
    await field(page, 'Speaker').fill('Dunnock')
    await expect.poll(() => page.locator('datalist option').count()).toBeGreaterThan(5)
    await picture(page, 'filters-open')
    const turn = await ask(page, BOATS)
    expect(sent[0]?.filters).toEqual({ after: '2025-05', before: '2025-05-10', speaker: 'Dunnock' })
    expect(await textOf(turn)).toContain('Asked with filters: From May 2025 · Until 9 May 2025 · Speaker: \u2068Dunnock\u2069')
    await page.keyboard.press('Escape')
    await button(page, 'Remove filter. Speaker: \u2068Dunnock\u2069').click()
    expect(await focused(page)).toBe('Filters')
    await ask(page, DAY)
    expect(sent[1]?.filters).toEqual({ after: '2025-05', before: '2025-05-10' })
    await picture(page, 'filter-chips')
  })

  it('that are no dates keep the question in its box, and say why', async () => {
    const page = await visit(address)
    await button(page, 'Filters').click()
    await field(page, 'Until').fill('2025-13')
    await box(page).fill(BOATS)
    await page.getByText('No such date').waitFor()
    await button(page, 'Filters').click()
    await box(page).press('Enter')
    await expect.poll(() => page.evaluate<string>('document.activeElement.name')).toBe('until')
    expect(await box(page).inputValue()).toBe(BOATS)
    await field(page, 'Until').fill('2025')
    await field(page, 'From').fill('2026')
    await field(page, 'From').blur()
    await page.getByText('“Until” lies before “From”').waitFor()
    await field(page, 'From').fill('')
    await box(page).press('Enter')
    await answered(page, BOATS)
  })

  it('leave the page without an answer when nothing in them answers', async () => {
    const page = await visit(address)
    await button(page, 'Filters').click()
    await field(page, 'Until').fill('1999')
    expect(await textOf(await ask(page, BOATS))).toContain('Not on record within these filters.')
  })

  it('close with Escape, and the focus goes back to their button', async () => {
    const page = await visit(address)
    await ask(page, BOATS)
    const place = await box(page).boundingBox()
    await button(page, 'Filters').click()
    expect(await box(page).boundingBox()).toEqual(place)
    await field(page, 'Outlet').focus()
    await page.keyboard.press('Escape')
    expect(await field(page, 'Outlet').count()).toBe(0)
    expect(await focused(page)).toBe('Filters')
  })

  it('are set from the list of documents, which is sorted by date and searched', async () => {
    const page = await visit(address)
    const record = page.getByRole('complementary', { name: 'The record' })
    await record.getByRole('link').first().waitFor()
    const days = await page.evaluate<string[]>("[...document.querySelectorAll('.documents time')].map((time) => time.dateTime)")
    expect(days).toEqual([...days].sort().reverse())
    await record.getByRole('searchbox', { name: 'Find a document' }).fill('lantern licence')
    expect(await record.getByRole('link').count()).toBe(1)
    const title = await textOf(record.getByRole('link'))
    await record.getByRole('button', { name: 'Ask only this one' }).click()
    expect(await focused(page)).toBe('question')
    await record.getByRole('button', { name: /^\u20682025/ }).click()
    const sent = requests(page)
    const turn = await ask(page, BOATS)
    expect(sent[0]?.filters).toEqual({ after: '2025', before: '2026', source: expect.any(String) as string })
    expect(await textOf(turn)).toContain(`Source: \u2068${title}\u2069`)
  })

  it('fit on a phone', async () => {
    const page = await visit(address, PHONE)
    await ask(page, BOATS)
    await button(page, 'Filters').click()
    await field(page, 'From').fill('2025')
    await field(page, 'Until').fill('2025-1')
    await field(page, 'Speaker').fill('Dunnock')
    expect(await overflow(page)).toBe(0)
    await picture(page, 'phone-filters')
    await page.keyboard.press('Escape')
    expect(await overflow(page)).toBe(0)
    await picture(page, 'phone-chips')
  })
})

describe('a link to a question', () => {
  it('asks it once, with its filters, after what was kept but not leaning on it', async () => {
    const page = await visit(address)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await button(page, 'Filters').click()
    await field(page, 'From').fill('2025-05')
    const turn = await ask(page, BOATS)
    await turn.getByRole('button', { name: 'Copy a link to the question' }).click()
    const link = await page.evaluate<string>('navigator.clipboard.readText()')
    expect(link).toBe(`${address}/?q=${encodeURIComponent(BOATS).replaceAll('%20', '+')}&after=2025-05`)

    await ask(page, DAY)
    const sent = requests(page)
    await page.goto(link)
    await expect.poll(() => headings(page)).toEqual([BOATS, DAY, BOATS])
    await expect.poll(() => sent).toEqual([{ question: BOATS, history: [], filters: { after: '2025-05' } }])
    expect(page.url()).toBe(`${address}/`)
    expect(await button(page, 'Remove filter. From May 2025').isVisible()).toBe(true)
    await page.locator('[aria-busy=true]').waitFor({ state: 'detached' })
    await page.reload()
    await box(page).waitFor()
    expect(await headings(page)).toEqual([BOATS, DAY, BOATS])
    expect(sent).toHaveLength(1)
  })

  it('with what cannot be understood leaves that out and says so', async () => {
    const question = `${BOATS} <img src=x onerror=alert(1)>`
    const page = await visit(`${address}/?q=${encodeURIComponent(question)}&after=2025-99&outlet=${'x'.repeat(300)}`)
    await page.getByText('Not understood in the link, and left out: after and outlet.').waitFor()
    await answered(page, question)
    expect(await page.locator('main img').count()).toBe(0)
  })

  it('without a question that can be asked says so', async () => {
    const page = await visit(`${address}/?q=${'x'.repeat(1001)}`)
    await page.getByText('The link holds no question that can be asked.').waitFor()
    expect(await page.locator('main .turn').count()).toBe(0)
  })
})

/** The answer comes a piece at a time, half a second after the last key: what moves then, nobody has asked to move. */
const TRICKLE = `{
  window.shift = 0
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value
  }).observe({ type: 'layout-shift', buffered: true })
  const { fetch } = window
  window.fetch = async (url, init) => {
    const response = await fetch(url, init)
    if (!String(url).endsWith('/api/ask')) return response
    const events = (await response.text()).split(/(?<=\\n\\n)/)
    const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
    return new Response(new ReadableStream({
      async start(controller) {
        await wait(200)
        // The box that the question was in has become small again.
        window.shift = 0
        await wait(500)
        for (const event of events) {
          controller.enqueue(new TextEncoder().encode(event))
          await wait(150)
        }
        controller.close()
      },
    }), { headers: response.headers })
  }
}`

describe('an answer that arrives', () => {
  it.each([
    ['1280', {}],
    ['320', PHONE],
  ])('moves nothing on a page %s px wide', { timeout: 60_000 }, async (_, options) => {
    const page = await visit('about:blank', options)
    await page.addInitScript(TRICKLE)
    await page.goto(address)
    await page.getByRole('region', { name: 'For example' }).waitFor()
    const shifts: Record<string, number> = {}
    for (const question of [
      BOATS,
      'Which vitamin prevents scurvy?',
      'What did Captain Penhale say about the trial trench?',
      "What number of working boats did Deep Water Haldersea give in May, and what number did the Inshore Fishermen's Society give?",
    ]) {
      await ask(page, question)
      await page.waitForTimeout(200)
      shifts[question] = await page.evaluate<number>('window.shift')
    }
    expect(Math.max(...Object.values(shifts)), JSON.stringify(shifts)).toBeLessThan(0.005)
  })
})
