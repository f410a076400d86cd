import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Answer, SourceWithText } from '../../server/contract.ts'
import { CORPUS } from '../fixtures.ts'
import { answered, ask, box, browsing, focused, inView, picture, servedCorpus, textOf, visit } from './visit.ts'

const BOATS = 'How many boats fish from the Pool?'

browsing()
let address: string
beforeAll(async () => {
  address = (await servedCorpus()).address
})

describe('a first visit', () => {
  it('offers questions, and a click on one answers it', async () => {
    const page = await visit(address)
    const suggested = page.getByRole('region', { name: 'For example' }).getByRole('button')
    await suggested.first().waitFor()
    await picture(page, 'first-visit')
    const question = await textOf(suggested.first())
    await suggested.first().click()
    const turn = await answered(page, question)
    expect(await turn.getByRole('article').count()).toBeGreaterThan(0)
    expect(await textOf(turn)).toMatch(/\d+ passages? from \d+ sources?/)
    expect(await suggested.count()).toBe(0)
  })

  it('lists the documents', async () => {
    const page = await visit(address)
    const record = page.getByRole('complementary', { name: 'The record' })
    await record.getByRole('button', { name: 'Show all 14' }).click()
    expect(await record.getByRole('link').count()).toBe(14)
  })
})

describe('an answer', () => {
  it('is a quotation that stands in the file word for word, with its attribution', async () => {
    const page = await visit(address)
    const question = 'In September, how did Hesper Dunnock answer when she was asked whether she still refused every bucket?'
    const turn = await ask(page, question)
    const answer = (await (await page.request.post(`${address}/api/ask`, { data: { question } })).json()) as Answer
    const lead = turn.getByRole('article').first()
    const { quote, source, line } = answer.citations[0] as Answer['citations'][number]
    expect(await readFile(join(dirname(CORPUS), source.path), 'utf8')).toContain(quote)
    expect((await textOf(lead.locator('blockquote mark'))).trim()).toBe(quote)
    const credit = await textOf(lead)
    for (const part of [source.title, `line\u00a0${line}`, '2025']) expect(credit).toContain(part)
    expect(credit).toContain(source.outlet ?? source.author ?? '')
    await picture(page, 'answered')
  })

  it('that is not on record says so in words and folds the nearest passages away', async () => {
    const page = await visit(address)
    const turn = await ask(page, 'Which vitamin prevents scurvy?')
    expect(await textOf(turn)).toMatch(/Not on record: the 14 documents here don’t say\./)
    expect(await textOf(turn)).toMatch(/Nothing was found for .*“\u2068vitamin\u2069”/)
    expect(await turn.getByRole('article').first().isVisible()).toBe(false)
    await turn.getByText(/nearest passage/i).click()
    expect(await turn.getByRole('article').first().isVisible()).toBe(true)
    await picture(page, 'not-on-record')
  })

  it('that is partial names the words that no quote mentions', async () => {
    const page = await visit(address)
    const turn = await ask(page, 'What did Captain Penhale say about the trial trench?')
    expect(await textOf(turn)).toMatch(/Partly on record: .*mentions? .*“\u2068Penhale\u2069”/)
    await picture(page, 'partial')
  })

  it('with figures that differ sets them side by side, each underlined where it stands', async () => {
    const page = await visit(address)
    const turn = await ask(page, "What number of working boats did Deep Water Haldersea give in May, and what number did the Inshore Fishermen's Society give?")
    const sides = turn.locator('.disagreement')
    expect(await textOf(sides.getByRole('heading', { level: 3 }))).toMatch(/Figures differ: .*19 working boats.* and .*31 boats/)
    expect(await sides.locator('blockquote .differs').allTextContents()).toEqual(['19 working boats', '31 boats'])
    expect(await sides.getByRole('heading', { level: 4 }).allTextContents()).toEqual(['Deep Water Haldersea (2 May 2025)', 'Hesper Dunnock (9 May 2025)'])
    await picture(page, 'figures-differ')
  })

  it('to a hostile question shows it as text', async () => {
    const page = await visit(address)
    const question = '<img src=x onerror=alert(1)><script>alert(2)</script> boats "\'`$(alert(3)) [click](javascript:alert(4))'
    const turn = await ask(page, question)
    expect(await turn.getByRole('heading', { level: 2 }).textContent()).toBe(question)
    expect(await page.locator('main img, main script').count()).toBe(0)
    expect(await page.title()).toContain('<img src=x')
  })

  it('follows the one before, which stays', async () => {
    const page = await visit(address)
    await ask(page, BOATS)
    const turn = await ask(page, 'On which day will the dredging begin?')
    expect(await page.getByRole('main').getByRole('heading', { level: 2 }).allInnerTexts()).toEqual([BOATS, 'On which day will the dredging begin?'])
    expect(await inView(turn.getByRole('heading', { level: 2 }))).toBe(true)
    await picture(page, 'conversation')
  })
})

describe('the source', () => {
  it('opens at the words, whole and marked; Escape closes it and gives the focus back', async () => {
    const page = await visit(address)
    const turn = await ask(page, BOATS)
    const link = turn.getByRole('link', { name: 'Open in source' }).first()
    const id = /source\/(\w+)/.exec((await link.getAttribute('href')) ?? '')?.[1]
    await link.click()
    const source = page.getByRole('complementary', { name: 'Source' })
    const mark = source.locator('mark').first()
    await mark.waitFor()
    expect(await inView(mark)).toBe(true)
    const { text } = (await (await page.request.get(`${address}/api/sources/${id}`)).json()) as SourceWithText
    const quote = new URL(page.url()).searchParams
    expect((await source.locator('mark').allTextContents()).join('')).toBe(text.slice(Number(quote.get('start')), Number(quote.get('end'))))
    const shown = (await source.locator('.source-text').textContent()) ?? ''
    expect(shown.replace(/\s+/g, '')).toBe(text.replace(/\s+/g, ''))
    await picture(page, 'source')
    await page.keyboard.press('Escape')
    await source.waitFor({ state: 'detached' })
    await expect.poll(() => focused(page)).toBe('Open in source')
    expect(new URL(page.url()).pathname).toBe('/')
  })

  it('is not shown whole where the server shows quotes only: the quote stands in its passage, and a link alone says so politely', async () => {
    const { address } = await servedCorpus({ ONRECORD_SOURCES: 'quotes' })
    const refused = /status of 403/
    const page = await visit(address, {}, refused)
    const turn = await ask(page, BOATS)
    const quote = await turn.locator('blockquote').first().textContent()
    await turn.getByRole('link', { name: 'Open in source' }).first().click()
    const source = page.getByRole('complementary', { name: 'Source' })
    await source.getByText('This server shows quotes in their passages, not whole sources.').waitFor()
    expect(await source.locator('mark').allTextContents()).not.toEqual([])
    expect(quote).toContain((await source.locator('mark').first().textContent()) ?? '-')
    const alone = await visit(page.url(), {}, refused)
    await alone.getByText('Ask a question to see the passages that answer it.').waitFor()
    expect(await alone.getByRole('alert').count()).toBe(0)
  })

  it('closes by Back and opens again by Forward, and the conversation stays', async () => {
    const page = await visit(address)
    const turn = await ask(page, BOATS)
    await turn.getByRole('link', { name: 'Open in source' }).nth(1).click()
    const source = page.getByRole('complementary', { name: 'Source' })
    await source.locator('mark').first().waitFor()
    await page.goBack()
    await source.waitFor({ state: 'detached' })
    expect(await turn.getByRole('article').first().isVisible()).toBe(true)
    await page.goForward()
    await source.locator('mark').first().waitFor()
  })

  it('steps through the quotes of one answer', async () => {
    const page = await visit(address)
    const turn = await ask(page, 'What did the harbour master say about silt?')
    // The first quotes come from one source; the link opens the one that stands first in it.
    const links = turn.getByRole('link', { name: 'Open in source' })
    const addresses = await Promise.all([0, 1].map(async (n) => new URL((await links.nth(n).getAttribute('href')) ?? '')))
    const starts = addresses.map(({ searchParams }) => Number(searchParams.get('start')))
    expect(new Set(addresses.map(({ pathname }) => pathname)).size).toBe(1)
    await links.nth(starts.indexOf(Math.min(...starts))).click()
    const source = page.getByRole('complementary', { name: 'Source' })
    const first = await source.locator('mark').first().textContent()
    await source.getByRole('button', { name: 'Next quote' }).click()
    await source.getByText('Quote 2 of').waitFor()
    expect(await source.locator('mark').first().textContent()).not.toBe(first)
    expect(await inView(source.locator('mark').first())).toBe(true)
  })

  it('has an address of its own that shows the words', async () => {
    const page = await visit(address)
    const turn = await ask(page, BOATS)
    const link = (await turn.getByRole('link', { name: 'Open in source' }).first().getAttribute('href')) as string
    const alone = await visit(link)
    const mark = alone.getByRole('region', { name: 'Source' }).locator('mark').first()
    await mark.waitFor()
    expect(await inView(mark)).toBe(true)
    await picture(alone, 'deep-link')
    await alone.getByRole('button', { name: 'Ask a question' }).click()
    await box(alone).waitFor()
  })
})
