import { symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { documents, namesIn, temporaryFolder } from '../fixtures.ts'
import { currentOf, onrecord, start } from './command.ts'

const POOL = { 'pool.md': '# The Pool\n\nThirty-one boats fish from the Pool.\n' }
const place = async () => join(await temporaryFolder(), 'index')
const lines = (text: string) => text.split('\n').filter(Boolean)

describe('onrecord index', () => {
  it('--json prints exactly one object on stdout and nothing else anywhere', async () => {
    const { code, stdout, stderr } = await onrecord(['index', await documents(POOL), '--index', await place(), '--json'])
    expect(code).toBe(0)
    expect(stdout.endsWith('}\n')).toBe(true)
    expect(lines(stdout)).toHaveLength(1)
    expect(JSON.parse(stdout)).toEqual({
      generation: expect.stringMatching(/^\w+-\w+$/) as string,
      sources: 1,
      passages: 1,
      embedded: 1,
      skipped: [],
      seconds: expect.any(Number) as number,
    })
    expect(stderr).toBe('')
  })

  it('reports each file that it skips with a code and a remedy, and indexes the rest', async () => {
    const folder = await documents({
      ...POOL,
      'latin1.txt': new Uint8Array([0x63, 0x61, 0x66, 0xe9, 0x20, 0x66, 0x72, 0x65, 0x73, 0x68]),
      'binary.txt': new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 1, 2, 3, 255, 254]),
      'empty.txt': '',
      'picture.png': new Uint8Array([137, 80, 78, 71]),
      'huge.txt': 'All work and no play. '.repeat(1_000_000),
    })
    await symlink(join(folder, 'gone.txt'), join(folder, 'broken.txt'))
    const { code, stdout } = await onrecord(['index', folder, '--index', await place(), '--json'])
    const { sources, skipped } = JSON.parse(stdout) as { sources: number; skipped: { path: string; code: string; remedy: string }[] }
    expect(code).toBe(0)
    const codes = Object.fromEntries(skipped.map(({ path, code }) => [path, code]))
    expect(codes).toMatchObject({
      'docs/empty.txt': 'EMPTY',
      'docs/picture.png': 'UNSUPPORTED',
      'docs/huge.txt': 'TOO_LONG',
      'docs/broken.txt': 'BROKEN_LINK',
    })
    expect(Object.keys(codes)).toContain('docs/binary.txt')
    expect(sources + skipped.length).toBe(7)
    for (const { remedy } of skipped) expect(remedy).toMatch(/\w.*\.$/)
  })

  it('tells in words what it indexed and, on stderr, what it did not', async () => {
    const { code, stdout, stderr } = await onrecord(['index', await documents({ ...POOL, 'picture.png': 'x' }), '--index', await place()])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Indexed 1 document, 1 passages?, in [\d.]+ s\.\n$/)
    expect(stderr).toContain('docs/picture.png: UNSUPPORTED.')
  })

  it.each<[string, () => Promise<string>, RegExp]>([
    ['is missing', async () => join(await temporaryFolder(), 'none'), /There is no folder .*none\. Name a folder/],
    ['is a file', async () => join(await documents(POOL), 'pool.md'), /There is no folder/],
    ['is empty', () => documents({}), /Nothing was indexed: .* holds no files/],
    ['holds nothing readable', () => documents({ 'a.png': 'x', 'b.zip': 'y' }), /Nothing was indexed: .* 2 files, none of them readable/],
  ])('whose folder %s exits with 1 and one line, and makes no index', async (_what, folder, line) => {
    const index = await place()
    const { code, stdout, stderr } = await onrecord(['index', await folder(), '--index', index])
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(line)
    expect(lines(stderr)).toHaveLength(1)
    expect(await namesIn(index)).not.toContain('CURRENT')
  })

  it('leaves the index as it was when nothing can be indexed', async () => {
    const index = await place()
    await onrecord(['index', await documents(POOL), '--index', index])
    const before = await currentOf(index)
    expect((await onrecord(['index', await documents({}), '--index', index])).code).toBe(1)
    expect(await currentOf(index)).toBe(before)
  })

  it('without a folder is wrong usage', async () => {
    const { code, stdout, stderr } = await onrecord(['index'])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('Usage: onrecord index <folder...>')
  })

  it.each(['0', 'many'])('with --workers=%s is wrong usage', async (workers) => {
    const { code, stderr } = await onrecord(['index', '.', `--workers=${workers}`])
    expect([code, lines(stderr)[0]]).toEqual([2, expect.stringContaining('--workers')])
  })

  it('that cannot write its index exits with 1 and one line', async () => {
    const file = join(await temporaryFolder(), 'file')
    await writeFile(file, '')
    const { code, stderr } = await onrecord(['index', await documents(POOL), '--index', join(file, 'index')])
    expect(code).toBe(1)
    expect(lines(stderr)).toHaveLength(1)
    expect(stderr).toContain(file)
  })

  it('writes .onrecord in the working directory, whichever that is', async () => {
    const folder = await documents(POOL)
    const { code } = await onrecord(['index', 'docs'], { cwd: join(folder, '..') })
    expect(code).toBe(0)
    expect(await namesIn(join(folder, '..'))).toEqual(['.onrecord', 'docs'])
  })
})

/** Begins to index what takes long, and waits until it writes. */
async function writing(index: string) {
  const paragraphs = Array.from({ length: 1500 }, (_, i) => `In the year ${i} the harbour master wrote in her log that the bar had moved again. `.repeat(8))
  const running = start(['index', await documents({ 'log.txt': paragraphs.join('\n\n') }), '--index', index])
  while (!(await namesIn(join(index, 'generations'))).some((name) => name.startsWith('.'))) await wait(50)
  await wait(300)
  return running
}

it('tells a second one who writes, and takes the place of one that was killed', { timeout: 60_000 }, async () => {
  const index = await place()
  const running = await writing(index)
  const [second, told] = await Promise.all([onrecord(['index', await documents(POOL), '--index', index]), onrecord(['doctor', '--index', index, '--json'])])
  expect([second.code, lines(second.stderr)]).toEqual([1, [expect.stringContaining(`number ${running.child.pid} on`)]])
  expect(JSON.parse(told.stdout)).toMatchObject({
    findings: expect.arrayContaining([{ about: 'writer', ok: true, says: expect.stringContaining(`process ${running.child.pid}`) as string }]) as object,
  })
  running.child.kill('SIGKILL')
  await running.ended
  expect((await onrecord(['doctor', '--index', index])).stdout).toContain('the next one removes what it left')
  expect((await onrecord(['index', await documents(POOL), '--index', index])).code).toBe(0)
  expect(await namesIn(join(index, 'generations'))).toEqual([await currentOf(index)])
  expect(await namesIn(index)).toEqual(['CURRENT', 'generations'])
})

describe.each(['SIGINT', 'SIGTERM'] as const)('%s while it indexes', (signal) => {
  // The index stays whole, but a thread that is ended inside a run of the model takes the process with it: "terminate called
  // after throwing an instance of 'Napi::Error'", SIGABRT, and nothing is said.
  it('leaves the old index whole and no draft behind, and says so', { timeout: 60_000 }, async () => {
    const index = await place()
    await onrecord(['index', await documents(POOL), '--index', index])
    const before = await currentOf(index)
    const running = await writing(index)
    running.child.kill(signal)
    const { code, stderr } = await running.ended
    expect(code).toBe(1)
    expect(lines(stderr)).toHaveLength(1)
    expect(stderr).toContain('The index is as it was before')
    expect(await currentOf(index)).toBe(before)
    expect(await namesIn(join(index, 'generations'))).toEqual([before])
    expect((await onrecord(['verify', '--index', index])).code).toBe(0)
  })
})
