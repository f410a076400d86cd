import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { FolderHome } from '../../index/home.ts'
import { Admission } from '../../server/admission.ts'
import { LiveRecord } from '../../server/record.ts'
import { embedder, temporaryFolder } from '../fixtures.ts'
import { eventsIn, problemIn, serve, serveRecord } from '../served.ts'

const STREAM = { Accept: 'text/event-stream' }

/** A record that answers nothing until it is opened, and then that it has no index. */
class Gated extends LiveRecord {
  opened: () => void = () => {}
  private readonly gate = new Promise<void>((open) => {
    this.opened = open
  })

  override async use(): Promise<never> {
    await this.gate
    return super.use(() => Promise.reject(new Error('there is no index')))
  }
}

/** A server on which nothing is answered: three questions are at work, and so many wait. */
async function busy({ queue = 64, deadline = 30 }, waiting: number) {
  const record = new Gated(new FolderHome(await temporaryFolder()), await embedder())
  const admission = new Admission({ atOnce: 3, queue, deadline })
  const server = await serveRecord(record, {}, { admission })
  const asked = Array.from({ length: 3 + waiting }, () => server.post('/api/ask', { question: 'boats' }))
  while (admission.waiting < waiting) await wait(5)
  return { server, record, admission, asked: Promise.all(asked) }
}

describe('when as many questions wait as may', () => {
  it('one more is refused at once, a stream too, with the seconds after which to ask again; what waits is answered', async () => {
    const { server, record, asked } = await busy({ queue: 2 }, 2)
    for (const headers of [{}, STREAM]) {
      const reply = await server.post('/api/ask', { question: 'boats' }, headers)
      expect(problemIn(reply)).toMatchObject({ status: 503, type: 'urn:onrecord:problem:overloaded', retryAfter: 1 })
      expect(reply.headers['retry-after']).toBe('1')
    }
    record.opened()
    expect(await asked).toMatchObject(Array.from({ length: 5 }, () => ({ status: 503 })))
    expect((await server.send('/metrics')).text).toContain('onrecord_refusals_total{reason="overloaded"} 2\n')
    // A refusal is no failure of the server's.
    expect(server.logged.join('')).not.toContain('Too many')
  })
})

describe('a question that is not answered in time', () => {
  it('is refused, whether it is at work or waits, and in a stream by an event', async () => {
    const { server, record, admission, asked } = await busy({ deadline: 0.5 }, 1)
    const stream = await server.post('/api/ask', { question: 'boats' }, STREAM)
    expect(eventsIn(stream.text)).toMatchObject([{ event: 'problem', data: { status: 503, type: 'urn:onrecord:problem:too-slow' } }])
    expect(await asked).toMatchObject(Array.from({ length: 4 }, () => ({ status: 503, headers: { 'retry-after': '1' } })))
    expect(admission.waiting).toBe(0)
    record.opened()
  })
})

it('a server that is to stop is not ready, and answers what has come', async () => {
  const admission = new Admission({ atOnce: 3, queue: 64, deadline: 30 })
  const server = await serve(await temporaryFolder(), {}, { admission })
  admission.closing = true
  expect(problemIn(await server.send('/readyz'))).toMatchObject({ status: 503, type: 'urn:onrecord:problem:stopping' })
  expect((await server.send('/healthz')).status).toBe(200)
  expect(problemIn(await server.post('/api/ask', { question: 'boats' })).type).toBe('urn:onrecord:problem:index-missing')
})
