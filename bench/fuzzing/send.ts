import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { Route } from '../../server/route-table.ts'
import { Chance } from './chance.ts'
import { type Fuzzed, fuzzed } from './requests.ts'

/** Connections at a time. */
const AT_ONCE = 8
/** From the last byte sent until the server must have closed, in ms. */
const PATIENCE = 30_000

export interface Failure {
  what: string
  /** Of the reply, or what became of the connection. */
  got: string
  sent: string
}

export interface Result {
  /** How many replies of each status; a request may have none, and pipelined ones have several. */
  statuses: Record<string, number>
  failures: Failure[]
}

/** Sends so many requests of a seed, on a connection each: a failure is a reply of 5xx, or none and a connection left open. */
export async function fuzz(port: number, routes: readonly Route[], requests: number, seed: number): Promise<Result> {
  const chance = new Chance(seed)
  const result: Result = { statuses: {}, failures: [] }
  let left = requests
  const sender = async () => {
    while (left-- > 0) {
      const next = fuzzed(chance, routes)
      const reply = await replyTo(port, next)
      const fail = (got: string) => result.failures.push({ what: next.what, got, sent: Buffer.concat(next.pieces).toString('latin1').slice(0, 500) })
      if (reply === null) fail('left open')
      for (const [line, status] of reply?.matchAll(/HTTP\/1\.1 (\d{3}) [\w ]*/g) ?? []) {
        result.statuses[status as string] = (result.statuses[status as string] ?? 0) + 1
        if (Number(status) >= 500) fail(line)
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, sender))
  return result
}

/** Everything that comes back until the server closes; null when it does not. */
async function replyTo(port: number, { pieces, whole }: Fuzzed): Promise<string | null> {
  const chunks: Buffer[] = []
  const socket = connect(port, '127.0.0.1')
  socket.on('data', (chunk) => chunks.push(chunk))
  // A server may hang up on nonsense before it has been said.
  socket.on('error', () => {})
  const closed = new Promise<string>((resolve) => socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1'))))
  for (const piece of pieces) {
    socket.write(piece)
    if (pieces.length > 1) await wait(5)
  }
  if (!whole) socket.end()
  const late = new AbortController()
  const reply = await Promise.race([closed, wait(PATIENCE, null, { signal: late.signal }).catch(() => null)])
  late.abort()
  socket.destroy()
  return reply
}
