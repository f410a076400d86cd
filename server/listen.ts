import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import type { Express } from 'express'
import { OnRecordError } from '../index/errors.ts'
import { connectionsOf } from './connections.ts'
import { dropSlowClients } from './slow-clients.ts'

/** Of a request: ms until it is whole, ms until its headers are, how often that is looked at, and bytes of its headers. */
const LIMITS = { requestTimeout: 30_000, headersTimeout: 10_000, connectionsCheckingInterval: 2000, maxHeaderSize: 16_384 }

export interface Listening {
  /** Where it listens: http://127.0.0.1:3000 */
  address: string
  /** Stops accepting, lets what runs finish within `ms`, then closes what is left. */
  stop(ms?: number): Promise<void>
}

/** How long what runs may take when the server is to stop, in ms; an answer takes less than a second. */
const PATIENCE = 5000

/** Starts listening. Throws PORT_IN_USE when something else does already. */
export async function listen(app: Express, host: string, port: number): Promise<Listening> {
  const server = createServer(LIMITS, app)
  dropSlowClients(server)
  const stop = stopping(server)
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(error, host, port)))
    server.listen(port, host, resolve)
  })
  const { port: actual } = server.address() as AddressInfo
  return { address: `http://${host.includes(':') ? `[${host}]` : host}:${actual}`, stop: (ms = PATIENCE) => stop(ms) }
}

/** Once asked, stops a server: who is not being answered is hung up on at once, also one that has sent nothing or only a part of its headers. */
function stopping(server: Server): (ms: number) => Promise<void> {
  const sockets = connectionsOf(server)
  const running = new Map<ServerResponse, Socket>()
  let stopped = false
  const hangUp = (socket: Socket) => {
    if (![...running.values()].includes(socket)) socket.destroySoon()
  }
  // Before the app, so that it is known to run whatever the app does.
  server.prependListener('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    running.set(response, socket)
    response.shouldKeepAlive &&= !stopped
    response.on('close', () => {
      running.delete(response)
      if (stopped) hangUp(socket)
    })
  })
  return async (ms) => {
    stopped = true
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    for (const response of running.keys()) response.shouldKeepAlive = false
    for (const socket of sockets) hangUp(socket)
    const late = setTimeout(() => server.closeAllConnections(), ms)
    await closed
    clearTimeout(late)
    // The requests of connections that were cut hear of it in the next round of events.
    await setImmediate()
  }
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): OnRecordError {
  if (error.code === 'EADDRINUSE')
    return new OnRecordError('PORT_IN_USE', `Port ${port} on ${host} is in use.`, 'Stop what uses it, or choose another: onrecord serve --port N.', {
      cause: error,
    })
  return new OnRecordError('CONFIG_INVALID', `Cannot listen on ${host} port ${port}: ${error.message}.`, 'Check --host and --port.', { cause: error })
}
