import { describe, expect, test } from 'vitest'
import { documents } from '../fixtures.ts'
import { hasServer, newDatabase } from '../postgres.ts'
import { onrecord, start } from './command.ts'

const TEXT = 'The lamp was lit at nine, said Mara Ellis.\n\nIt went out at noon, and nobody has said why.'

test('onrecord worker without a database says what is to be set', async () => {
  const { code, stderr } = await onrecord(['worker'], { env: { DATABASE_URL: '' } })
  expect(code).toBe(1)
  expect(stderr).toMatch(/DATABASE_URL/)
})

test('a database that is not there is named without its password, and what to do about it', async () => {
  const folder = await documents({ 'a.txt': TEXT })
  const env = { DATABASE_URL: 'postgres://me:hidden@127.0.0.1:1/record' }
  for (const args of [['index', folder, '--store', 'postgres'], ['worker']]) {
    const { code, stderr } = await onrecord(args, { env })
    expect(code).toBe(1)
    expect(stderr).toContain('127.0.0.1:1/record cannot be reached')
    expect(stderr).not.toContain('hidden')
  }
})

describe.runIf(hasServer)('with PostgreSQL', { timeout: 120_000 }, () => {
  test('onrecord index --store postgres prints the report of a folder, and a worker that has nothing to do ends when it is told to', async () => {
    const env = { DATABASE_URL: await newDatabase() }
    const folder = await documents({ 'a.txt': TEXT, 'b.pdf': 'no PDF' })
    const { code, stdout } = await onrecord(['index', folder, '--store', 'postgres', '--json'], { env })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ sources: 1, passages: 1, embedded: 1, skipped: [{ path: 'docs/b.pdf' }], seconds: expect.any(Number) })
    const idle = await onrecord(['worker', '--until-idle', '--json'], { env })
    expect(JSON.parse(idle.stdout)).toMatchObject({ files: 0, passages: 0, embedded: 0 })
    const worker = start(['worker'], { env })
    await worker.says(/it works for 127\.0\.0\.1/)
    worker.child.kill('SIGTERM')
    expect((await worker.ended).code).toBe(0)
  })
})
