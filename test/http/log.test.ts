import { expect, it } from 'vitest'
import { FolderHome } from '../../index/home.ts'
import { createLog } from '../../server/log.ts'
import { LiveRecord } from '../../server/record.ts'
import { embedder, temporaryFolder } from '../fixtures.ts'
import { eventsIn, problemIn, type Served, serveCorpus, serveRecord } from '../served.ts'

const KEY = 'a-key-of-the-tests-123'
const QUESTION = 'How many boats fish from the Pool? 🦀'

const lines = (server: Served) => server.logged.map((line) => JSON.parse(line) as Record<string, unknown>)

it('has a line for each request, with lengths and ids and none of what was asked', async () => {
  const server = await serveCorpus({ LOG_LEVEL: 'info' })
  const replies = [
    await server.post('/api/ask', { question: QUESTION }),
    await server.post('/api/ask', { question: QUESTION }, { Accept: 'text/event-stream' }),
    await server.send('/api/sources/Pool'),
    await server.send('/Pool'),
    await server.send('/api/ask?Pool=1', { method: 'POST' }),
    await server.send('/api/sources', { headers: { Host: 'pool.example' } }),
  ]
  await expect.poll(() => server.logged.length).toBe(replies.length)
  const length = [...QUESTION].length
  expect(lines(server)).toMatchObject([
    { method: 'POST', route: '/api/ask', status: 200, question: length, citations: expect.any(Number) as number, ms: expect.any(Number) as number },
    { method: 'POST', route: '/api/ask', status: 200, question: length, citations: expect.any(Number) as number },
    { method: 'GET', route: '/api/sources/:id', status: 404 },
    { method: 'GET', route: null, status: 404 },
    { method: 'POST', status: 400 },
    { method: 'GET', route: null, status: 421 },
  ])
  expect(lines(server).map(({ id }) => id)).toEqual(replies.map(({ headers }) => headers['x-request-id']))
  expect(new Set(lines(server).map(({ id }) => id)).size).toBe(replies.length)
  expect(server.logged.join('')).not.toMatch(/pool/i)
})

it('holds the questions only where that is asked for', async () => {
  const server = await serveCorpus({ LOG_LEVEL: 'info', LOG_QUESTIONS: true })
  await server.post('/api/ask', { question: QUESTION })
  await expect.poll(() => lines(server)).toMatchObject([{ text: QUESTION }])
})

class Failing extends LiveRecord {
  override use(): Promise<never> {
    const error = new Error(`no connection to postgres://ann:s3cret@db/x with Bearer ${KEY}, nor with ${KEY}`)
    return Promise.reject(Object.assign(error, { body: QUESTION }))
  }
}

it('of a failure has the id that its problem names, in a stream too, and no secret of it', async () => {
  const server = await serveRecord(new Failing(new FolderHome(await temporaryFolder()), await embedder()), { API_KEYS: [KEY] })
  const headers = { Authorization: `Bearer ${KEY}` }
  const reply = await server.post('/api/ask', { question: QUESTION }, headers)
  const stream = await server.post('/api/ask', { question: QUESTION }, { ...headers, Accept: 'text/event-stream' })
  expect(problemIn(reply).requestId).toBe(reply.headers['x-request-id'])
  expect(eventsIn(stream.text)).toMatchObject([{ event: 'problem', data: { requestId: stream.headers['x-request-id'] } }])
  expect(lines(server)).toMatchObject([reply, stream].map((each) => ({ id: each.headers['x-request-id'], route: '/api/ask', status: 500 })))
  for (const text of [...server.logged, reply.text, stream.text]) {
    expect(text).not.toContain(KEY)
    expect(text).not.toContain('s3cret')
    expect(text).not.toContain('Pool')
  }
  expect(server.logged[0]).toContain('postgres://ann:(hidden)@db/x')
})

it('hides a secret that JSON writes in another form', () => {
  const logged: string[] = []
  const secret = 'postgres:///x?password=a"b\\c'
  createLog({ LOG_LEVEL: 'info' }, [secret], { write: (line: string) => void logged.push(line) }).info({ secret: `to ${secret}!` }, 'x')
  expect(JSON.parse(logged.join(''))).toMatchObject({ secret: 'to (hidden)!' })
})
