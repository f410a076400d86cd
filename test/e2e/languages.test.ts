import { join } from 'node:path'
import { expect, it } from 'vitest'
import { onrecord, serving } from '../cli/command.ts'
import { documents, temporaryFolder } from '../fixtures.ts'
import { NEWS } from '../languages.ts'
import { browsing, textOf, visit } from './visit.ts'

browsing()

async function record(files: Record<string, string>): Promise<string> {
  const index = join(await temporaryFolder(), 'index')
  await onrecord(['index', await documents(files), '--index', index])
  const { address } = await serving(['--index', index])
  const page = await visit(address)
  const list = page.getByRole('complementary', { name: 'The record' })
  await list.getByRole('link').first().waitFor()
  // The documents and their languages are asked for apart.
  await page.waitForLoadState('networkidle')
  return textOf(list)
}

it('the list of documents says which are not in English, and what that means', async () => {
  const { en, de, ru } = NEWS as { en: string; de: string; ru: string }
  expect(await record({ 'a.txt': en, 'b.txt': de, 'c.txt': ru })).toContain(
    '2 documents are not in English (German and Russian). How good the answers are is measured for English only.',
  )
  expect(await record({ 'a.txt': en })).not.toContain('English')
})
