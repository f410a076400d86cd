import { beforeAll, expect, it } from 'vitest'
import { temporaryFolder } from '../fixtures.ts'
import { type Served, serve, serveCorpus } from '../served.ts'

let server: Served
beforeAll(async () => {
  server = await serveCorpus()
})

it('counts requests, refusals and answers, by route and never by what a client sends', async () => {
  const { generation } = await server.ask('How many boats fish from the Pool?')
  await server.ask('Which vitamin prevents scurvy?')
  await server.post('/api/ask', { question: '' })
  await server.send('/api/sources/an-id-of-somebody')
  await server.send('/a/path/of/somebody')
  await server.send('/healthz')
  const { text, headers } = await server.send('/metrics')
  expect(headers['content-type']).toContain('text/plain')
  for (const line of [
    'onrecord_requests_total{route="/api/ask",method="POST",status="200"} 2',
    'onrecord_requests_total{route="/api/ask",method="POST",status="400"} 1',
    'onrecord_requests_total{route="/api/sources/:id",method="GET",status="404"} 1',
    'onrecord_requests_total{route="other",method="GET",status="404"} 1',
    'onrecord_requests_total{route="/healthz",method="GET",status="200"} 1',
    'onrecord_request_seconds_count{route="/api/ask"} 3',
    'onrecord_refusals_total{reason="invalid-request"} 1',
    'onrecord_refusals_total{reason="not-found"} 1',
    'onrecord_answers_total{status="answered"} 1',
    'onrecord_answers_total{status="not-on-record"} 1',
    'onrecord_answer_stage_seconds_count{stage="embed"} 2',
    'onrecord_queue_wait_seconds_count 2',
    'onrecord_queue_length 0',
    'onrecord_answers_at_work 0',
    'onrecord_ready 1',
    'onrecord_index_degraded 0',
    `onrecord_generation_info{generation="${generation}"} 1`,
  ])
    expect(text.split('\n')).toContain(line)
  expect(text).not.toMatch(/somebody|boats|scurvy|127\.0\.0\.1/)
})

it('without an index says that it is not ready', async () => {
  const { text } = await (await serve(await temporaryFolder())).send('/metrics')
  expect(text).toContain('onrecord_ready 0\n')
  expect(text).not.toContain('onrecord_generation_info{')
})
