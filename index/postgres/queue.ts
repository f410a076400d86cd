import type PgBoss from 'pg-boss'
import { packageMissing, type Value } from './connection.ts'
import type { HeldSession } from './held.ts'

const SCHEMA = 'onrecord_queue'
const QUEUE = 'files'
/** Hours that a job may take: a worker that is gone is known by its lock. */
const HOURS = 23

/** Files that one worker works on. */
export interface Job {
  id: string
  files: number[]
}

/** The jobs that wait, in pg-boss. Who has a file is written in the row of the file: jobs only say where to look. */
export class Queue {
  private readonly boss: PgBoss
  private readonly failures: unknown[]

  private constructor(boss: PgBoss, failures: unknown[]) {
    this.boss = boss
    this.failures = failures
  }

  /** The queue as a session uses it; made when there is none. */
  static async open(session: HeldSession): Promise<Queue> {
    const { default: Boss } = await import('pg-boss').catch((cause: unknown) => {
      throw packageMissing('pg-boss', cause)
    })
    const failures: unknown[] = []
    const executeSql = async (text: string, values?: Value[]) => {
      try {
        return { rows: await session.rows(text, values) }
      } catch (error) {
        failures.push(error)
        throw error
      }
    }
    const boss = new Boss({ db: { executeSql }, schema: SCHEMA, supervise: false, schedule: false, migrate: true })
    boss.on('error', () => {})
    // Where several make its tables at a time, it leaves a transaction behind that failed.
    await session.alone(async () => {
      await boss.start()
      await boss.createQueue(QUEUE, { name: QUEUE, expireInHours: HOURS, retentionDays: 365 })
    })
    return new Queue(boss, failures)
  }

  /** Adds jobs; those of a higher priority are taken first. */
  async add(jobs: number[][], priority = 0): Promise<void> {
    if (jobs.length > 0) await this.boss.insert(jobs.map((files) => ({ name: QUEUE, data: { files }, priority })))
  }

  /** The next job, which nobody else is given; null when there is none. */
  async take(): Promise<Job | null> {
    this.failures.length = 0
    const [job] = await this.boss.fetch<Pick<Job, 'files'>>(QUEUE, { batchSize: 1 })
    // pg-boss takes a failure for an empty queue.
    if (this.failures.length > 0) throw this.failures[0]
    return job ? { id: job.id, files: job.data.files } : null
  }

  async remove(ids: string[]): Promise<void> {
    if (ids.length > 0) await this.boss.deleteJob(QUEUE, ids)
  }

  /** Removes what nobody has taken. */
  async clear(): Promise<void> {
    await this.boss.purgeQueue(QUEUE)
  }
}
