import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { packageRoot } from '../index/package-root.ts'
import { launchBrowser } from '../test/browser.ts'
import { builtServer } from './built-server.ts'
import { withSampleIndex } from './sample.ts'

// The pictures of the docs, from the real server over the sample documents: docs/images/answer.png, source.png and widget.png.
const IMAGES = join(packageRoot(), 'docs', 'images')
const QUESTION = 'How many boats fish from the Pool?'

await withSampleIndex(async (index) => {
  const { child: server, address } = await builtServer(index, { env: { ONRECORD_LOG_LEVEL: 'warn' } })
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: 'light', locale: 'en-GB' })
    await page.goto(address)
    await page.getByRole('textbox', { name: 'Your question' }).fill(QUESTION)
    await page.keyboard.press('Enter')
    const open = page.getByRole('link', { name: 'Open in source' }).first()
    await open.waitFor()
    await page
      .getByText(/\d passages from \d sources/)
      .first()
      .waitFor()
    await mkdir(IMAGES, { recursive: true })
    await page.screenshot({ path: join(IMAGES, 'answer.png'), animations: 'disabled', caret: 'hide' })
    // A little lower, so that the picture stays below 200 kB.
    await page.setViewportSize({ width: 1280, height: 720 })
    await open.click()
    await page.getByRole('complementary', { name: 'Source' }).locator('mark').first().waitFor()
    await page.screenshot({ path: join(IMAGES, 'source.png'), animations: 'disabled', caret: 'hide' })
    await page.goto(`${address}/embed`)
    const field = page.locator('on-record').getByRole('textbox')
    await field.fill(QUESTION)
    await field.press('Enter')
    await page.locator('on-record').getByRole('link', { name: 'Open in source' }).first().waitFor()
    await page.screenshot({ path: join(IMAGES, 'widget.png'), animations: 'disabled', caret: 'hide' })
  } finally {
    await browser.close()
    const ended = once(server, 'exit')
    server.kill()
    await ended
  }
})
