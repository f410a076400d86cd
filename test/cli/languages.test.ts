import { join } from 'node:path'
import { expect, it } from 'vitest'
import { Ready } from '../../server/contract.ts'
import { documents, temporaryFolder } from '../fixtures.ts'
import { NEWS } from '../languages.ts'
import { onrecord, serving } from './command.ts'

const NOTICE = '3 of 5 documents are not in English (German 2, Thai 1): answers are measured for English only.'

it('documents in other languages are noticed by index, doctor and the server, and nothing is wrong with them', async () => {
  const index = join(await temporaryFolder(), 'index')
  const { en, de, th } = NEWS as { en: string; de: string; th: string }
  const folder = await documents({ 'a.txt': en, 'b.md': `# Nachrichten\n\n${de}\n`, 'c.html': `<p>${de}</p>`, 'd.txt': th, 'e.txt': 'Too short to tell.' })
  const made = await onrecord(['index', folder, '--index', index])
  expect([made.code, made.stderr]).toEqual([0, `${NOTICE}\n`])
  const told = await onrecord(['doctor', '--index', index])
  expect([told.code, told.stderr]).toEqual([0, ''])
  expect(told.stdout).toMatch(/^ok +index: 5 documents,/m)
  expect(told.stdout).toContain(NOTICE)
  const server = await serving(['--index', index])
  const ready = Ready.parse(await (await fetch(`${server.address}/readyz`)).json())
  expect(ready.languages).toEqual({ en: 1, de: 2, th: 1 })
  server.child.kill('SIGTERM')
  await server.ended
})

it('an index in English has no such notice', async () => {
  const index = join(await temporaryFolder(), 'index')
  expect((await onrecord(['index', await documents({ 'a.txt': NEWS.en as string }), '--index', index])).stderr).toBe('')
  expect((await onrecord(['doctor', '--index', index])).stdout).not.toContain('not in English')
})
