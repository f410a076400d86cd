import type { Pool, PoolClient, PoolConfig } from 'pg'
import { OnRecordError } from '../errors.ts'
import { databaseError, placeOf, wasLost } from './failures.ts'

/** A value of a statement: text is given by these alone, never within the statement. */
export type Value = string | number | boolean | Uint8Array | Date | null | Value[]

/** One connection, for statements that belong together. */
export interface Session {
  /** The rows of a statement. Throws what `databaseError` makes of a failure. */
  rows<Row extends object>(sql: string, values?: Value[]): Promise<Row[]>
  /** The rows that a statement changed. */
  run(sql: string, values?: Value[]): Promise<number>
}

export interface ConnectOptions {
  /** Connections at a time, at most. Default: 10. */
  most?: number
  /** Milliseconds that a statement may take. Default: as long as it takes. */
  patience?: number
  /** What the server shows of the program. */
  name?: string
}

/** Milliseconds that a connection may take to be made, or to become free. */
const CONNECTING = 10_000
/** Milliseconds after which a connection that nobody uses is closed. */
const IDLE = 30_000
const BIGINT = 20
/** The least server: UNIQUE NULLS NOT DISTINCT and MERGE. */
const LEAST_SERVER = 150_000

/** A database's connections. Every failure is an OnRecordError that names the server, and never its password; what is wrong with a statement itself stays as it is. */
export class Database implements Session {
  /** Host, port and database, without user and password. */
  readonly place: string
  /** For libraries that bring their own connections or take some. */
  readonly url: string
  private readonly pool: Pool
  private readonly patience: number | undefined

  private constructor(url: string, pool: Pool, patience: number | undefined) {
    this.url = url
    this.place = placeOf(url)
    this.pool = pool
    this.patience = patience
    // A connection that nobody uses may end at any time: the next one is made when it is needed.
    pool.on('error', () => {})
  }

  /** Connects, and looks whether the server is one that can be used. Throws PACKAGE_MISSING, DATABASE_UNUSABLE, DATABASE_GONE or DATABASE_BUSY. */
  static async open(url: string, { most = 10, patience, name = 'onrecord' }: ConnectOptions = {}): Promise<Database> {
    placeOf(url)
    const { Pool, types } = await driver()
    const config: PoolConfig = {
      connectionString: url,
      max: most,
      connectionTimeoutMillis: CONNECTING,
      idleTimeoutMillis: IDLE,
      keepAlive: true,
      application_name: name,
      // No number here comes near to 2^53.
      types: { getTypeParser: ((id: number, format?: 'text') => (id === BIGINT ? Number : types.getTypeParser(id, format))) as typeof types.getTypeParser },
    }
    if (patience !== undefined) config.query_timeout = patience
    let database: Database
    try {
      database = new Database(url, new Pool(config), patience)
    } catch (error) {
      throw databaseError(error, placeOf(url))
    }
    try {
      const [server] = await database.rows<{ version: number; shown: string }>(
        `SELECT current_setting('server_version_num')::int AS version, current_setting('server_version') AS shown`,
      )
      if (server && server.version < LEAST_SERVER) throw tooOld(database.place, server.shown)
      return database
    } catch (error) {
      await database.close()
      throw error
    }
  }

  /** For statements that only read: one whose connection was lost is asked once more, over another. */
  async rows<Row extends object>(sql: string, values?: Value[]): Promise<Row[]> {
    return this.again(async () => (await this.pool.query<Row>(sql, values)).rows)
  }

  async run(sql: string, values?: Value[]): Promise<number> {
    return this.named(async () => (await this.pool.query(sql, values)).rowCount ?? 0)
  }

  /** Runs statements over one connection of their own. */
  async session<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const client = await this.named(() => this.pool.connect())
    // What is lost between two statements is known by the next one.
    const ignore = () => {}
    client.on('error', ignore)
    let broken = true
    try {
      const result = await work(sessionOver(client, this.place))
      broken = false
      return result
    } catch (error) {
      broken = !(error instanceof OnRecordError) ? wasLost(error) : error.code.startsWith('DATABASE_')
      throw error
    } finally {
      client.off('error', ignore)
      client.release(broken)
    }
  }

  /** All of the statements or none. `begin` may set more, as in `BEGIN; SET LOCAL ...`. */
  async inTransaction<T>(work: (session: Session) => Promise<T>, begin = 'BEGIN'): Promise<T> {
    return this.session(async (session) => {
      await session.run(begin)
      try {
        const result = await work(session)
        await session.run('COMMIT')
        return result
      } catch (error) {
        await session.run('ROLLBACK').catch(() => {})
        throw error
      }
    })
  }

  /** Statements that only read, with settings of their own; asked once more when the connection was lost. */
  reading<T>(settings: string, work: (session: Session) => Promise<T>): Promise<T> {
    // What nobody waits for any more is not to go on.
    const limit = this.patience === undefined ? '' : `SET LOCAL statement_timeout = ${this.patience};`
    return this.again(() => this.inTransaction(work, `BEGIN READ ONLY; ${limit} ${settings}`))
  }

  async close(): Promise<void> {
    if (!this.pool.ended && !this.pool.ending) await this.pool.end()
  }

  private async again<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask()
    } catch (error) {
      if (!wasLost(error)) throw databaseError(error, this.place)
      return this.named(ask)
    }
  }

  private async named<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask()
    } catch (error) {
      throw databaseError(error, this.place)
    }
  }
}

function sessionOver(client: PoolClient, place: string): Session {
  const query = async <Row extends object>(sql: string, values?: Value[]) => {
    try {
      return await client.query<Row>(sql, values)
    } catch (error) {
      throw databaseError(error, place)
    }
  }
  return {
    rows: async <Row extends object>(sql: string, values?: Value[]) => (await query<Row>(sql, values)).rows,
    run: async (sql, values) => (await query(sql, values)).rowCount ?? 0,
  }
}

async function driver() {
  try {
    const { default: pg } = await import('pg')
    return pg
  } catch (cause) {
    throw packageMissing('pg', cause)
  }
}

/** An optional package that is needed now. */
export function packageMissing(name: string, cause: unknown): OnRecordError {
  return new OnRecordError(
    'PACKAGE_MISSING',
    `The record is to be kept in PostgreSQL, and the package ${name} is not installed.`,
    `Run: npm install ${name}.`,
    {
      cause,
    },
  )
}

function tooOld(place: string, version: string): OnRecordError {
  return new OnRecordError(
    'DATABASE_UNUSABLE',
    `The database at ${place} runs PostgreSQL ${version}, which is too old.`,
    'Use a server of PostgreSQL 15 or later with pgvector 0.8 or later.',
  )
}
