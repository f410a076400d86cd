import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { dropSlowClients } from '../../server/slow-clients.ts'
import { afterFile } from '../after.ts'

const WHOLE = Buffer.alloc(20_000_000, 'a')
const PACE = { every: 200, bytes: 16_384 }

/** Writes more than a connection holds, at once as a file or bit by bit as a stream without an end. */
const replies: Record<string, RequestListener> = {
  'a reply': (_request, response) => response.end(WHOLE),
  'a stream': (_request, response) => {
    const writing = setInterval(() => response.write(WHOLE.subarray(0, 200_000)), 5)
    response.on('close', () => clearInterval(writing))
  },
}

async function listening(answer: RequestListener, guard: (server: Server) => void): Promise<Server> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  guard(server)
  await once(server, 'listening')
  afterFile(() => {
    server.close()
    server.closeAllConnections()
  })
  return server
}

/** Asks, and reads nothing. */
async function silent(server: Server): Promise<Socket> {
  const { port } = server.address() as AddressInfo
  const client = connect(port, '127.0.0.1').on('error', () => {})
  client.pause()
  const [accepted] = (await Promise.all([once(server, 'connection'), once(client, 'connect')]))[0] as [Socket]
  client.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
  afterFile(() => client.destroy())
  return accepted
}

it.each(Object.entries(replies))('%s that is not read is dropped, with what waits for it', async (_what, answer) => {
  const accepted = await silent(await listening(answer, (server) => dropSlowClients(server, PACE)))
  await expect.poll(() => accepted.destroyed, { timeout: 10_000 }).toBe(true)
})

it('a server without this keeps it', async () => {
  const accepted = await silent(await listening(replies['a reply'] as RequestListener, () => {}))
  await wait(5 * PACE.every)
  expect(accepted.destroyed).toBe(false)
  expect(accepted.writableLength).toBeGreaterThan(10_000_000)
})

it('a client that reads, and one that only waits, are left alone', async () => {
  const server = await listening(
    (request, response) => {
      if (request.url === '/late') setTimeout(() => response.end('late'), 3 * PACE.every)
      else response.end(WHOLE)
    },
    (guarded) => dropSlowClients(guarded, PACE),
  )
  const { port } = server.address() as AddressInfo
  const late = fetch(`http://127.0.0.1:${port}/late`)
  const whole = await (await fetch(`http://127.0.0.1:${port}/`)).arrayBuffer()
  expect(whole.byteLength).toBe(WHOLE.length)
  expect(await (await late).text()).toBe('late')
})
