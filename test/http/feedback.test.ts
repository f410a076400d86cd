import { chmod, mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Feedback } from '../../server/contract.ts'
import { FeedbackFile } from '../../server/feedback-file.ts'
import { EXAMPLES } from '../../server/openapi/examples.ts'
import { temporaryFolder } from '../fixtures.ts'
import { problemIn, type Served, serveCorpus } from '../served.ts'

const { helpful, unhelpful } = EXAMPLES
const linesOf = async (file: string) =>
  (await readFile(file, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Feedback & { time: string })

let file: string
let server: Served
beforeAll(async () => {
  file = join(await temporaryFolder(), 'feedback.jsonl')
  server = await serveCorpus({ FEEDBACK: file })
})

describe('feedback', () => {
  it('is off unless a file is named for it, and says so', async () => {
    const without = await serveCorpus()
    expect((await without.send('/readyz')).json()).toMatchObject({ feedback: false })
    expect(problemIn(await without.post('/api/feedback', helpful))).toMatchObject({ status: 404, type: 'urn:onrecord:problem:feedback-off' })
  })

  it('is kept as a line each, with its time and nothing that was not sent, for the owner only', async () => {
    expect((await server.send('/readyz')).json()).toMatchObject({ feedback: true })
    for (const one of [helpful, unhelpful]) {
      const reply = await server.post('/api/feedback', one)
      expect([reply.status, reply.text]).toEqual([204, ''])
    }
    const lines = await linesOf(file)
    expect(lines.map(({ time: _time, ...rest }) => rest)).toEqual([helpful, unhelpful])
    for (const { time } of lines) expect(Math.abs(Date.now() - Date.parse(time))).toBeLessThan(60_000)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  it.each<[string, object, string]>([
    ['without a verdict', { ...helpful, helpful: undefined }, 'helpful'],
    ['without a question', { ...helpful, question: ' ' }, 'question'],
    ['with a reason that is too long', { ...unhelpful, reason: '🦀'.repeat(501) }, 'reason'],
    ['with an empty reason', { ...unhelpful, reason: '' }, 'reason'],
    ['with more citations than an answer has', { ...helpful, citations: Array(21).fill(helpful.citations[0]) }, 'citations'],
    ['with a field more', { ...helpful, address: '10.0.0.1' }, 'address'],
  ])('%s is refused by the name of the field, and not kept', async (_what, body, field) => {
    const before = await readFile(file, 'utf8').catch(() => '')
    expect(problemIn(await server.post('/api/feedback', body))).toMatchObject({ type: 'urn:onrecord:problem:invalid-request', field })
    expect(await readFile(file, 'utf8').catch(() => '')).toBe(before)
  })

  it('may have a reason in own words, whatever is in them, on one line', async () => {
    const reason = 'It says\n{"helpful":true}\u2028 and “so on” 🦀'
    expect((await server.post('/api/feedback', { ...unhelpful, reason })).status).toBe(204)
    expect((await linesOf(file)).at(-1)).toMatchObject({ reason, helpful: false })
  })

  it('of many at once is kept whole', async () => {
    const place = join(await temporaryFolder(), 'many.jsonl')
    const many = await serveCorpus({ FEEDBACK: place })
    const questions = Array.from({ length: 40 }, (_, i) => `Question ${i}?`)
    const replies = await Promise.all(questions.map((question) => many.post('/api/feedback', { ...helpful, question })))
    expect(replies.map(({ status }) => status)).toEqual(questions.map(() => 204))
    expect((await linesOf(place)).map(({ question }) => question).sort()).toEqual(questions.sort())
  })

  it('is limited in number as everything below /api is', async () => {
    const limited = await serveCorpus({ FEEDBACK: join(await temporaryFolder(), 'few.jsonl'), RATE_LIMIT: 2 })
    const statuses = []
    for (let i = 0; i < 3; i++) statuses.push((await limited.post('/api/feedback', helpful)).status)
    expect(statuses).toEqual([204, 204, 429])
  })

  it('that cannot be written is our failure, which the log names and the reply does not', async () => {
    const folder = join(await temporaryFolder(), 'folder')
    await mkdir(folder)
    const broken = await serveCorpus({ FEEDBACK: folder })
    const reply = await broken.post('/api/feedback', helpful)
    expect(problemIn(reply)).toMatchObject({ status: 500, type: 'urn:onrecord:problem:internal' })
    expect(reply.text).not.toContain(folder)
    expect(broken.logged.join('')).toContain(folder)
  })
})

describe('the file of feedback', () => {
  it('takes no more than its size, and says so', async () => {
    const place = join(await temporaryFolder(), 'small.jsonl')
    await new FeedbackFile(place).add(helpful)
    const { size } = await stat(place)
    const small = new FeedbackFile(place, 2 * size + 1)
    await small.add(helpful)
    await expect(small.add(helpful)).rejects.toMatchObject({ problem: { status: 507, type: 'urn:onrecord:problem:feedback-full' } })
    expect((await stat(place)).size).toBe(2 * size)
    expect(await linesOf(place)).toHaveLength(2)
  })

  it('that others could read is closed to them', async () => {
    const place = join(await temporaryFolder(), 'open.jsonl')
    await writeFile(place, '')
    await chmod(place, 0o644)
    await new FeedbackFile(place).add(helpful)
    expect((await stat(place)).mode & 0o777).toBe(0o600)
  })

  it('is never one that a link leads to', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'other.txt'), 'as it was')
    await symlink('other.txt', join(folder, 'feedback.jsonl'))
    await expect(new FeedbackFile(join(folder, 'feedback.jsonl')).add(helpful)).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE' })
    expect(await readFile(join(folder, 'other.txt'), 'utf8')).toBe('as it was')
  })
})
