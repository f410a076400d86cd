import { mkdir, rename, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { FolderWatch } from '../../index/watch.ts'
import { afterFile } from '../after.ts'
import { documents } from '../fixtures.ts'

const SIGNAL = new AbortController().signal

async function watching(folder: string, index?: string): Promise<FolderWatch> {
  const made = await FolderWatch.start([folder], index)
  afterFile(() => made.close())
  return made
}

it('sees a document, facts and what is to be ignored, and nothing else: no other file, no hidden one, not the index', async () => {
  const folder = await documents({ 'a.txt': 'a', 'index/CURRENT': 'x' })
  const watch = await watching(folder, join(folder, 'index'))
  for (const name of ['b.png', '.b.txt', 'index/sources.jsonl']) await writeFile(join(folder, name), 'x')
  expect(await Promise.race([watch.next(SIGNAL), wait(1000)])).toBeUndefined()
})

it.each(['a.txt', 'new.md', 'sources.yaml', 'a.txt.meta.yaml', '.onrecordignore', 'deep/er/c.txt'])('sees %s', async (name) => {
  const folder = await documents({ 'a.txt': 'a' })
  const watch = await watching(folder)
  await mkdir(join(folder, name, '..'), { recursive: true })
  await writeFile(join(folder, name), 'changed')
  expect(await watch.next(SIGNAL)).toBe(true)
})

it('watches a folder whose name is hidden, and one with links that lead in circles, out and nowhere', async () => {
  const folder = await documents({ 'a.txt': 'a' })
  const hidden = join(folder, '..', '.notes')
  await rename(folder, hidden)
  await symlink(hidden, join(hidden, 'loop'))
  await symlink('/proc', join(hidden, 'out'))
  await symlink(join(hidden, 'gone'), join(hidden, 'nowhere'))
  await symlink(join(hidden, 'self'), join(hidden, 'self'))
  const watch = await watching(hidden)
  await writeFile(join(hidden, 'b.txt'), 'b')
  expect(await watch.next(SIGNAL)).toBe(true)
})

it('waits no longer than it is told to, and ends with its signal', async () => {
  const watch = await watching(await documents({ 'a.txt': 'a' }))
  expect(await watch.next(SIGNAL, { atMost: 50 })).toBe(true)
  expect(await watch.next(AbortSignal.timeout(50))).toBe(false)
})
