import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { documents, temporaryFolder } from '../fixtures.ts'
import { hasServer, newDatabase } from '../postgres.ts'
import { currentOf, onrecord, start } from './command.ts'

const place = async () => join(await temporaryFolder(), 'index')
const ask = async (env: Record<string, string>, ...args: string[]) => {
  const { stdout } = await onrecord(['ask', 'How many boats fish from the Pool?', '--json', ...args], { env })
  const { status, citations } = JSON.parse(stdout) as { status: string; citations: { quote: string }[] }
  return { status, quotes: citations.map(({ quote }) => quote) }
}

describe('onrecord import and export', () => {
  it.each([
    [['import', 'here'], /no argument "here"/],
    [['export', 'here'], /no argument "here"/],
    [['export', '--store', 'postgres'], /--store is "postgres": it must be one of hnsw, flat/],
    [['import', '--progress', 'loud'], /--progress is "loud"/],
  ])('%j is wrong usage', async (args, line) => {
    const { code, stderr } = await onrecord(args)
    expect(code).toBe(2)
    expect(stderr).toMatch(line)
  })

  it.each(['import', 'export'])('%s without the address of a database names the setting', async (command) => {
    const { code, stderr } = await onrecord([command], { env: { DATABASE_URL: '' } })
    expect(code).toBe(1)
    expect(stderr).toContain('DATABASE_URL')
  })
})

describe.runIf(hasServer)('a record in PostgreSQL', { timeout: 240_000 }, () => {
  it('comes from a folder and goes to one with the same answers', async () => {
    const [first, second] = [await place(), await place()]
    await onrecord(['index', await documents({ 'pool.md': '# The Pool\n\nThirty-one boats fish from the Pool.\n' }), '--index', first])
    const env = { DATABASE_URL: await newDatabase() }
    const missing = await onrecord(['export', '--index', second], { env })
    expect([missing.code, missing.stderr]).toEqual([1, expect.stringContaining('There is no record')])
    const { code, stdout, stderr } = await onrecord(['import', '--index', first, '--json'], { env })
    expect([code, stderr]).toEqual([0, ''])
    const [generation, seconds] = [expect.stringMatching(/^\w+-\w+$/) as string, expect.any(Number) as number]
    expect(JSON.parse(stdout)).toEqual({ generation, isNew: true, sources: 1, passages: 1, withoutFile: 0, seconds })
    const again = await onrecord(['import', '--index', first], { env })
    expect(again).toMatchObject({ code: 0, stdout: 'The record holds all of it already: 1 document, 1 passages.\n' })
    const out = await onrecord(['export', '--index', second, '--store', 'flat', '--json'], { env })
    expect(JSON.parse(out.stdout)).toEqual({ generation: await currentOf(second), sources: 1, passages: 1, seconds })
    const answer = await ask({}, '--index', first)
    expect(answer).toMatchObject({ status: 'answered', quotes: [expect.stringContaining('Thirty-one boats')] })
    expect(await ask({ ...env, ONRECORD_STORE: 'postgres' })).toEqual(answer)
    expect(await ask({}, '--index', second)).toEqual(answer)
  })

  it('is as it was when an import is killed, and the next one goes on', async () => {
    const [small, large] = [await place(), await place()]
    await onrecord(['index', await documents({ 'pool.md': '# The Pool\n\nThirty-one boats fish from the Pool.\n' }), '--index', small])
    // The same words over and over are embedded once.
    const entries = Array.from({ length: 600 }, (_, i) => [`${i}.txt`, 'The bar has moved again, and nobody says how far.'])
    await onrecord(['index', await documents(Object.fromEntries(entries)), '--index', large])
    const env = { DATABASE_URL: await newDatabase() }
    await onrecord(['import', '--index', small], { env })
    const { child, says, ended } = start(['import', '--index', large, '--progress', 'jsonl'], { env })
    await says(/"passages":/)
    child.kill('SIGKILL')
    expect((await ended).code).toBeNull()
    expect(await ask({ ...env, ONRECORD_STORE: 'postgres' })).toMatchObject({ quotes: [expect.stringContaining('Thirty-one boats')] })
    const { code, stdout } = await onrecord(['import', '--index', large, '--json'], { env })
    expect([code, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ isNew: true, sources: 600, passages: 600 })])
  })
})
