import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { onrecord } from '../cli/command.ts'
import { corpusIndex, documents, temporaryFolder } from '../fixtures.ts'
import { NativeServer } from '../native-server.ts'
import { REFUSED } from '../postgres.ts'

/** What is said by every command that needs the database at an address, each of which must end with 1 and say one line. */
async function refusals(url: string, commands: string[][]): Promise<string[]> {
  const env = { ONRECORD_STORE: 'postgres', DATABASE_URL: url }
  const cwd = await temporaryFolder()
  const said: string[] = []
  for (const args of commands) {
    const { code, stdout, stderr } = await onrecord(args, { env, cwd })
    expect([args[0], code, stdout]).toEqual([args[0], 1, ''])
    said.push(stderr)
  }
  return said
}

async function doctor(url: string): Promise<{ code: number | null; stdout: string }> {
  return onrecord(['doctor'], { env: { ONRECORD_STORE: 'postgres', DATABASE_URL: url }, cwd: await temporaryFolder() })
}

const folder = await documents({ 'a.txt': 'The harbour wall was mended in May.\n' })
const WRITING = [['index', folder], ['worker'], ['import', '--index', await corpusIndex()]]
const READING = [['ask', 'When was the wall mended?'], ['verify'], ['export', '--index', join(folder, 'exported')], ['serve']]

// Left out where `node test/postgres-native.mjs` could not install such a server.
describe.skipIf(!REFUSED.server)('a server that is too old', { timeout: 60_000 }, () => {
  test('is refused by every command with a line that names its version and the one that is needed', async () => {
    const server = await NativeServer.start(REFUSED.server as string)
    const url = server.urlOf('postgres')
    const line = `The database at 127.0.0.1:${server.port}/postgres runs PostgreSQL 14.23, which is too old. Use a server of PostgreSQL 15 or later with pgvector 0.8 or later.`
    const commands = [...WRITING, ...READING]
    expect(await refusals(url, commands)).toEqual(commands.map(([name]) => `onrecord ${name}: ${line}\n`))
    const { code, stdout } = await doctor(url)
    expect(code).toBe(1)
    expect(stdout).toContain(`WRONG  store: ${line}\n`)
  })
})

describe.skipIf(!REFUSED.pgvector)('a server whose pgvector is too old', { timeout: 60_000 }, () => {
  test('is refused by what would write with a line that names its version and the one that is needed, and nothing is left on it', async () => {
    const server = await NativeServer.start(REFUSED.pgvector as string)
    const url = server.urlOf('postgres')
    const line = `The database at 127.0.0.1:${server.port}/postgres has pgvector 0.6.2, which is too old. Install pgvector 0.8 or later on its server`
    for (const said of await refusals(url, WRITING)) expect(said).toContain(line)
    const { code, stdout } = await doctor(url)
    expect(code).toBe(1)
    expect(stdout).toContain(`WRONG  store: ${line}`)
    for (const said of await refusals(url, READING.slice(0, 1))) expect(said).toContain('There is no record')
  })
})
