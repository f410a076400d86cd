import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { onrecord, type Serving, serving } from '../cli/command.ts'
import { temporaryFolder } from '../fixtures.ts'
import { canStart, databaseOn, ownServer } from '../postgres.ts'

const SUBJECTS = ['boats', 'nets', 'gulls', 'ropes', 'lamps', 'crabs', 'barrels', 'anchors']
const QUESTIONS = SUBJECTS.flatMap((subject) => [`How many ${subject} are there in the harbour?`, `What did Hesper Dunnock say about the ${subject}?`])

/** Documents that all tell one number. */
async function write(folder: string, number: number): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const subject of SUBJECTS) {
    const text = `There are ${number} ${subject} in the harbour.\n\n“We counted ${number} ${subject} this year,” Hesper Dunnock said on 12 June 2025.\n`
    await writeFile(join(folder, `${subject}.txt`), text)
  }
}

interface Reply {
  status: number
  retryAfter: string | null
  generation: string
  quotes: string[]
  at: number
}

/** Asks servers in turn, as a balancer would, each question in a form of its own so that no answer is a kept one, until it is stopped. */
function load(servers: Serving[], clients = 4) {
  const replies: Reply[] = []
  let stopped = false
  let asked = 0
  const client = async () => {
    while (!stopped) {
      const n = asked++
      const question = `${QUESTIONS[n % QUESTIONS.length]} (${n})`
      const response = await fetch(`${servers[n % servers.length]?.address}/api/ask`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ question }),
      })
      const { generation = '', citations = [] } = (await response.json()) as { generation?: string; citations?: { quote: string }[] }
      const quotes = citations.map(({ quote }) => quote)
      replies.push({ status: response.status, retryAfter: response.headers.get('retry-after'), generation, quotes, at: performance.now() })
      if (response.status !== 200) await wait(50)
    }
  }
  const running = Array.from({ length: clients }, client)
  return {
    replies,
    async stop() {
      stopped = true
      await Promise.all(running)
    },
  }
}

describe.skipIf(!canStart)('servers of one record in a database', () => {
  it('answer from one generation each time, and fail none, while others are switched to; and are back by themselves when the database is', async () => {
    const server = await ownServer()
    const folder = await temporaryFolder()
    const documents = join(folder, 'docs')
    const env = { ONRECORD_STORE: 'postgres', DATABASE_URL: await databaseOn(server), ONRECORD_RATE_LIMIT: '0', ONRECORD_LOG_LEVEL: 'silent' }
    const numberOf = new Map<string, string>()
    const index = async (number: number) => {
      await write(documents, number)
      const { code, stdout, stderr } = await onrecord(['index', documents, '--json'], { env, cwd: folder })
      expect([code, stderr]).toEqual([0, ''])
      numberOf.set((JSON.parse(stdout) as { generation: string }).generation, `${number}`)
    }
    await index(11)
    const servers = [await serving([], { env, cwd: folder }), await serving([], { env, cwd: folder })]

    const switching = load(servers)
    for (const number of [22, 33, 44]) await index(number)
    await expect.poll(() => switching.replies.at(-1)?.quotes.join(' '), { timeout: 15_000 }).toContain('44')
    await switching.stop()
    const { replies } = switching
    expect(replies.filter(({ status }) => status !== 200)).toEqual([])
    expect(new Set(replies.map(({ generation }) => generation)).size).toBeGreaterThan(1)
    for (const { generation, quotes } of replies) {
      expect(quotes.length).toBeGreaterThan(0)
      for (const quote of quotes) expect(quote).toContain(numberOf.get(generation))
    }

    const outage = load(servers)
    await wait(1000)
    const away = performance.now()
    await server.end()
    await expect.poll(() => outage.replies.filter(({ status, at }) => status !== 200 && at > away).length, { timeout: 15_000 }).toBeGreaterThan(3)
    const ready = await fetch(`${servers[0]?.address}/readyz`)
    expect([ready.status, ((await ready.json()) as { type: string }).type]).toEqual([503, 'urn:onrecord:problem:database-gone'])
    expect((await fetch(`${servers[0]?.address}/healthz`)).status).toBe(200)
    await server.begin()
    const back = performance.now()
    await expect.poll(() => outage.replies.slice(-20).every(({ status, at }) => status === 200 && at > back), { timeout: 20_000 }).toBe(true)
    await outage.stop()
    const failed = outage.replies.filter(({ status }) => status !== 200)
    expect(failed.every(({ status, retryAfter }) => status === 503 && Number(retryAfter) > 0)).toBe(true)
    expect(failed.every(({ at }) => at > away && at < back + 5000)).toBe(true)
    expect((await fetch(`${servers[1]?.address}/readyz`)).status).toBe(200)
  }, 120_000)
})
