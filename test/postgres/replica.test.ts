import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Database } from '../../index/postgres/connection.ts'
import { onrecord, serving } from '../cli/command.ts'
import { documents, temporaryFolder } from '../fixtures.ts'
import { canStart, databaseOn, ownServer } from '../postgres.ts'

interface Answered {
  status: number
  retryAfter: string | null
  quotes: string[]
}

async function ask(address: string, question: string): Promise<Answered> {
  const headers = { 'Content-Type': 'application/json' }
  const response = await fetch(`${address}/api/ask`, { method: 'POST', headers, body: JSON.stringify({ question }) })
  const { citations = [] } = (await response.json()) as { citations?: { quote: string }[] }
  return { status: response.status, retryAfter: response.headers.get('retry-after'), quotes: citations.map(({ quote }) => quote) }
}

describe.skipIf(!canStart)('a server that reads from a replica', () => {
  it('answers from what the replica has, whatever the database has by then, and from neither while the replica is away', async () => {
    const [primary, cwd] = [await ownServer(), await temporaryFolder()]
    const url = await databaseOn(primary)
    const env = { ONRECORD_STORE: 'postgres', DATABASE_URL: url, ONRECORD_RATE_LIMIT: '0', ONRECORD_LOG_LEVEL: 'silent' }
    const folder = await documents({})
    /** Two documents that belong to one generation. */
    const index = async (number: number) => {
      await writeFile(join(folder, 'wall.txt'), `The harbour wall was mended for ${number} pounds.\n`)
      await writeFile(join(folder, 'bell.txt'), `The chapel bell was cast for ${number} pounds.\n`)
      const { code, stderr } = await onrecord(['index', folder], { env, cwd })
      expect([code, stderr]).toEqual([0, ''])
    }
    await index(11)
    const replica = await primary.replica()
    const readUrl = replica.urlOf(new URL(url).pathname.slice(1))
    const { address } = await serving([], { env: { ...env, DATABASE_READ_URL: readUrl }, cwd })
    let asked = 0
    /** What both documents say now, each question in a form of its own so that no answer is a kept one. */
    const said = async () => {
      const questions = ['For how many pounds was the harbour wall mended?', 'For how many pounds was the chapel bell cast?']
      const answers = await Promise.all(questions.map((question) => ask(address, `${question} (${++asked})`)))
      return answers.map(({ quotes }) => /\d+/.exec(quotes[0] ?? '')?.[0])
    }
    expect(await said()).toEqual(['11', '11'])

    // A replica that is behind.
    const reading = await Database.open(readUrl)
    await reading.rows('SELECT pg_wal_replay_pause()')
    await index(22)
    for (let n = 0; n < 5; n++) expect(await said()).toEqual(['11', '11'])
    const own = await onrecord(['ask', '--json', 'For how many pounds was the chapel bell cast?'], { env, cwd })
    expect(own.stdout).toContain('for 22 pounds')
    await reading.rows('SELECT pg_wal_replay_resume()')
    await expect.poll(said, { timeout: 15_000 }).toEqual(['22', '22'])
    await reading.close()

    await replica.end()
    await expect.poll(async () => (await ask(address, `Which bell was cast? (${++asked})`)).status, { timeout: 15_000 }).toBe(503)
    expect(Number((await ask(address, 'Which bell?')).retryAfter)).toBeGreaterThan(0)
    expect((await fetch(`${address}/readyz`)).status).toBe(503)
    await index(33)
    await replica.begin()
    await expect.poll(said, { timeout: 20_000 }).toEqual(['33', '33'])
    expect((await fetch(`${address}/readyz`)).status).toBe(200)

    // The replica answers without the database that it follows.
    await primary.end()
    expect(await said()).toEqual(['33', '33'])
    expect((await fetch(`${address}/readyz`)).status).toBe(200)
    const doctor = await onrecord(['doctor'], { env: { ...env, DATABASE_READ_URL: readUrl }, cwd })
    expect(doctor.stdout).toMatch(/^WRONG +store: .*cannot be reached/m)
    expect(doctor.stdout).toMatch(/^ok +replica: PostgreSQL, 127\.0\.0\.1:\d+/m)
  }, 180_000)
})
