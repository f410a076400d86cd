import { beforeAll, describe, expect, it } from 'vitest'
import { type Served, serveCorpus } from '../served.ts'

let server: Served
beforeAll(async () => {
  server = await serveCorpus({ BASE_PATH: '/on/record' })
})

describe.each(['/on/record', ''])('below "%s"', (base) => {
  it('the page and its files are there, relative to the base path', async () => {
    const page = await server.send(`${base}/`)
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(page.text).toContain('<base href="/on/record/" />')
    const script = /src="\.\/(assets\/[^"]+)"/.exec(page.text)?.[1]
    expect((await server.send(`${base}/${script}`)).status).toBe(200)
    expect((await server.send(`${base}/source/x`)).text).toBe(page.text)
    expect((await server.send(`${base}/embed`)).text).toContain('<base href="/on/record/" />')
  })

  it('a question is answered, and its links lead below the base path', async () => {
    const { status, text } = await server.post(`${base}/api/ask`, { question: 'What does the harbour master say?' })
    expect(status).toBe(200)
    expect(JSON.parse(text).citations[0].link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/on\/record\/source\//)
  })

  it('what is checked of a request is checked', async () => {
    expect((await server.send(`${base}/healthz`, { headers: { Host: 'elsewhere.example' } })).status).toBe(421)
    expect((await server.post(`${base}/api/ask`, { question: 'Why?' }, { Origin: 'https://elsewhere.example' })).status).toBe(403)
    expect((await server.send(`${base}/api/ask`)).status).toBe(405)
    expect((await server.send(`${base}/metrics`, { headers: { 'X-Forwarded-For': '192.0.2.1' } })).status).toBe(403)
    expect((await server.send(`${base}/api/sources?colour=red`)).status).toBe(400)
  })
})

it('the base path is taken off once', async () => {
  expect((await server.send('/on/record/on/record/healthz')).status).toBe(404)
})

it('the base path without its slash leads to the page, with what was asked for', async () => {
  const { status, headers } = await server.send('/on/record?x=1')
  expect([status, headers.location]).toEqual([308, '/on/record/?x=1'])
  expect((await server.send('/on/recorder')).status).toBe(404)
})
