import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { ask, browsing, focused, focusedLink, picture, servedCorpus, visit } from './visit.ts'

const BOATS = 'How many boats fish from the Pool?'

browsing()
let address: string
beforeAll(async () => {
  address = (await servedCorpus()).address
})

describe('with Tab alone', () => {
  it('every function of an answer is reached, in the order in which it stands, and is seen to have the focus', async () => {
    const page = await visit(address)
    const turn = await ask(page, BOATS)
    for (const summary of await turn.locator('summary').all()) await summary.click()
    expect(await walked(page)).toEqual(await reachable(page))
  })

  it.each([1280, 320])('so is every function of an open source, at %i px', async (width) => {
    const page = await visit(address, { viewport: { width, height: 800 } })
    const turn = await ask(page, 'What did the harbour master say about silt?')
    await turn.getByRole('link', { name: 'Open in source' }).first().click()
    await page.locator('.source-view mark').first().waitFor()
    const all = await reachable(page)
    expect(await walked(page)).toEqual(all)
    // Over a narrow page nothing behind it can be reached.
    expect(all.some((name) => name.includes('Ask'))).toBe(width === 1280)
  })

  it('the first step skips to the question box', async () => {
    const page = await visit(address)
    await ask(page, BOATS)
    await toTop(page)
    await page.keyboard.press('Tab')
    const skip = page.getByRole('button', { name: 'Skip to the question box' })
    expect(await skip.boundingBox()).toMatchObject({ y: 0 })
    await page.keyboard.press('Enter')
    expect(await focused(page)).toBe('question')
  })
})

it('Escape closes the source wherever the focus is in it, and gives it back to what opened it', async () => {
  const page = await visit(address)
  const turn = await ask(page, 'What did the harbour master say about silt?')
  const opener = turn.getByRole('link', { name: 'Open in source' }).nth(1)
  const link = await opener.getAttribute('href')
  for (const steps of [0, 1, 3]) {
    await opener.press('Enter')
    await page.locator('.source-view mark').first().waitFor()
    for (let i = 0; i < steps; i++) await page.keyboard.press('Tab')
    await page.keyboard.press('Escape')
    await page.locator('.source-view').waitFor({ state: 'detached' })
    await expect.poll(() => focusedLink(page)).toBe(link)
  }
})

describe('a screen reader is told', () => {
  it('that it is searched, and then the answer in one phrase', async () => {
    const page = await visit(address)
    await page.evaluate(`{
      const region = document.querySelector('[aria-live=polite]')
      window.told = []
      new MutationObserver(() => region.textContent && told.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true })
    }`)
    await ask(page, BOATS)
    await ask(page, 'Which vitamin prevents scurvy?')
    expect(await page.evaluate<string[]>('told')).toEqual([
      'Searching the record',
      expect.stringMatching(/^\d passages from \d sources$/),
      'Searching the record',
      'Not on record: the 14 documents here don’t say.',
    ])
  })

  it('why there is none', async () => {
    const page = await visit(address, {}, /ERR_/)
    await page.getByRole('region', { name: 'For example' }).waitFor()
    await page.context().setOffline(true)
    await ask(page, BOATS)
    expect(await page.locator('[aria-live=polite]').textContent()).toContain('No answer from the server')
  })
})

describe('a reader', () => {
  it('without JavaScript is told what is needed', async () => {
    const page = await visit(address, { javaScriptEnabled: false })
    expect(await page.locator('noscript').innerText()).toContain('needs JavaScript')
    await picture(page, 'no-javascript')
  })

  it('who asks for less motion has none', async () => {
    const page = await visit(address, { reducedMotion: 'reduce' })
    await page.route('**/api/ask', () => {})
    await page.locator('textarea').fill(BOATS)
    await page.locator('textarea').press('Enter')
    await page.locator('.skeleton').waitFor()
    await page.waitForTimeout(800)
    expect(await page.evaluate(MOVING)).toEqual([])
  })

  it('with colours of their own can use all of it', async () => {
    const page = await visit(address, { forcedColors: 'active' })
    const turn = await ask(page, BOATS)
    await turn.getByRole('link', { name: 'Open in source' }).first().click()
    await page.locator('.source-view mark').first().waitFor()
    // The highlighter is the system's own; what is focused is outlined, since backgrounds and shadows are taken away.
    const colours = await page.evaluate<string[]>(
      "['.source-view mark', '.lead mark', 'body'].map((selector) => getComputedStyle(document.querySelector(selector)).backgroundColor)",
    )
    expect(colours[0]).toBe(colours[1])
    expect(colours[0]).not.toBe(colours[2])
    await page.keyboard.press('Tab')
    expect(await page.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid')
    await picture(page, 'forced-colours')
  })
})

/** Transitions and animations that run, by the element and what of it moves. */
const MOVING = `[
  ...document.getAnimations().filter(({ playState }) => playState === 'running').map(({ effect }) => effect.target.outerHTML),
  ...[...document.querySelectorAll('*')].filter((each) => getComputedStyle(each).transitionDuration.split(', ').some((time) => parseFloat(time) > 0)).map(({ outerHTML }) => outerHTML),
]`

const NAME = `(each) => each.id || each.getAttribute('aria-label') || each.textContent.trim()`

/** Whatever can have the focus and is not behind something: links, buttons, fields, what is folded. */
function reachable(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`[...document.querySelectorAll('a[href], button, textarea, input, select, summary')]
    .filter((each) => each.checkVisibility() && !each.closest('[inert]') && each.tabIndex >= 0 && !each.disabled)
    .map(${NAME})`)
}

/** What Tab comes to, from the top of the page until it comes round; each must look otherwise with the focus than without. */
async function walked(page: Page): Promise<string[]> {
  const names: string[] = []
  await toTop(page)
  for (let i = 0; i < 200; i++) {
    await page.keyboard.press('Tab')
    const [name, seen] = await page.evaluate<[string, boolean]>(`(() => {
      const each = document.activeElement
      if (!each || each === document.body) return ['', true]
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each)
      const { top, bottom } = each.getBoundingClientRect()
      return [(${NAME})(each), (boxShadow !== 'none' || (outlineStyle !== 'none' && outlineWidth !== '0px')) && bottom > 0 && top < innerHeight]
    })()`)
    if (name === '') break
    expect({ name, seen }).toEqual({ name, seen: true })
    names.push(name)
  }
  return names
}

/** The next Tab goes to what stands first. */
async function toTop(page: Page) {
  await page.evaluate("{ document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex') }")
}
