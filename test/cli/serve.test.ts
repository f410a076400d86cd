import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { chatServer, holds } from '../chat-server.ts'
import { documents, temporaryFolder } from '../fixtures.ts'
import { onrecord, serving, start, takenPort } from './command.ts'

const POOL = { 'pool.md': '# The Pool\n\nThirty-one boats fish from the Pool.\n' }

async function smallIndex(): Promise<string> {
  const index = join(await temporaryFolder(), 'index')
  await onrecord(['index', await documents(POOL), '--index', index])
  return index
}

/** A connection on which this was sent, and from which nothing is read. */
async function connection(port: number, sent: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').on('error', () => {})
  await once(socket, 'connect')
  socket.write(sent)
  return socket
}

describe('onrecord serve', () => {
  it('without an index serves the page, is not ready, and names the command', async () => {
    const { address, says, child, ended } = await serving(['--index', join(await temporaryFolder(), 'none')])
    expect(await says(/onrecord index/)).toContain('There is no index in')
    const ready = await fetch(`${address}/readyz`)
    expect(ready.status).toBe(503)
    expect(await ready.json()).toMatchObject({ remedy: 'Run: onrecord index FOLDER' })
    expect(await (await fetch(address)).text()).toContain('<title>On Record</title>')
    child.kill('SIGTERM')
    expect((await ended).code).toBe(0)
  })

  it.each(['SIGTERM', 'SIGINT'] as const)('answers, and ends with 0 within ten seconds of %s although clients stay connected', async (signal) => {
    const { address, child, ended, says } = await serving([], { env: { ONRECORD_INDEX: await smallIndex(), ONRECORD_LOG_LEVEL: 'warn' } })
    await says(/It answers from 1 document/)
    const reply = await fetch(`${address}/api/ask`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ question: 'How many boats fish from the Pool?' }),
    })
    expect(await reply.json()).toMatchObject({ status: 'answered', citations: [{ quote: 'Thirty-one boats fish from the Pool.' }] })
    // Its body is not read: the connection stays open.
    await fetch(`${address}/`)
    const asked = performance.now()
    child.kill(signal)
    const { code, stderr } = await ended
    expect(code).toBe(0)
    expect(performance.now() - asked).toBeLessThan(10_000)
    expect(stderr).toBe('')
  })

  it('when it is to stop finishes what runs, a stream too, and waits neither for who is silent nor for who never reads', async () => {
    const { address, child, ended, says } = await serving(['--index', await smallIndex()], { env: { ONRECORD_RATE_LIMIT: '0', ONRECORD_LOG_LEVEL: 'warn' } })
    await says(/It answers from 1 document/)
    const port = Number(new URL(address).port)
    const head = `Host: 127.0.0.1:${port}\r\n`
    const silent = await connection(port, '')
    const slow = await connection(port, `GET / HTTP/1.1\r\n${head.slice(0, 9)}`)
    const neverReads = await connection(port, `GET /widget.js HTTP/1.1\r\n${head}\r\n`.repeat(500))
    const hangups = [silent, slow].map((socket) => once(socket.resume(), 'close'))
    const question = 'How many boats fish from the Pool? '.repeat(25)
    const body = JSON.stringify({ question })
    const headers = { 'Content-Type': 'application/json', Accept: 'text/event-stream' }
    const streams = await Promise.all(Array.from({ length: 10 }, () => fetch(`${address}/api/ask`, { method: 'POST', headers, body })))
    const asked = performance.now()
    child.kill('SIGTERM')
    await Promise.all(hangups)
    for (const stream of streams) expect(await stream.text()).toContain('event: answer\n')
    await expect(fetch(`${address}/healthz`)).rejects.toThrow()
    const { code, stderr } = await ended
    expect([code, stderr]).toEqual([0, ''])
    expect(performance.now() - asked).toBeLessThan(10_000)
    neverReads.destroy()
  })

  it('when it is to stop sends the answer whose prose is being written, without the rest of that', async () => {
    const { behaviour } = holds()
    const chat = await chatServer(behaviour)
    const env = { ONRECORD_CHAT_MODEL: 'openai:test', ONRECORD_CHAT_URL: chat.url, ONRECORD_LOG_LEVEL: 'warn' }
    const { address, child, ended, says } = await serving(['--index', await smallIndex()], { env })
    await says(/It answers from 1 document/)
    const headers = { 'Content-Type': 'application/json', Accept: 'text/event-stream' }
    const body = JSON.stringify({ question: 'How many boats fish from the Pool?' })
    const stream = await fetch(`${address}/api/ask`, { method: 'POST', headers, body })
    await expect.poll(() => chat.requests.length, { timeout: 20_000 }).toBe(1)
    child.kill('SIGTERM')
    expect(await stream.text()).toMatch(/event: quotes\n[\s\S]*event: answer\n/)
    const { code, stderr } = await ended
    expect([code, stderr]).toEqual([0, ''])
  })

  it('ends with 0 and in silence also while questions run whose clients have left', async () => {
    const { address, child, ended, says } = await serving(['--index', await smallIndex()], { env: { ONRECORD_RATE_LIMIT: '0', ONRECORD_LOG_LEVEL: 'warn' } })
    await says(/It answers from 1 document/)
    const leaving = new AbortController()
    const body = JSON.stringify({ question: 'How many boats fish from the Pool? '.repeat(25) })
    const asked = Array.from({ length: 60 }, () =>
      fetch(`${address}/api/ask`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body, signal: leaving.signal }),
    )
    await Promise.race(asked)
    child.kill('SIGTERM')
    leaving.abort()
    await Promise.allSettled(asked)
    const { code, stderr } = await ended
    expect([code, stderr]).toEqual([0, ''])
  })

  it('on a port that is in use exits with 1 and one line', async () => {
    const port = await takenPort()
    const { code, stdout, stderr } = await onrecord(['serve', '--port', String(port), '--index', await smallIndex()])
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toBe(`onrecord serve: Port ${port} on 127.0.0.1 is in use. Stop what uses it, or choose another: onrecord serve --port N.\n`)
  })

  it('on an address that is not this machine exits with 1 and one line', async () => {
    const { code, stdout, stderr } = await onrecord(['serve', '--port', '0', '--host', '192.0.2.1', '--index', join(await temporaryFolder(), 'none')])
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^onrecord serve: Cannot listen on 192\.0\.2\.1 .*\n$/)
  })

  it('warns once, in one line, when others can reach it and there is no key, and tells none where there is one', async () => {
    const key = 'a-key-of-the-tests-123'
    const index = join(await temporaryFolder(), 'none')
    const said = async (env: Record<string, string>) => {
      const { child, ended, says, address } = await serving(['--host', '0.0.0.0', '--index', index], { env })
      await says(/There is no index/)
      await fetch(`${address.replace('0.0.0.0', '127.0.0.1')}/api/sources`, { headers: { Authorization: `Bearer ${key}` } })
      child.kill('SIGTERM')
      const { stdout, stderr } = await ended
      return stdout + stderr
    }
    expect((await said({})).match(/^onrecord serve: .*ONRECORD_API_KEYS.*$/gm)).toHaveLength(1)
    const keyed = await said({ ONRECORD_API_KEYS: key })
    expect(keyed).not.toContain('ONRECORD_API_KEYS')
    expect(keyed).not.toContain(key)
    expect(keyed).toContain('"msg":"request"')
  })

  it('lets the flags go before the settings', async () => {
    const running = start(['serve', '--port', '0', '--index', await smallIndex()], { env: { ONRECORD_PORT: '1', ONRECORD_INDEX: '/nowhere' } })
    expect(await running.says(/It answers from 1 document/)).not.toContain(':1\n')
    running.child.kill('SIGTERM')
    expect((await running.ended).code).toBe(0)
  })

  it('listens only on this machine by default', async () => {
    const { address } = await serving(['--index', join(await temporaryFolder(), 'none')])
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  })
})
