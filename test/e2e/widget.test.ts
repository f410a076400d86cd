import { join } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { serving } from '../cli/command.ts'
import { temporaryFolder } from '../fixtures.ts'
import { type Site, site } from './site.ts'
import { answered, ask, browsing, inView, overflow, picture, servedCorpus, textOf, visit } from './visit.ts'

const BOATS = 'How many boats fish from the Pool?'
const PHONE = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true }
const TEXT = `<h1>The Haldersea Post</h1>${'<p>The harbour was quiet on Tuesday, and the boats stayed in.</p>'.repeat(40)}`

browsing()
let server: string
let host: Site
beforeAll(async () => {
  host = await site()
  server = (await servedCorpus({ ONRECORD_ORIGINS: host.localhost })).address
})

const script = (data = '') => `<script src="${server}/widget.js" ${data} defer></script>`

/** Opens a page of the site whose origin is listed. */
async function at(body: string, { headers, head, expected, ...options }: BrowserContextOptions & Setting = {}): Promise<Page> {
  return visit(host.localhost + host.page(body, headers, head), options, expected)
}
interface Setting {
  headers?: Record<string, string>
  head?: string
  expected?: RegExp
}

const launcher = (page: Page) => page.getByRole('button', { name: 'Ask the record' })
const panel = (page: Page) => page.getByRole('dialog', { name: 'Ask the record' })

async function opened(page: Page) {
  await launcher(page).click()
  await panel(page).waitFor()
  return page
}

/** Keeps, in `events` of the page, what the widgets tell. */
const listen = (page: Page) =>
  page.evaluate(`events = []; for (const type of ['ready', 'open', 'close', 'answer', 'citation-click', 'error'])
    document.addEventListener(type, (event) => { if (event.target.localName === 'on-record') events.push(type) })`)
const events = (page: Page) => page.evaluate<string[]>('events')
/** What has the focus, within the widget too. */
const focus = (page: Page) =>
  page.evaluate<string>(`(() => { let at = document.activeElement; while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
    return at.getAttribute('aria-label') || at.id || at.localName })()`)

describe('the script', () => {
  it('gives a button of 48 px, and a panel of 400 by 640 px that answers with quotes', async () => {
    const page = await at(TEXT + script())
    await launcher(page).waitFor()
    expect(await launcher(page).boundingBox()).toMatchObject({ width: 48, height: 48 })
    await picture(page, 'widget-launcher')
    await opened(page)
    expect(await panel(page).boundingBox()).toMatchObject({ width: 400, height: 640 })
    await page.getByRole('region', { name: 'For example' }).waitFor()
    await picture(page, 'widget-open')
    const turn = await ask(page, BOATS)
    expect(await textOf(turn)).toMatch(/\d+ passages? from/)
    expect(await inView(turn.getByRole('heading', { name: BOATS }))).toBe(true)
    expect(await inView(turn.locator('blockquote').first())).toBe(true)
    await picture(page, 'widget-answered')
  })

  it('is dark where the reader wants it dark', async () => {
    const page = await opened(await at(TEXT + script(), { colorScheme: 'dark' }))
    await ask(page, BOATS)
    await picture(page, 'widget-dark')
  })

  it('loaded twice gives one widget', async () => {
    const page = await at(TEXT + script() + script())
    await launcher(page).waitFor()
    expect(await page.locator('on-record').count()).toBe(1)
  })

  it('leaves one global, and no style and no attribute elsewhere', async () => {
    const names = 'Object.getOwnPropertyNames(window).sort().join()'
    const outside = '[document.head.outerHTML, document.documentElement.cloneNode(false).outerHTML, document.adoptedStyleSheets.length].join()'
    const without = await at(TEXT)
    const before = await without.evaluate<string>(names)
    const page = await opened(await at(TEXT + script()))
    await ask(page, BOATS)
    expect((await page.evaluate<string>(names)).split(',').filter((name) => !before.split(',').includes(name))).toEqual(['OnRecord'])
    expect(await page.evaluate<string>(outside)).toBe(await without.evaluate<string>(outside))
  })

  it('takes the mode, words, language and corner from its data attributes', async () => {
    const page = await at(TEXT + script('data-lang="ar" data-heading="اسأل الصحيفة" data-position="start" data-suggestions="off" data-theme="dark"'))
    await page.getByRole('button', { name: 'اسأل الصحيفة' }).click()
    const dialog = page.getByRole('dialog', { name: 'اسأل الصحيفة' })
    await dialog.getByRole('textbox', { name: 'سؤالك' }).waitFor()
    // The start of a line is at the right in Arabic.
    expect((await dialog.boundingBox())?.x).toBeGreaterThan(800)
    expect(await dialog.getByRole('list').count()).toBe(0)
    await picture(page, 'widget-arabic')
  })
})

describe('the element', () => {
  it('answers where it stands, three times on one page, each by itself', async () => {
    const places = ['Council', 'Harbour', 'Press'].map((name) => `<h2>${name}</h2><on-record heading="${name}"></on-record>`).join('')
    const page = await at(places + script('data-mode="none"'))
    const second = page.locator('on-record').nth(1)
    await second.getByRole('textbox').fill(BOATS)
    await second.getByRole('textbox').press('Enter')
    await second.getByRole('article').first().waitFor()
    expect(await page.getByRole('article').count()).toBe(await second.getByRole('article').count())
    await second.scrollIntoViewIfNeeded()
    await picture(page, 'widget-inline')
  })

  it('follows its attributes', async () => {
    const page = await at(`<on-record></on-record>${script('data-mode="none"')}`)
    const set = (name: string, value: string) => page.evaluate(`document.querySelector('on-record').setAttribute('${name}', '${value}')`)
    await page.getByRole('heading', { name: 'Ask the record' }).waitFor()
    await ask(page, BOATS)
    await set('lang', 'de')
    await page.getByRole('heading', { name: 'Die Dokumente fragen' }).waitFor()
    await page.getByText(/Stellen? aus/).waitFor()
    await set('mode', 'launcher')
    await page.getByRole('button', { name: 'Die Dokumente fragen' }).click()
    await page.getByRole('region', { name: BOATS }).waitFor()
  })

  it('asks only what its filters let through', async () => {
    const page = await at(`<on-record outlet="No such outlet"></on-record>${script('data-mode="none"')}`)
    await ask(page, BOATS)
    await page.getByText('Not on record').first().waitFor()
  })

  it('moved, or taken out and put in again, keeps its conversation', async () => {
    const page = await opened(await at(TEXT + script()))
    await ask(page, BOATS)
    await page.evaluate(`kept = document.querySelector('on-record'); kept.remove()`)
    expect(await panel(page).count()).toBe(0)
    await page.evaluate('document.body.prepend(kept)')
    await answered(page, BOATS)
    await ask(page, 'And in March?')
    await page.keyboard.press('Escape')
    await launcher(page).waitFor()
  })

  it('destroyed leaves nothing behind, also while a question is under way', async () => {
    const page = await at(TEXT + script())
    const before = await page.evaluate<string>('document.documentElement.outerHTML')
    await opened(page)
    const outcome = page.evaluate<string>(`(() => { const element = document.querySelector('on-record'); const asked = element.ask(${JSON.stringify(BOATS)})
      element.destroy(); gone = element; return asked.then(() => 'answered', (error) => error.kind) })()`)
    expect(await outcome).toBe('stopped')
    expect(await page.evaluate<string>('document.documentElement.outerHTML')).toBe(before.replace(/<on-record.*?<\/on-record>/, ''))
    expect(await page.evaluate<number>('gone.shadowRoot.childElementCount')).toBe(0)
    await page.evaluate('document.body.append(gone)')
    await opened(page)
    await ask(page, BOATS)
  })
})

describe('for the site', () => {
  it('ask() resolves to the answer, one question after another, and what happens is told', async () => {
    const page = await at(`<p>The Post</p>`)
    await listen(page)
    await page.evaluate(`document.body.append(Object.assign(document.createElement('script'), { src: '${server}/widget.js' }))`)
    await launcher(page).waitFor()
    await expect.poll(() => events(page)).toEqual(['ready'])
    const asking = `Promise.all(['${BOATS}', 'Which vitamin prevents scurvy?'].map((question) => document.querySelector('on-record').ask(question)))`
    const answers = await page.evaluate<{ question: string; status: string }[]>(asking)
    expect(answers.map(({ question, status }) => [question, status])).toEqual([
      [BOATS, 'answered'],
      ['Which vitamin prevents scurvy?', 'not-on-record'],
    ])
    await page.evaluate(`document.querySelector('on-record').open()`)
    await answered(page, BOATS)
    await page.evaluate(`document.querySelector('on-record').close()`)
    expect(await events(page)).toEqual(['ready', 'answer', 'answer', 'open', 'close'])
  })

  it('a citation opens in a new tab at its words, unless the site takes it over', async () => {
    const page = await opened(await at(TEXT + script()))
    const link = (await ask(page, BOATS)).getByRole('link', { name: 'Open in source' }).first()
    const [tab] = await Promise.all([page.context().waitForEvent('page'), link.click()])
    await tab.waitForLoadState()
    expect(tab.url()).toMatch(new RegExp(`^${server}/source/[^?]+\\?start=\\d+&end=\\d+$`))
    await tab.locator('mark').first().waitFor()
    await page.evaluate(`document.addEventListener('citation-click', (event) => { event.preventDefault(); taken = event.detail })`)
    await link.click()
    const taken = await page.evaluate<{ link: string; start: number; citation: { quote: string; start: number } }>('taken')
    expect(taken.link).toBe(tab.url())
    expect(taken.citation.start).toBe(taken.start)
    expect(page.context().pages().length).toBe(2)
  })

  it('mount() puts one where it is told, with the colours and fonts of the site', async () => {
    const style =
      '<style>body { font: 18px/1.4 Georgia, serif; background: #10233f; color: #eee } on-record { --on-record-accent: #7fd1ff; --on-record-paper: #10233f }</style>'
    const page = await at(`<div id="here"></div>${script('data-mode="none"')}`, {
      head: `${style}<style>on-record::part(quote) { letter-spacing: 1px }</style>`,
    })
    await page.evaluate(`OnRecord.mount({ target: '#here', mode: 'inline', theme: 'host', heading: 'Ask the Post' })`)
    await ask(page, BOATS)
    const styleOf = (property: string) =>
      page.evaluate<string>(`getComputedStyle(document.querySelector('on-record').shadowRoot.querySelector('article')).${property}`)
    expect(await styleOf('letterSpacing')).toBe('1px')
    expect(await styleOf('fontSize')).toBe('18px')
    expect(await styleOf('fontFamily')).toMatch(/^Georgia/)
    await picture(page, 'widget-host-theme')
  })
})

describe('on a site', () => {
  it('with a strict content security policy it works, styles and all', async () => {
    const policy = `default-src 'none'; script-src ${server}; connect-src ${server}; require-trusted-types-for 'script'`
    const page = await at(TEXT + script(), { headers: { 'Content-Security-Policy': policy }, expected: /favicon/ })
    await opened(page)
    await ask(page, BOATS)
    expect(await panel(page).boundingBox()).toMatchObject({ width: 400, height: 640 })
  })

  it('with hostile styles it looks as ever', async () => {
    const hostile = `<style>* { all: unset; font-size: 40px !important; color: lime !important; text-transform: uppercase; letter-spacing: 9px; direction: rtl;
      box-sizing: content-box !important; line-height: 3 !important } html { font-size: 3px } style, script, head { display: none } p { display: block }</style>`
    const page = await opened(await at(`${TEXT}${script()}<on-record id="inline"></on-record>`, { head: hostile }))
    expect(await panel(page).boundingBox()).toMatchObject({ width: 400, height: 640 })
    const looks = `(() => { const quote = document.querySelector('on-record[mode=launcher]').shadowRoot.querySelector('.tagline'); const style = getComputedStyle(quote)
      return [style.fontSize, style.textTransform, style.letterSpacing, style.direction, style.color].join() })()`
    expect(await page.evaluate<string>(looks)).toBe('19px,none,normal,ltr,rgb(27, 26, 23)')
    await picture(page, 'widget-hostile')
  })

  it('whose origin is not listed it says so to the owner, and to visitors nothing', async () => {
    const path = host.page(`${TEXT.slice(0, 500)}<on-record></on-record>${script()}`)
    const said: string[] = []
    const page = await visit('about:blank', {}, /On Record:|Failed to load resource.* 403/)
    page.on('console', (message) => said.push(message.text()))
    await page.addInitScript(`atWindow = 0; addEventListener('error', () => atWindow++)`)
    await page.goto(host.loopback + path)
    await page.getByText('Not available here.').first().waitFor()
    expect(await page.getByRole('button').count()).toBe(0)
    await expect.poll(() => said.filter((text) => text.includes(`ONRECORD_ORIGINS=${host.loopback}`)).length).toBe(2)
    await picture(page, 'widget-refused')
    const outcome = await page.evaluate<string>(`document.querySelector('on-record').ask('${BOATS}').catch((error) => error.kind)`)
    expect(outcome).toBe('refused')
    // There a site counts the errors of its own scripts.
    expect(await page.evaluate<number>('atWindow')).toBe(0)
  })

  it('that names no web address as the server says so, and nothing is asked', async () => {
    const expected = /On Record: its server is missing/
    const page = await at(`<on-record server="javascript:alert(1)"></on-record>${script('data-mode="none"')}`, { expected })
    await page.getByText('Not available here.').waitFor()
    expect(await page.evaluate<string>(`document.querySelector('on-record').ask('${BOATS}').catch((error) => error.kind)`)).toBe('stopped')
  })

  it('whose server has no index yet its visitors are not told how to make one', async () => {
    const empty = await serving(['--index', join(await temporaryFolder(), 'none')], { env: { ONRECORD_ORIGINS: host.localhost } })
    const page = await at(`<on-record server="${empty.address}"></on-record>${script()}`, { expected: /On Record: .*onrecord index|503/ })
    await page.getByRole('textbox').first().fill(BOATS)
    await page.getByRole('textbox').first().press('Enter')
    await page.getByText('That did not work.').first().waitFor()
    expect(await page.getByText(/onrecord|index/).count()).toBe(0)
  })

  it('whose server does not answer there is no button, and an element says so when it is asked', async () => {
    const page = await visit('about:blank', {}, /On Record: No answer|Failed to load resource/)
    await page.route('**/api/**', (route) => route.abort())
    await page.goto(host.localhost + host.page(`<on-record></on-record>${script()}`))
    await page.getByRole('textbox').fill(BOATS)
    await page.getByRole('textbox').press('Enter')
    await page.getByText('No answer from the server.').last().waitFor()
    expect(await launcher(page).count()).toBe(0)
    await page.unroute('**/api/**')
    await page.getByRole('button', { name: 'Ask again' }).click()
    expect(await textOf(await answered(page, BOATS))).toMatch(/passages? from/)
  })

  it('whose server is slow the button comes when it can be used, and the wait is shown', async () => {
    const page = await visit('about:blank')
    await page.route('**/api/**', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1000))
      await route.continue()
    })
    await page.goto(host.localhost + host.page(TEXT + script()))
    expect(await launcher(page).count()).toBe(0)
    await opened(page)
    await page.getByRole('textbox').fill(BOATS)
    await page.keyboard.press('Enter')
    await page.getByText('Searching the record').first().waitFor()
    await page.getByRole('button', { name: 'Stop' }).waitFor()
    await picture(page, 'widget-waiting')
    await answered(page, BOATS)
  })
})

describe('focus', () => {
  it('and scroll position of the site are left alone until the reader opens the panel', async () => {
    const page = await at(`<input id="search" autofocus>${TEXT}<on-record></on-record>${script()}`)
    await launcher(page).waitFor()
    await page.getByRole('region', { name: 'For example' }).waitFor()
    expect([await focus(page), await page.evaluate<number>('scrollY')]).toEqual(['search', 0])
    await page.evaluate(`scrollTo(0, 300); document.querySelector('on-record[mode=launcher]').ask('${BOATS}')`)
    await expect
      .poll(() => page.evaluate<number>(`document.querySelector('on-record[mode=launcher]').shadowRoot.querySelectorAll('article').length`))
      .toBeGreaterThan(0)
    expect([await focus(page), await page.evaluate<number>('scrollY')]).toEqual(['search', 300])
  })

  it('goes into the panel, and back to the button with Escape', async () => {
    const page = await at(TEXT + script())
    await launcher(page).focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => focus(page)).toBe('question')
    await page.keyboard.type(BOATS)
    await page.keyboard.press('Enter')
    await answered(page, BOATS)
    expect(await focus(page)).toBe('question')
    await page.keyboard.press('Escape')
    expect(await focus(page)).toBe('Ask the record')
    expect(await panel(page).count()).toBe(0)
  })

  it('goes back to what opened the panel', async () => {
    const page = await at(`<button id="own" onclick="document.querySelector('on-record').open()">Ask us</button>${script()}`)
    await launcher(page).waitFor()
    await page.locator('#own').focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => focus(page)).toBe('question')
    await page.keyboard.press('Escape')
    expect(await focus(page)).toBe('own')
  })
})

it('copies without a clipboard too, from the panel that covers a phone', async () => {
  const page = await at(TEXT + script(), PHONE)
  await page.evaluate(`Object.defineProperty(navigator, 'clipboard', { value: undefined }); copied = ''
    addEventListener('copy', (event) => { copied = event.composedPath()[0].value ?? '' })`)
  await launcher(page).tap()
  const turn = await ask(page, BOATS)
  await turn.getByRole('button', { name: 'Copy link' }).first().focus()
  await page.keyboard.press('Enter')
  await turn.getByText('Copied').first().waitFor()
  expect(await page.evaluate<string>('copied')).toMatch(/^http.*\/source\/.*start=/)
  expect(await focus(page)).toBe('Copy link')
})

describe('on a phone', () => {
  it('the panel is the whole window, and nothing behind it can be reached', async () => {
    const page = await at(TEXT + script(), PHONE)
    await launcher(page).tap()
    await panel(page).waitFor()
    expect(await panel(page).boundingBox()).toEqual({ x: 0, y: 0, width: 320, height: 640 })
    expect(await focus(page)).toBe('heading')
    await page.getByRole('region', { name: 'For example' }).waitFor()
    await picture(page, 'widget-phone')
    await ask(page, BOATS)
    expect(await overflow(page)).toBe(0)
    await picture(page, 'widget-phone-answered')
    expect(await page.evaluate<boolean>(`document.querySelector('on-record').shadowRoot.querySelector('dialog').matches(':modal')`)).toBe(true)
    await page.keyboard.press('Escape')
    await launcher(page).waitFor()
    expect(await focus(page)).toBe('Ask the record')
  })
})
