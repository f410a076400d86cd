import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { connectionsOf } from './connections.ts'

export interface Pace {
  /** How often it is looked at, in ms. */
  every: number
  /** Bytes that a client takes in that time when more wait for it, at least. */
  bytes: number
}

/** 16 KiB in 15 s is less than any modem brought. */
const PACE: Pace = { every: 15_000, bytes: 16_384 }

/** Cuts connections whose clients do not take what is written to them, so that nothing is kept for them for long. */
export function dropSlowClients(server: Server, { every, bytes }: Pace = PACE): void {
  // Of the connections that something waits in: the bytes they had taken when that was seen.
  const waiting = new WeakMap<Socket, number>()
  const sockets = connectionsOf(server)
  const look = setInterval(() => {
    for (const socket of sockets) {
      const taken = takenFrom(socket)
      const before = waiting.get(socket)
      if (socket.writableLength === 0) waiting.delete(socket)
      else if (before !== undefined && taken - before < bytes) socket.destroy()
      else waiting.set(socket, taken)
    }
  }, every)
  look.unref()
  server.on('close', () => clearInterval(look))
}

/** Bytes that a connection has passed on. Only its handle sees how far it is within one large write; Node's own timeouts look there too. */
function takenFrom(socket: Socket): number {
  const { bytesWritten, writeQueueSize } = ((socket as { _handle?: unknown })._handle ?? {}) as { bytesWritten?: number; writeQueueSize?: number }
  return bytesWritten === undefined || writeQueueSize === undefined ? Number.NaN : bytesWritten - writeQueueSize
}
