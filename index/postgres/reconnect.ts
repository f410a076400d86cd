import { setTimeout as wait } from 'node:timers/promises'
import { OnRecordError } from '../errors.ts'
import type { Database } from './connection.ts'
import { HeldSession } from './held.ts'

/** Time before a lost connection is made again, at first and at most, in ms. */
const FIRST = 250
const MOST = 10_000

export interface ReconnectOptions {
  signal: AbortSignal
  /** Is told of a connection that was lost, and of one that is there again (null). */
  onLost?: ((error: OnRecordError | null) => void) | undefined
}

/** Does work over one session, from its beginning over another one whenever the connection is lost, until the signal is aborted. */
export async function overAndOver<T>(database: Database, { signal, onLost }: ReconnectOptions, work: (session: HeldSession) => Promise<T>): Promise<T> {
  let pause = 0
  for (;;) {
    try {
      return await database.session(async (own) => {
        const session = await HeldSession.of(own)
        if (pause > 0) onLost?.(null)
        pause = 0
        try {
          return await work(session)
        } finally {
          // The pool may lend the connection to others.
          await session.unlockAll().catch(() => {})
        }
      })
    } catch (error) {
      if (!(error instanceof OnRecordError) || error.code !== 'DATABASE_GONE' || signal.aborted) throw error
      if (pause === 0) onLost?.(error)
      pause = Math.min(MOST, Math.max(FIRST, 2 * pause))
      await wait(pause, undefined, { signal }).catch(() => {})
      if (signal.aborted) throw error
    }
  }
}
