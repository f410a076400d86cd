import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { originalLink } from '../../client/ui/original-link.ts'
import type { Answer, Citation } from '../../server/contract.ts'
import { afterFile } from '../after.ts'
import { ask, browsing, focused, focusedLink, inView, overflow, picture, servedCorpus, textOf, visit } from './visit.ts'

const SILT = 'What did the harbour master say about silt?'
const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] }

browsing()
let address: string
beforeAll(async () => {
  address = (await servedCorpus()).address
})

const clipboard = (page: Page) => page.evaluate<string>('navigator.clipboard.readText()')

async function answerTo(page: Page, question: string): Promise<Answer> {
  return (await (await page.request.post(`${address}/api/ask`, { data: { question } })).json()) as Answer
}

/** From here on every question is answered with this. */
async function answerWith(page: Page, answer: Answer): Promise<void> {
  await page.route('**/api/ask', (route) => route.fulfill({ json: answer }))
}

/** An answer of these statements: what is said, by whom and on which day. */
async function statements(page: Page, said: [string, string, string][]): Promise<Answer> {
  const answer = await answerTo(page, SILT)
  const [model] = answer.citations as [Citation]
  const citations = said.map(([quote, speaker, saidOn], n): Citation => {
    const span = { start: n * 1000, end: n * 1000 + quote.length }
    const statement = { ...span, mention: null, speaker, role: null, speech: 'direct' as const, cue: null, saidOn, saidOnText: null }
    return { ...model, ...span, quote, passage: { text: quote, ...span }, statements: [statement], alsoIn: [] }
  })
  return { ...answer, status: 'answered', missing: [], disagreements: [], citations }
}

describe('copying a citation', () => {
  it('takes plain text at once, and another form from the list', async () => {
    const page = await visit(address, CLIPBOARD)
    const lead = (await ask(page, SILT)).getByRole('article').first()
    const [{ quote, source }] = (await answerTo(page, SILT)).citations as [Citation]
    await lead.getByRole('button', { name: 'Copy citation' }).click()
    await lead.getByText('Copied').waitFor()
    expect(await clipboard(page)).toContain(`${quote}`)
    const forms = lead.getByRole('button', { name: 'Copy in another form' })
    await forms.click()
    await picture(page, 'copy-forms')
    await lead.getByRole('button', { name: 'Markdown' }).click()
    await expect.poll(() => clipboard(page)).toMatch(/^> /)
    expect(await forms.getAttribute('aria-expanded')).toBe('false')
    await forms.click()
    await lead.getByRole('button', { name: 'HTML' }).click()
    await expect.poll(() => clipboard(page)).toMatch(/^<blockquote cite="https:\/\/example\.org\/harbour\//)
    await forms.click()
    await lead.getByRole('button', { name: 'CSL-JSON' }).click()
    await expect.poll(() => clipboard(page)).toMatch(/^\[/)
    expect(JSON.parse(await clipboard(page))).toMatchObject([{ title: source.title, URL: source.url }])
  })

  it('works by the keyboard; Escape closes the list only, and the focus returns', async () => {
    const page = await visit(address, CLIPBOARD)
    const turn = await ask(page, SILT)
    await turn.getByRole('link', { name: 'Open in source' }).first().click()
    const source = page.getByRole('complementary', { name: 'Source' })
    await source.locator('mark').first().waitFor()
    const forms = turn.getByRole('button', { name: 'Copy in another form' }).first()
    await forms.focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('Markdown')
    await page.keyboard.press('Escape')
    expect(await forms.getAttribute('aria-expanded')).toBe('false')
    expect(await focused(page)).toBe('▾')
    expect(await source.isVisible()).toBe(true)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect.poll(() => clipboard(page)).toMatch(/^> /)
    expect(await focused(page)).toBe('▾')
    // Leaving by Tab closes it too, and so does a click elsewhere.
    await page.keyboard.press('Enter')
    for (let n = 0; n < 4; n++) await page.keyboard.press('Tab')
    expect(await forms.getAttribute('aria-expanded')).toBe('false')
    await forms.click()
    await turn.getByRole('heading', { level: 2 }).click()
    expect(await forms.getAttribute('aria-expanded')).toBe('false')
  })

  it('works where there is no clipboard to write to, and leaves the focus where it was', async () => {
    const page = await visit(address, CLIPBOARD)
    const lead = (await ask(page, SILT)).getByRole('article').first()
    await page.evaluate('navigator.clipboard.writeText = () => Promise.reject(new Error())')
    await lead.getByRole('button', { name: 'Copy in another form' }).click()
    await lead.getByRole('button', { name: 'Markdown' }).click()
    await lead.getByText('Copied').waitFor()
    expect(await clipboard(page)).toMatch(/^> /)
    expect(await focused(page)).toBe('▾')
  })

  it('has room for its list on a phone', async () => {
    const page = await visit(address, { viewport: { width: 320, height: 640 }, colorScheme: 'dark' })
    const lead = (await ask(page, SILT)).getByRole('article').first()
    await lead.getByRole('button', { name: 'Copy in another form' }).click()
    await picture(page, 'copy-forms-320-dark')
    expect(await inView(lead.getByRole('button', { name: 'CSL-JSON' }))).toBe(true)
    expect(await overflow(page)).toBe(0)
  })
})

describe('verifying a citation', () => {
  it('says that these are the stored words, with their checksum', async () => {
    const page = await visit(address)
    const lead = (await ask(page, SILT)).getByRole('article').first()
    const [{ source }] = (await answerTo(page, SILT)).citations as [Citation]
    await lead.getByRole('button', { name: 'Verify' }).click()
    await lead.getByText('Verified: these are the stored words.').waitFor()
    await lead.getByText('SHA-256').click()
    expect(await textOf(lead.locator('.checksum'))).toBe(source.sha256)
    await picture(page, 'verified')
  })

  it('says why one does not hold', async () => {
    const page = await visit(address)
    await answerWith(page, await statements(page, [['Words that nobody said.', 'Nobody', '2025-05-01']]))
    const lead = (await ask(page, SILT)).getByRole('article').first()
    await lead.getByRole('button', { name: 'Verify' }).click()
    await lead.getByText(/Not verified\. .*Other words stand at this place\./).waitFor()
    await picture(page, 'not-verified')
  })
})

describe('the time axis', () => {
  const SAID: [string, string, string][] = [
    ['We will not move from the old harbour, and nobody who knows these waters would ask it of us in earnest.', 'Hesper Dunnock', '2025-05-09'],
    ['The trench would cost five million.', 'Ines Tamar', '2025-03-11'],
    ['We may move, if the price is right.', 'Hesper Dunnock', '2025-10-06'],
    ['Nobody asked us.', 'Ephraim Sarle', '2025-10-06'],
    ['It will be dug.', 'Ines Tamar', '2025-11'],
  ]

  it.each([
    ['', {}],
    ['-dark', { colorScheme: 'dark' as const }],
    ['-320', { viewport: { width: 320, height: 640 } }],
    ['-rtl', { locale: 'ar' }],
  ])('stands under the quotes, from the earliest to the latest%s', async (name, options) => {
    const page = await visit(address, options)
    await answerWith(page, await statements(page, SAID))
    const rtl = name === '-rtl'
    await page.getByRole('textbox').fill(SILT)
    await page.keyboard.press('Enter')
    const axis = page.getByRole('group', { name: rtl ? 'متى قيل' : 'When it was said' })
    await axis.scrollIntoViewIfNeeded()
    const marks = axis.getByRole('link')
    const labels = await Promise.all((await marks.all()).map((mark) => mark.getAttribute('aria-label')))
    expect(labels.length).toBe(5)
    if (!rtl) expect(labels[1]).toMatch(/Hesper Dunnock\W+9 May 2025: “.*We will not move/)
    await marks.nth(2).hover()
    expect(await axis.locator('.shown-mark').isVisible()).toBe(true)
    await picture(page, `time-axis${name}`)
    const places = await Promise.all([0, 1, 4].map(async (n) => (await marks.nth(n).boundingBox())?.x ?? 0))
    const [first, second, last] = places as [number, number, number]
    // 11 March, 9 May, and the middle of November: the second a quarter of the way.
    expect((second - first) / (last - first)).toBeCloseTo(0.24, 1)
    expect(first < last).toBe(!rtl)
    expect(await overflow(page)).toBe(0)
  })

  it('is one stop for Tab; arrow keys step, and Enter opens the source at the words', async () => {
    const page = await visit(address)
    const { citations } = await answerTo(page, SILT)
    const days = citations.map((citation, n) => ({ ...citation, statements: citation.statements.map((one) => ({ ...one, saidOn: `2025-0${n + 1}-01` })) }))
    await answerWith(page, { ...(await answerTo(page, SILT)), citations: days })
    await ask(page, SILT)
    const axis = page.getByRole('group', { name: 'When it was said' })
    const marks = axis.getByRole('link')
    await marks.first().focus()
    const [first, second] = [await marks.first().getAttribute('href'), await marks.nth(1).getAttribute('href')]
    await page.keyboard.press('ArrowRight')
    expect(await focusedLink(page)).toBe(second)
    await page.keyboard.press('Home')
    expect(await focusedLink(page)).toBe(first)
    await page.keyboard.press('End')
    expect(await focusedLink(page)).toBe(await marks.last().getAttribute('href'))
    expect(await marks.and(page.locator('[tabindex="0"]')).count()).toBe(1)
    await picture(page, 'time-axis-focus')
    await page.keyboard.press('Enter')
    const mark = page.getByRole('complementary', { name: 'Source' }).locator('mark').first()
    await mark.waitFor()
    expect(page.url()).toBe(await marks.last().getAttribute('href'))
    await page.keyboard.press('Escape')
    await expect.poll(() => focusedLink(page)).toBe(await marks.last().getAttribute('href'))
  })

  it('stands between the quotes and the sides of a disagreement', async () => {
    const page = await visit(address)
    const turn = await ask(page, "What number of working boats did Deep Water Haldersea give in May, and what number did the Inshore Fishermen's Society give?")
    await turn.locator('.disagreement').scrollIntoViewIfNeeded()
    await picture(page, 'time-axis-disagreement')
    const [axis, sides] = await Promise.all(
      [turn.getByRole('group', { name: 'When it was said' }), turn.locator('.disagreement')].map((one) => one.boundingBox()),
    )
    expect(axis?.y).toBeLessThan(sides?.y ?? 0)
    // A quote of a side that does not hold its figure has not the figure put over it.
    expect(await turn.locator('.disagreement .value').count()).toBe(0)
  })

  it('is left out where time does not matter', async () => {
    const page = await visit(address)
    await answerWith(page, await statements(page, SAID.slice(0, 2)))
    await ask(page, SILT)
    expect(await page.getByRole('group', { name: 'When it was said' }).count()).toBe(0)
  })
})

describe('an answer that is more than a reader takes in', () => {
  it('of 50 citations folds all but three', async () => {
    const page = await visit(address)
    const said = Array.from({ length: 50 }, (_, n): [string, string, string] => [
      `Statement ${n}. ${'word '.repeat(200)}`,
      `Speaker ${n % 9}`,
      `2025-01-${10 + (n % 20)}`,
    ])
    await answerWith(page, await statements(page, said))
    const turn = await ask(page, SILT)
    expect(await turn.getByRole('article').count()).toBe(3)
    expect(await turn.getByText('47 more passages').isVisible()).toBe(true)
    await turn.getByRole('group', { name: 'When it was said' }).scrollIntoViewIfNeeded()
    await picture(page, 'fifty-citations')
    await turn.getByText('47 more passages').click()
    expect(await turn.getByRole('article').count()).toBe(50)
  })
})

describe('a source that is gone', () => {
  it('is said to be, and the question can be asked again', async () => {
    const page = await visit(address, {}, /404/)
    const real = await answerTo(page, SILT)
    await answerWith(page, { ...real, citations: real.citations.map((citation) => ({ ...citation, source: { ...citation.source, id: 'gone' } })) })
    const turn = await ask(page, SILT)
    await turn.getByRole('link', { name: 'Open in source' }).first().click()
    const source = page.getByRole('complementary', { name: 'Source' })
    await source.getByText('This source is no longer in the record').waitFor()
    await picture(page, 'source-gone')
    await page.unroute('**/api/ask')
    await source.getByRole('button', { name: 'Ask again' }).click()
    await source.waitFor({ state: 'detached' })
    await turn.getByRole('link', { name: 'Open in source' }).first().click()
    await source.locator('mark').first().waitFor()
  })
})

describe('the link to the original', () => {
  const SAID = '“We will not move, not now – or ever.”'
  const TEXT = [
    'On Monday the harbour master spoke to the council about the well-known, much-discussed trench & what it costs.',
    `Asked in May, Hesper Dunnock said: ${SAID}`,
    `Asked in June, Ephraim Sarle said: ${SAID}`,
    'The first of two paragraphs that belong together ends here.',
    'The second of them has its last words at the very end.',
    'This one is wrapped\nin the file, and not on the page.',
    `It begins here, ${'and so it went on for a long time, '.repeat(12)}and here it ends.`,
  ]
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8')
    const paragraphs = TEXT.map((text, n) => `<p id="p${n}">${text.replace('&', '&amp;').replace(' ', '\n   ')}</p>`)
    response.end(
      `<!doctype html><title>A page</title><style>p { margin: 0 0 3000px }</style><link rel="icon" href="data:,"><h1>Top</h1><p></p>${paragraphs.join('\n')}`,
    )
  })
  beforeAll(() => new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening)))
  afterFile(() => server.close())

  // The Chromium of @sparticuz/chromium comes without what it needs to find text in a page.
  it.for([
    ['words with signs of the syntax', TEXT[0] as string, 0, 0],
    ['the first of two', SAID, 0, 1],
    ['the second of two', SAID, 400, 2],
    ['words over two paragraphs', TEXT.slice(3, 5).join('\n\n'), 0, 3],
    ['words over two lines', TEXT[5] as string, 0, 5],
    ['many words', TEXT[6] as string, 0, 6],
  ] as const)('leads the browser to %s', async ([_name, quote, from, paragraph], { skip }) => {
    const text = TEXT.join('\n\n')
    const start = text.indexOf(quote, from === 0 ? 0 : text.indexOf(TEXT[2] as string))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/#p4`
    const finds = await (await visit(url)).evaluate<boolean>('find("Monday", false, false, true)')
    if (!finds) skip('this browser cannot find text')
    const link = originalLink({ url, mediaType: 'text/html' }, text, { start, end: start + quote.length })
    const page = await visit(link as string)
    await expect.poll(() => inView(page.locator(`#p${paragraph}`))).toBe(true)
    for (const other of [0, 1, 2, 4, 5, 6].filter((n) => n !== paragraph)) expect(await inView(page.locator(`#p${other}`))).toBe(false)
  })

  it('stands with each quote, at its page or its time, which are told beside it', async () => {
    const page = await visit(address)
    const answer = await statements(page, [
      ['The trench would cost five million.', 'Ines Tamar', '2025-03-11'],
      ['We may move, if the price is right.', 'Hesper Dunnock', '2025-10-06'],
    ])
    const [onPage, atTime] = answer.citations as [Citation, Citation]
    const other = atTime.source.id
    onPage.source = { ...onPage.source, mediaType: 'application/pdf', url: 'https://example.org/a.pdf' }
    atTime.source = { ...atTime.source, mediaType: 'text/vtt', url: 'https://example.org/a.mp4', published: '2025-10-07', publishedFrom: 'file' }
    await answerWith(page, {
      ...answer,
      citations: [
        { ...onPage, page: 12, alsoIn: [{ source: other, start: 0, end: 9 }] },
        { ...atTime, time: 3723.5 },
      ],
    })
    const quotes = (await ask(page, SILT)).getByRole('article')
    expect(await textOf(quotes.nth(0).locator('.where'))).toMatch(/p\.\s12$/)
    expect(await quotes.nth(0).getByRole('link', { name: 'Original' }).getAttribute('href')).toBe('https://example.org/a.pdf#page=12')
    expect(await textOf(quotes.nth(0).locator('.also-in'))).toMatch(/^Also in /)
    expect(await textOf(quotes.nth(1).locator('.where'))).toMatch(/file date 7 October 2025.*at\s1:02:03$/)
    expect(await quotes.nth(1).getByRole('link', { name: 'Original' }).getAttribute('href')).toBe('https://example.org/a.mp4#t=3723')
    await picture(page, 'page-and-time')
  })

  it('stands with each quote, at its words', async () => {
    const page = await visit(address)
    const lead = (await ask(page, SILT)).getByRole('article').first()
    const link = lead.getByRole('link', { name: 'Original' })
    expect(await link.getAttribute('href')).toMatch(/^https:\/\/example\.org\/harbour\/.*#:~:text=/)
    expect(await link.getAttribute('rel')).toBe('noopener noreferrer')
  })
})
