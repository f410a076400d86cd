import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import express from 'express'
import { beforeAll, expect, it } from 'vitest'
import { listen } from '../../server/listen.ts'
import { afterFile } from '../after.ts'
import { documents, index } from '../fixtures.ts'
import { type Served, sendTo, serve } from '../served.ts'

/** Stands in every file that nobody may see; and what the package and the machine have beside the page. */
const SECRET = 'Nobody outside may read this.'
const OUTSIDE = /Nobody outside|"dependencies"|"lockfileVersion"|root:.*:0:0|import \{/

const CLIMBS = ['..', '../..', '../../..', '../../../../../../..']
const FILES = ['secret.txt', 'package.json', 'docs/secret.txt', 'cli/main.js', 'etc/passwd', 'CURRENT', '.env']

/** How a path is written so that something between here and the disk may read it otherwise. */
const WRITINGS: [string, (path: string) => string][] = [
  ['plain', (path) => path],
  ['with encoded slashes', (path) => path.replaceAll('/', '%2f')],
  ['with encoded dots', (path) => path.replaceAll('.', '%2e')],
  ['encoded whole', (path) => path.replaceAll('.', '%2E').replaceAll('/', '%2F')],
  ['encoded twice', (path) => path.replaceAll('.', '%252e').replaceAll('/', '%252f')],
  ['with backslashes', (path) => path.replaceAll('/', '\\')],
  ['with encoded backslashes', (path) => path.replaceAll('/', '%5c')],
  ['with dots left over', (path) => path.replaceAll('..', '....').replaceAll('/', '//')],
  ['with a NUL behind', (path) => `${path}%00.html`],
  ['with overlong dots', (path) => path.replaceAll('.', '%c0%ae')],
  ['with full-width dots', (path) => path.replaceAll('.', '%ef%bc%8e')],
  ['with parameters', (path) => path.replaceAll('..', '..;x=y')],
  ['in capitals', (path) => path.toUpperCase()],
]

const NAMES = [
  'C:/secret.txt',
  'C:%5csecret.txt',
  '%5c%5clocalhost%5cc$%5csecret.txt',
  'CON',
  'NUL.txt',
  'aux',
  'secret.txt::$DATA',
  'secret.txt.',
  'secret.txt%20',
  'SECRET~1.TXT',
]
const ABSOLUTE = [
  '/etc/passwd',
  '//etc/passwd',
  '/%2fetc/passwd',
  'file:///etc/passwd',
  '%2fetc%2fpasswd',
  '/proc/self/environ',
  '/proc/self/cwd/package.json',
  '~/.ssh/id_rsa',
  '.git/config',
]

let server: Served
let bases: string[]
let places: string
beforeAll(async () => {
  const folder = await documents({ 'open.txt': 'The Pool is open to all.', 'sub/deep.txt': 'The Pool is deep.' })
  places = dirname(folder)
  await mkdir(join(places, 'outside'))
  for (const file of ['secret.txt', 'outside/secret.txt']) await writeFile(join(places, file), SECRET)
  await symlink('../secret.txt', join(folder, 'link.txt'))
  await symlink('../outside', join(folder, 'linked'))
  await symlink('sub/deep.txt', join(folder, 'inner.txt'))
  server = await serve((await index(folder)).index)
  const { sources } = (await server.send('/api/sources')).json<{ sources: { id: string; path: string }[] }>()
  expect(sources.map(({ path }) => path)).toEqual(['docs/inner.txt', 'docs/open.txt', 'docs/sub/deep.txt'])
  const id = sources[1]?.id ?? ''
  // Each route that takes a path or an id, and a new one joins; and the folders of files.
  const routes = server.routes
    .filter(({ path }) => path.includes(':'))
    .flatMap(({ path }) => [path.replace(/:\w+.*/, ''), path.replace(/:\w+/, id).concat('/')])
  bases = ['/', '/assets/', '/widget.js/', ...new Set(routes)]
})

function cases(): string[] {
  const climbing = CLIMBS.flatMap((climb) => FILES.flatMap((file) => WRITINGS.map(([, write]) => write(`${climb}/${file}`))))
  // Not every base with every path: that they differ is enough.
  const spread = climbing.map((path, i) => `${bases[i % bases.length]}${path}`)
  return [...spread, ...bases.flatMap((base) => [...NAMES, ...ABSOLUTE, 'link.txt', 'linked/secret.txt', 'docs%2flink.txt'].map((path) => `${base}${path}`))]
}

it('no path leads out of the page, its files or the documents, however it is written', { timeout: 60_000 }, async () => {
  const all = [...new Set(cases())]
  expect(all.length).toBeGreaterThan(300)
  const leaks: string[] = []
  const replies = await Promise.all(all.map(async (path) => ({ path, reply: await server.send(path) })))
  for (const { path, reply } of replies) {
    if (OUTSIDE.test(reply.text) || reply.status >= 500) leaks.push(`${reply.status} ${path}`)
    // What is not a refusal is the page, which takes any id, and nothing else.
    else if (reply.status === 200 && !reply.text.includes('<title>On Record</title>')) leaks.push(`${reply.status} ${path}`)
  }
  expect(leaks).toEqual([])
  expect(server.logged).toEqual([])
})

it('a server that joins paths lets them out', async () => {
  const naive = express().use(async (request, response) => {
    const path = decodeURIComponent(request.originalUrl.replace(/^\/(assets\/|source\/)?/, ''))
    response.send(await readFile(resolve(join(places, 'docs'), path), 'utf8').catch(() => 'none'))
  })
  const { address, stop } = await listen(naive, '127.0.0.1', 0)
  afterFile(() => stop(1000))
  const replies = await Promise.all(cases().map((path) => sendTo(Number(new URL(address).port), path)))
  expect(replies.filter(({ text }) => OUTSIDE.test(text)).length).toBeGreaterThan(10)
})
