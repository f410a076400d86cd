import { beforeAll, describe, expect, it } from 'vitest'
import { FolderHome } from '../../index/home.ts'
import { MAX_QUESTION } from '../../server/contract.ts'
import { LiveRecord } from '../../server/record.ts'
import { embedder, temporaryFolder } from '../fixtures.ts'
import { eventsIn, problemIn, type Served, serveCorpus, serveRecord } from '../served.ts'

const JSON_TYPE = { 'Content-Type': 'application/json' }

let server: Served
beforeAll(async () => {
  server = await serveCorpus()
})

describe('a request to ask is refused with a problem that names the field', () => {
  it.each<[string, unknown, string]>([
    ['an empty question', { question: '' }, 'question'],
    ['a question of white space', { question: ' \n\t\u00a0\u2003' }, 'question'],
    ['a question of 1,001 characters', { question: 'b'.repeat(MAX_QUESTION + 1) }, 'question'],
    ['a question of 1,001 characters beyond the first plane', { question: '🦀'.repeat(MAX_QUESTION + 1) }, 'question'],
    ['no question', {}, 'question'],
    ['a question that is a number', { question: 7 }, 'question'],
    ['an unknown field', { question: 'boats', temperature: 1 }, 'temperature'],
    ['an unknown filter', { question: 'boats', filters: { colour: 'red' } }, 'filters.colour'],
    ['a date that is none', { question: 'boats', filters: { after: 'yesterday' } }, 'filters.after'],
    ['a thirteenth month', { question: 'boats', filters: { before: '2025-13' } }, 'filters.before'],
    ['an empty outlet', { question: 'boats', filters: { outlet: '' } }, 'filters.outlet'],
    ['filters that are a list', { question: 'boats', filters: [] }, 'filters'],
    ['a limit of nothing', { question: 'boats', limit: 0 }, 'limit'],
    ['a limit above the most', { question: 'boats', limit: 21 }, 'limit'],
    ['a limit in words', { question: 'boats', limit: 'five' }, 'limit'],
    ['history that is no list', { question: 'boats', history: {} }, 'history'],
    ['a turn without its question', { question: 'boats', history: [{ citations: [] }] }, 'history.0.question'],
  ])('%s', async (_what, body, field) => {
    const problem = problemIn(await server.post('/api/ask', body))
    expect(problem).toMatchObject({ status: 400, type: 'urn:onrecord:problem:invalid-request', field })
  })
})

describe('a body', () => {
  it.each<[string, string, string, number]>([
    ['that is not JSON', 'question=boats', 'application/json', 400],
    ['that breaks off', '{"question": "boa', 'application/json', 400],
    ['that is empty', '', 'application/json', 400],
    ['that is a list', '[{"question": "boats"}]', 'application/json', 400],
    ['that is a string', '"boats"', 'application/json', 400],
    ['that is null', 'null', 'application/json', 400],
    ['of a form', 'question=boats', 'application/x-www-form-urlencoded', 415],
    ['of plain text that holds JSON', '{"question": "boats"}', 'text/plain', 415],
    ['in a character set that is not read', '{"question": "boats"}', 'application/json; charset=unheard-of', 415],
  ])('%s is a problem', async (_what, body, type, status) => {
    const problem = problemIn(await server.send('/api/ask', { method: 'POST', headers: { 'Content-Type': type }, body }))
    expect(problem.status).toBe(status)
  })

  it('without a type is a problem', async () => {
    expect(problemIn(await server.send('/api/ask', { method: 'POST', body: '{"question": "boats"}' })).status).toBe(415)
  })

  it('in an encoding that is not read is a problem', async () => {
    const headers = { ...JSON_TYPE, 'Content-Encoding': 'exotic' }
    expect(problemIn(await server.send('/api/ask', { method: 'POST', headers, body: '{}' })).status).toBe(415)
  })

  it('of a question of 100,000 characters is too large', async () => {
    expect(problemIn(await server.post('/api/ask', { question: 'boats '.repeat(17_000) }))).toMatchObject({
      status: 413,
      type: 'urn:onrecord:problem:body-too-large',
    })
  })

  it('may have 64 KiB and not one byte more', async () => {
    const body = (bytes: number) => `{"question":"boats"${' '.repeat(bytes - 20)}}`
    const post = (bytes: number) => server.send('/api/ask', { method: 'POST', headers: JSON_TYPE, body: body(bytes) })
    expect(body(65_536)).toHaveLength(65_536)
    expect((await post(65_536)).status).toBe(200)
    expect((await post(65_537)).status).toBe(413)
  })

  it('that nests ten thousand deep is refused', async () => {
    const body = `{"question":"boats","history":${'['.repeat(10_000)}${']'.repeat(10_000)}}`
    expect(problemIn(await server.send('/api/ask', { method: 'POST', headers: JSON_TYPE, body })).status).toBe(400)
  })
})

describe('a route', () => {
  it.each([
    ['POST', '/api/nothing'],
    ['GET', '/nothing'],
    ['GET', '/api'],
    ['GET', '/api/sources/a/b/c'],
    ['GET', '/source'],
    ['PUT', '/nothing'],
  ])('that there is not is a problem: %s %s', async (method, path) => {
    expect(problemIn(await server.send(path, { method })).status).toBe(404)
  })

  it('called by another method is refused with those that it takes', async () => {
    for (const { path, methods } of server.routes) {
      const reply = await server.send(path.replace(':id', 'x'), { method: 'DELETE' })
      expect([reply.status, reply.text]).toEqual([405, expect.stringContaining('method-not-allowed')])
      // The routes of other people's protocols tell it in their form.
      if (!/^\/(?:mcp$|v1\/)/.test(path)) expect(problemIn(reply).type).toBe('urn:onrecord:problem:method-not-allowed')
      expect(reply.headers.allow?.split(', ')).toEqual(expect.arrayContaining(methods))
    }
    expect(server.routes.map(({ path }) => path)).toEqual(expect.arrayContaining(['/api/ask', '/api/sources/:id', '/healthz', '/widget.js', '/source/:id']))
  })

  it('of the API takes no parameter that it does not know', async () => {
    for (const { path, methods } of server.routes.filter((route) => route.path.startsWith('/api/'))) {
      const reply = await server.send(`${path.replace(':id', 'x')}?colour=red`, { method: methods[0] as string })
      expect(problemIn(reply)).toMatchObject({ status: 400, type: 'urn:onrecord:problem:invalid-request', field: 'colour' })
    }
  })
})

describe('what is not foreseen', () => {
  class Failing extends LiveRecord {
    override use(): Promise<never> {
      return Promise.reject(new Error('a secret of /home/somebody'))
    }
  }
  const failing = async () => serveRecord(new Failing(new FolderHome(await temporaryFolder()), await embedder()))

  it('is a problem without its text, which stands in the log', async () => {
    const broken = await failing()
    const reply = await broken.post('/api/ask', { question: 'boats' })
    expect(problemIn(reply)).toMatchObject({ status: 500, type: 'urn:onrecord:problem:internal' })
    expect(reply.text).not.toContain('secret')
    expect(broken.logged.join('')).toContain('a secret of /home/somebody')
  })

  it('is a problem in a stream without its text', async () => {
    const broken = await failing()
    const reply = await broken.post('/api/ask', { question: 'boats' }, { Accept: 'text/event-stream' })
    expect(eventsIn(reply.text)).toMatchObject([{ event: 'problem', data: { status: 500, type: 'urn:onrecord:problem:internal' } }])
    expect(reply.text).not.toContain('secret')
  })

  // The stream's catch sends the problem, whose detail points to the log, but logs nothing.
  it('is in the log when it happens in a stream', async () => {
    const broken = await failing()
    await broken.post('/api/ask', { question: 'boats' }, { Accept: 'text/event-stream' })
    expect(broken.logged.join('')).toContain('a secret of /home/somebody')
  })
})
