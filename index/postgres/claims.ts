import { OnRecordError } from '../errors.ts'
import type { Skipped } from '../types.ts'
import { removeSources } from './file-writer.ts'
import type { HeldSession } from './held.ts'
import type { Queue } from './queue.ts'

/** Times that a file may end its worker: then it is set aside. */
const ATTEMPTS = 3
/** Time that a worker which lost its connection has to come back before its files are taken over, in ms. */
const GRACE = 2000

/** A file that is to be indexed, as its row has it. */
export interface ClaimedFile {
  file: number
  path: string
  sha256: string
  listing: string
  /** The generation that it is indexed for. */
  born: number
}

export interface Claim {
  job: string
  files: ClaimedFile[]
}

/** Takes a job for a worker; null when there is none. Files that somebody else has, or that are done, are left out. */
export async function claim(session: HeldSession, queue: Queue, worker: number): Promise<Claim | null> {
  for (;;) {
    const taken = await session.transaction(async () => {
      const job = await queue.take()
      if (!job) return null
      const files = await session.rows<ClaimedFile>(
        `UPDATE onrecord.files SET worker = $1, job = $2 WHERE file = ANY($3::bigint[]) AND state = 'planned' AND worker IS NULL
          RETURNING file, path, sha256, listing, born`,
        [worker, job.id, job.files],
      )
      if (files.length === 0) await queue.remove([job.id])
      return { job: job.id, files: files.sort((a, b) => a.file - b.file) }
    })
    if (taken === null || taken.files.length > 0) return taken
  }
}

interface Freed {
  file: number
  job: string
  path: string
  attempts: number
}

/** Gives back what a worker has not done; `struck`: what ended it may have been one of them. */
export async function giveBack(session: HeldSession, queue: Queue, worker: number, struck: boolean): Promise<void> {
  try {
    await session.transaction(() => free(session, queue, [worker], struck))
  } catch (error) {
    // On a full disk there is no room for a job. Others will take the files over, and count them as what ended their worker: this makes up for it,
    // and needs no room but that of the rows.
    const isFull = error instanceof OnRecordError && error.code === 'DATABASE_FULL'
    if (isFull && !struck) await session.run("UPDATE onrecord.files SET attempts = attempts - 1 WHERE state = 'planned' AND worker = $1", [worker])
    throw error
  }
}

/** Looks for workers that are gone, and gives back what they had. */
export class Takeover {
  /** When a worker that has something was first missed. */
  private readonly missed = new Map<number, number>()

  /** Resolves to whether something was given back. */
  async look(session: HeldSession, queue: Queue): Promise<boolean> {
    const rows = await session.rows<{ worker: number }>("SELECT DISTINCT worker FROM onrecord.files WHERE state = 'planned' AND worker IS NOT NULL")
    const locked = rows.length === 0 ? new Set() : await session.locked()
    const missing = rows.map(({ worker }) => worker).filter((worker) => !locked.has(worker))
    for (const worker of this.missed.keys()) if (!missing.includes(worker)) this.missed.delete(worker)
    for (const worker of missing) if (!this.missed.has(worker)) this.missed.set(worker, performance.now())
    const gone = missing.filter((worker) => performance.now() - (this.missed.get(worker) as number) >= GRACE)
    return gone.length > 0 && session.transaction(() => free(session, queue, gone, true))
  }
}

/** Frees the files that workers have: a file that may have ended its worker is tried alone, after the others, and set aside at the last time. */
async function free(session: HeldSession, queue: Queue, workers: number[], struck: boolean): Promise<boolean> {
  const rows = await session.rows<Freed>(
    `WITH held AS (SELECT file, job FROM onrecord.files WHERE state = 'planned' AND worker = ANY($1::int[]) FOR UPDATE SKIP LOCKED)
      UPDATE onrecord.files SET worker = NULL, job = NULL, attempts = attempts + $2 FROM held WHERE files.file = held.file
      RETURNING files.file, held.job, files.path, files.attempts`,
    [workers, struck ? 1 : 0],
  )
  for (const { file, path } of rows.filter(({ attempts }) => attempts >= ATTEMPTS)) await setAside(session, file, path)
  const left = rows.filter(({ attempts }) => attempts < ATTEMPTS)
  await queue.remove([...new Set(rows.map(({ job }) => job))])
  const together = left.filter(({ attempts }) => attempts <= 0).map(({ file }) => file)
  if (together.length > 0) await queue.add([together.sort((a, b) => a - b)])
  for (const { file, attempts } of left.filter(({ attempts }) => attempts > 0)) await queue.add([[file]], -attempts)
  return rows.length > 0
}

async function setAside(session: HeldSession, file: number, path: string): Promise<void> {
  const skipped: Skipped = {
    path,
    code: 'WORKER_DIED',
    remedy: `Indexing it ended its worker ${ATTEMPTS} times; convert it to another format, or index again.`,
  }
  await removeSources(session, file, [])
  await session.run("UPDATE onrecord.files SET state = 'skipped', skipped = $2 WHERE file = $1", [file, JSON.stringify([skipped])])
}

/** What a worker is known by: the key of the lock that tells that it lives. It stays the same when the connection is lost. */
export class Identity {
  number = anyNumber()

  /** Takes the lock. What the worker had before its connection was lost is given back; where the server has not noticed that yet, others do so. */
  async take(session: HeldSession, queue: Queue): Promise<number> {
    if (await session.lock(this.number)) await giveBack(session, queue, this.number, false)
    else {
      do this.number = anyNumber()
      while (!(await session.lock(this.number)))
    }
    return this.number
  }
}

function anyNumber(): number {
  return 1 + Math.floor(Math.random() * 0x7ffffffe)
}
