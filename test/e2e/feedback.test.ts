import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { temporaryFolder } from '../fixtures.ts'
import { ask, browsing, focused, servedCorpus, visit } from './visit.ts'

const BOATS = 'How many boats fish from the Pool?'

browsing()
let address: string
let file: string
beforeAll(async () => {
  file = join(await temporaryFolder(), 'feedback.jsonl')
  address = (await servedCorpus({ ONRECORD_FEEDBACK: file })).address
})

const kept = async () =>
  (await readFile(file, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

it('a reader whom an answer helped says so with one press, and it is noted with what was cited', async () => {
  const page = await visit(address)
  const turn = await ask(page, BOATS)
  await turn.getByRole('group', { name: 'Did this help?' }).getByRole('button', { name: 'Yes' }).click()
  await turn.getByText('Thank you. It is noted').waitFor()
  expect(await focused(page)).toMatch(/^Thank you/)
  const line = (await kept()).at(-1) as { citations: unknown[] }
  expect(line).toMatchObject({ question: BOATS, helpful: true, generation: expect.any(String) as string })
  expect(line.citations.length).toBeGreaterThan(0)
  expect(line).not.toHaveProperty('reason')
})

it('a reader whom it did not help may say why, from a list or in own words', async () => {
  const page = await visit(address)
  const turn = await ask(page, BOATS)
  await turn.getByRole('button', { name: 'No', exact: true }).click()
  await turn.getByLabel('What is wrong?').selectOption('Something is missing')
  await turn.getByRole('button', { name: 'Send' }).click()
  await turn.getByText('Thank you.').waitFor()
  expect((await kept()).at(-1)).toMatchObject({ helpful: false, reason: 'incomplete' })
  const other = await ask(page, 'Which vitamin prevents scurvy?')
  await other.getByRole('button', { name: 'No', exact: true }).click()
  await other.getByLabel('Or in your own words').fill('  It is in the almanac <b>of</b> 1874. ')
  await other.getByLabel('Or in your own words').press('Enter')
  await other.getByText('Thank you.').waitFor()
  expect((await kept()).at(-1)).toMatchObject({ helpful: false, reason: 'It is in the almanac <b>of</b> 1874.', citations: [] })
})

it('what cannot be noted is said to be, and may be tried again', async () => {
  const page = await visit(address, {}, /status of 500/)
  const turn = await ask(page, BOATS)
  await page.route('**/api/feedback', (route) => route.fulfill({ status: 500, body: '' }), { times: 1 })
  await turn.getByRole('button', { name: 'Yes' }).click()
  await turn.getByText('It could not be noted.').waitFor()
  await turn.getByRole('button', { name: 'Yes' }).click()
  await turn.getByText('Thank you.').waitFor()
})

it('a server that keeps nothing does not ask', async () => {
  const page = await visit((await servedCorpus()).address)
  const turn = await ask(page, BOATS)
  expect(await turn.getByText('Did this help?').count()).toBe(0)
})
