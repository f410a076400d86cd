import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { LoaderPool } from '../../index/loader-pool.ts'
import { PROCESS_LIMITS } from '../../index/loaders/loader.ts'
import { packageRoot } from '../../index/package-root.ts'
import { sha256OfText } from '../../index/sha256.ts'
import { afterFile } from '../after.ts'
import { temporaryFolder } from '../fixtures.ts'

const GOOD = 'The harbour was dredged in May.'

async function file(name: string, content: string): Promise<{ file: string; path: string; options: object }> {
  const place = join(await temporaryFolder(), name)
  await writeFile(place, content)
  return { file: place, path: `docs/${name}`, options: {} }
}

function pool(limits: Partial<typeof PROCESS_LIMITS> = {}): LoaderPool {
  const made = new LoaderPool(1, { ...PROCESS_LIMITS, ...limits })
  afterFile(async () => made.close())
  return made
}

/** A table whose cells take gigabytes once it is read. */
const table = (size: number) => `${`|${'a|'.repeat(size)}\n|${'-|'.repeat(size)}\n`}${`|${'b|'.repeat(size)}\n`.repeat(size)}`

/** The processes that read documents for this one. */
function readers(): number[] {
  const children = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)], { encoding: 'utf8' })
  return children
    .split('\n')
    .filter((line) => line.includes(join('loaders', 'process.js')))
    .map((line) => Number.parseInt(line, 10))
}

it('reads documents one after the other, with what the file was', async () => {
  const loaders = pool()
  const [a, b] = await Promise.all([loaders.load(await file('a.txt', GOOD), 'a.txt'), loaders.load(await file('b.md', '# The bar\n\nIt shut.'), 'b.md')])
  expect(a).toEqual({ documents: [{ text: GOOD, mediaType: 'text/plain', facts: {} }], bytes: GOOD.length, sha256: sha256OfText(GOOD) })
  expect(b?.documents[0]).toMatchObject({ text: 'The bar\n\nIt shut.', facts: { title: 'The bar' } })
})

it.each<[string, Partial<typeof PROCESS_LIMITS>]>([
  ['TOO_SLOW', { seconds: 0.2 }],
  ['TOO_MUCH_MEMORY', { heapMegabytes: 60 }],
  ['TOO_MUCH_MEMORY', { megabytes: 1 }],
])('gives up what is %s (%j), and reads the next', async (code, limits) => {
  const loaders = pool(limits)
  const bad = loaders.load(await file('a.md', table(800)), 'a.md')
  await expect(bad).rejects.toMatchObject({ name: 'SkipFile', code, remedy: expect.stringMatching(/split/) })
  if (!limits.megabytes && !limits.seconds) expect((await loaders.load(await file('b.txt', GOOD), 'b.txt')).documents).toHaveLength(1)
})

it('skips the document that a process ended of, and goes on with another process', async () => {
  const before = readers()
  const loaders = pool()
  await loaders.load(await file('a.txt', GOOD), 'a.txt')
  const slow = loaders.load(await file('b.md', table(600)), 'b.md')
  process.kill(readers().find((pid) => !before.includes(pid)) as number, 'SIGKILL')
  await expect(slow).rejects.toMatchObject({ name: 'SkipFile', code: 'CRASHED' })
  expect((await loaders.load(await file('c.txt', GOOD), 'c.txt')).documents).toHaveLength(1)
})

it('ends with the process that it reads for, however early that is killed', async () => {
  const limits = { ...PROCESS_LIMITS, seconds: 61.25 }
  const readersOf = () =>
    execFileSync('ps', ['-eo', 'args='], { encoding: 'utf8' })
      .split('\n')
      .filter((line) => line.includes('"seconds":61.25'))
  const pool = pathToFileURL(join(packageRoot(), 'dist', 'index', 'loader-pool.js')).href
  const job = await file('a.txt', GOOD)
  for (const delay of [0, 60]) {
    const script = `import { LoaderPool } from ${JSON.stringify(pool)}
      new LoaderPool(1, ${JSON.stringify(limits)}).load(${JSON.stringify(job)}, 'a')
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), ${delay})`
    await once(spawn(process.execPath, ['--input-type=module', '-e', script]), 'exit')
    await expect.poll(readersOf, { timeout: 10_000 }).toEqual([])
  }
})

it('tells of a file that is not there as the file system does', async () => {
  await expect(pool().load({ file: '/nowhere/a.txt', path: 'a.txt', options: {} }, 'a')).rejects.toMatchObject({ code: 'ENOENT' })
})
