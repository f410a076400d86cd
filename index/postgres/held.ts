import { OnRecordError } from '../errors.ts'
import type { Session, Value } from './connection.ts'

/** Tells the locks of On Record from those of other programs in a database: 'onre'. */
const CLASS = 0x6f6e7265
/** The lock of the one who plans and commits generations; those of workers are greater. */
export const PLANNER = 0
/** The lock of the one who makes what there is once. */
const MAKING = -1
/**
 * The server looks whether the other end is still there, in whatever it does: a process that was killed is missed within two seconds, a machine
 * that went without a word within half a minute. Not every system that a server runs on can.
 */
const LOOKS = {
  client_connection_check_interval: '2s',
  tcp_keepalives_idle: '10',
  tcp_keepalives_interval: '5',
  tcp_keepalives_count: '3',
}

/**
 * One connection that is held for long, over which a worker or a planner does everything: its locks, its claims and what it has begun to write
 * go with the connection. Statements wait for each other.
 */
export class HeldSession implements Session {
  private readonly session: Session
  private last: Promise<unknown> = Promise.resolve()
  private transactions: Promise<unknown> = Promise.resolve()

  private constructor(session: Session) {
    this.session = session
  }

  static async of(session: Session): Promise<HeldSession> {
    for (const [name, value] of Object.entries(LOOKS)) await session.run('SELECT set_config($1, $2, false)', [name, value]).catch(ifUnknown)
    return new HeldSession(session)
  }

  rows<Row extends object>(sql: string, values?: Value[]): Promise<Row[]> {
    return this.inTurn(() => this.session.rows<Row>(sql, values))
  }

  run(sql: string, values?: Value[]): Promise<number> {
    return this.inTurn(() => this.session.run(sql, values))
  }

  /** Does several statements or none of them, after the transactions before it. What else is asked of the session meanwhile is asked within it. */
  transaction<T>(work: () => Promise<T>): Promise<T> {
    const result = this.transactions.then(() => this.allOrNothing(work))
    this.transactions = result.catch(() => {})
    return result
  }

  /** Takes a lock for as long as the connection lasts; false where somebody else has it. */
  async lock(key: number): Promise<boolean> {
    const [row] = await this.rows<{ taken: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS taken', [CLASS, key])
    return row?.taken === true
  }

  /** Does something that one process does at a time, after those that do it now. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    await this.run('SELECT pg_advisory_lock($1, $2)', [CLASS, MAKING])
    try {
      return await work()
    } finally {
      await this.run('SELECT pg_advisory_unlock($1, $2)', [CLASS, MAKING]).catch(() => {})
    }
  }

  async unlockAll(): Promise<void> {
    await this.run('SELECT pg_advisory_unlock_all()')
  }

  /** The keys of locks that somebody has. */
  async locked(): Promise<Set<number>> {
    const rows = await this.rows<{ key: number }>(
      `SELECT objid::int AS key FROM pg_locks WHERE locktype = 'advisory' AND classid = $1 AND objsubid = 2 AND granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      [CLASS],
    )
    return new Set(rows.map(({ key }) => key))
  }

  private async allOrNothing<T>(work: () => Promise<T>): Promise<T> {
    await this.run('BEGIN')
    try {
      const result = await work()
      await this.run('COMMIT')
      return result
    } catch (error) {
      await this.run('ROLLBACK').catch(() => {})
      throw error
    }
  }

  private inTurn<T>(ask: () => Promise<T>): Promise<T> {
    const result = this.last.then(ask)
    this.last = result.catch(() => {})
    return result
  }
}

/** Passes over a setting that the server does not have or cannot change. Throws everything else. */
function ifUnknown(error: unknown): void {
  if (error instanceof OnRecordError) throw error
}
