import { execFileSync } from 'node:child_process'
import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { walk } from '../../index/walk.ts'
import { documents, failureOf, temporaryFolder } from '../fixtures.ts'

const list = async (folder: string) =>
  (await walk(folder)).map((entry) => ('found' in entry ? entry.found.path : `${entry.skipped.path}: ${entry.skipped.code}`))

it('finds the files of all folders, sorted, but no hidden ones', async () => {
  const files = ['b.txt', 'a/z.md', 'a/y/x.html', 'picture.png', '.hidden.txt', '.git/config', 'node_modules/a/readme.md', 'sources.yaml', 'a/sources.yaml']
  const folder = await documents(Object.fromEntries(files.map((path) => [path, path])))
  expect(await list(folder)).toEqual(['docs/a/sources.yaml', 'docs/a/y/x.html', 'docs/a/z.md', 'docs/b.txt', 'docs/picture.png', 'docs/sources.yaml'])
})

it('says of a file how large it is and where it lies', async () => {
  const folder = await documents({ 'a/b.txt': '12345' })
  expect(await walk(folder)).toMatchObject([{ found: { path: 'docs/a/b.txt', inFolder: 'a/b.txt', file: join(folder, 'a/b.txt'), bytes: 5 } }])
})

it('reports links that lead nowhere or out of the folder', async () => {
  const folder = await documents({ 'a.txt': 'a' })
  const outside = await documents({ 'secret.txt': 'secret' })
  await symlink(join(folder, 'gone.txt'), join(folder, 'broken.txt'))
  await symlink(join(outside, 'secret.txt'), join(folder, 'file.txt'))
  await symlink(outside, join(folder, 'folder'))
  expect(await list(folder)).toEqual(['docs/a.txt', 'docs/broken.txt: BROKEN_LINK', 'docs/file.txt: OUTSIDE', 'docs/folder: OUTSIDE'])
})

it('is not led out by a folder beside it whose name begins the same', async () => {
  const folder = await documents({ 'a.txt': 'a' })
  await mkdir(`${folder}-secret`)
  await symlink(`${folder}-secret`, join(folder, 'link'))
  expect(await list(folder)).toContain('docs/link: OUTSIDE')
})

it('follows a link within the folder, and does not walk in circles', async () => {
  const folder = await documents({ 'a/one.txt': 'one' })
  await symlink(join(folder, 'a', 'one.txt'), join(folder, 'two.txt'))
  await symlink(folder, join(folder, 'a', 'up'))
  expect(await list(folder)).toEqual(['docs/a/one.txt', 'docs/two.txt'])
})

it('reports what is no regular file and does not wait for it', async () => {
  const folder = await documents({ 'a.txt': 'a' })
  execFileSync('mkfifo', [join(folder, 'pipe.txt')])
  expect(await list(folder)).toEqual(['docs/a.txt', 'docs/pipe.txt: UNREADABLE'])
})

it('calls the documents by the name of the link that the folder is reached by', async () => {
  const folder = await documents({ 'a.txt': 'a' })
  const link = join(await temporaryFolder(), 'press')
  await symlink(folder, link)
  expect(await list(link)).toEqual(['press/a.txt'])
})

it.each(['missing', 'a.txt'])('refuses %s, which is no folder', async (name) => {
  const folder = await documents({ 'a.txt': 'a' })
  expect((await failureOf(walk(join(folder, name)))).code).toBe('FOLDER_MISSING')
})

it('leaves out what .onrecordignore names, as Git reads it, in the folder and below, and reports nothing of it', async () => {
  const files = [
    'a.txt',
    'a.log',
    'B.LOG',
    'kept.log',
    'drafts/b.txt',
    'c/drafts/d.txt',
    'c/e.txt',
    'c/f.txt',
    'c/top.txt',
    'top.txt',
    'data/g.txt',
    'picture.png',
  ]
  const folder = await documents({
    ...Object.fromEntries(files.map((path) => [path, path])),
    '.onrecordignore': '# not these\n*.log\n!kept.log\ndrafts/\n/top.txt\n*.png\n',
    'c/.onrecordignore': 'e.txt\n',
    'data/.onrecordignore': '*\n!h.log\n',
    'data/h.log': 'back',
  })
  await symlink(join(folder, 'gone.txt'), join(folder, 'broken.log'))
  expect(await list(folder)).toEqual(['docs/B.LOG', 'docs/a.txt', 'docs/c/f.txt', 'docs/c/top.txt', 'docs/data/h.log', 'docs/kept.log'])
})

it('reports an .onrecordignore that leads out of the folder or is a folder, and ignores nothing for it', async () => {
  const folder = await documents({ 'a.txt': 'a', 'b/c.txt': 'c' })
  await symlink(join(await documents({ rules: '*' }), 'rules'), join(folder, '.onrecordignore'))
  await mkdir(join(folder, 'b', '.onrecordignore'))
  expect(await list(folder)).toEqual(['docs/.onrecordignore: UNREADABLE', 'docs/a.txt', 'docs/b/.onrecordignore: UNREADABLE', 'docs/b/c.txt'])
})

it('leaves out the folder that is named, wherever it is', async () => {
  const folder = await documents({ 'a.txt': 'a', 'index/sources.jsonl': '{}', 'b/index/c.txt': 'c' })
  const paths = (await walk(folder, 'docs', join(folder, 'index'))).map((entry) => ('found' in entry ? entry.found.path : entry.skipped.path))
  expect(paths).toEqual(['docs/a.txt', 'docs/b/index/c.txt'])
})
