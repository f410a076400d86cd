import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod/v4'
import { DISK, type Disk } from './disk.ts'
import { makeFolder, readIfThere, unwritable } from './durable.ts'
import { OnRecordError } from './errors.ts'
import { isRunning, startOf } from './process-life.ts'

export const LOCK = 'LOCK'
/** How often a writer says that it is still there, in ms. */
const BEAT = 20_000
/** Only beats tell of a writer on another machine: it is dead when none came for so long, in ms. */
const SILENCE = 120_000
/** A lock that cannot be read yet may be on its way to the disk for so long, in ms. */
const GRACE = 2000
/** Between two tries, in ms, and how many. */
const PAUSE = 50
const TRIES = 100

const Holder = z.strictObject({
  token: z.string(),
  pid: z.int(),
  host: z.string(),
  /** What tells the process from a later one with its number; null where the system does not say. */
  started: z.string().nullable(),
  since: z.string(),
})
export type Holder = z.infer<typeof Holder>

/** Locks that this process holds. */
const own = new Set<string>()

/** The right to write an index: one process has it at a time. */
export class WriterLock {
  private readonly path: string
  private readonly token: string
  private readonly disk: Disk
  private readonly beat: NodeJS.Timeout

  private constructor(path: string, token: string, disk: Disk) {
    this.path = path
    this.token = token
    this.disk = disk
    own.add(token)
    this.beat = setInterval(() => void disk.utimes(path, new Date(), new Date()).catch(() => {}), BEAT)
    this.beat.unref()
  }

  /** Takes the lock of an index; that of a writer that died is taken over. Throws INDEX_LOCKED with who holds it, or INDEX_UNWRITABLE. */
  static async take(index: string, disk = DISK): Promise<WriterLock> {
    return WriterLock.tryTo(index, disk).catch((cause: unknown) => {
      throw unwritable(index, cause)
    })
  }

  private static async tryTo(index: string, disk: Disk): Promise<WriterLock> {
    await makeFolder(index, disk)
    const path = join(index, LOCK)
    const holder: Holder = {
      token: randomBytes(8).toString('hex'),
      pid: process.pid,
      host: hostname(),
      started: startOf(process.pid),
      since: new Date().toISOString(),
    }
    const claim = `${path}.${holder.token}`
    try {
      await disk.writeFile(claim, JSON.stringify(holder))
      for (let tries = 0; tries < TRIES; tries++) {
        if (await linked(claim, path, disk)) return new WriterLock(path, holder.token, disk)
        const other = await holderOf(path, disk)
        if (typeof other === 'object' && isAlive(other)) throw locked(index, other)
        if (typeof other === 'object' || other === 'dead') {
          if (await takenOver(path, claim, other, disk)) return new WriterLock(path, holder.token, disk)
        }
        await wait(PAUSE)
      }
      throw new OnRecordError('INDEX_LOCKED', `The lock ${path} cannot be taken.`, 'Remove it when nothing writes this index.')
    } finally {
      await disk.rm(claim, { force: true }).catch(() => {})
    }
  }

  /** Gives it back, unless another has taken it over. */
  async release(): Promise<void> {
    clearInterval(this.beat)
    own.delete(this.token)
    const holder = await holderOf(this.path, this.disk).catch(() => null)
    if (isOf(holder, this.token)) await this.disk.rm(this.path, { force: true }).catch(() => {})
  }
}

/** Who writes an index at the moment; null when nobody alive does. */
export async function writerOf(index: string): Promise<Holder | null> {
  const holder = await holderOf(join(index, LOCK), DISK)
  return typeof holder === 'object' && isAlive(holder) ? holder : null
}

/** Gives a file a second name, if that is free: the file is there whole or not at all. */
async function linked(claim: string, path: string, disk: Disk): Promise<boolean> {
  try {
    await disk.link(claim, path)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return false
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS' && code !== 'EMLINK') throw error
  }
  // A file system without links: for a moment the file is there and empty, which GRACE allows for.
  try {
    await disk.writeFile(path, await disk.readFile(claim), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/**
 * Puts a claim in the place of a dead holder's lock. Whoever does that needs a lock of its own, named after the dead holder, so that
 * of several who saw the same one dead only one replaces it, and none replaces the successor's.
 */
async function takenOver(path: string, claim: string, dead: Holder | 'dead', disk: Disk): Promise<boolean> {
  const right = join(dirname(path), `${basename(path)}.after-${dead === 'dead' ? 'damaged' : dead.token}`)
  if (!(await linked(claim, right, disk))) {
    const other = await holderOf(right, disk)
    if (other === 'dead' || (typeof other === 'object' && !isAlive(other))) await disk.rm(right, { force: true })
    return false
  }
  try {
    const now = await holderOf(path, disk)
    if (dead === 'dead' ? now !== 'dead' : !isOf(now, dead.token)) return false
    await disk.rename(claim, path)
    return true
  } finally {
    await disk.rm(right, { force: true }).catch(() => {})
  }
}

/** Somebody; or a file that cannot be read yet, or never will be. */
type Held = Holder | 'nobody' | 'arriving' | 'dead'

async function holderOf(path: string, disk: Disk): Promise<Held> {
  const text = await readIfThere(path, disk)
  if (text === null) return 'nobody'
  const { mtimeMs } = await disk.stat(path).catch(() => ({ mtimeMs: Date.now() }))
  const age = Date.now() - mtimeMs
  const holder = parsed(text)
  if (holder === null) return age > GRACE ? 'dead' : 'arriving'
  return holder.host !== hostname() && age > SILENCE ? 'dead' : holder
}

function isOf(held: Held | null, token: string): boolean {
  return typeof held === 'object' && held?.token === token
}

function parsed(text: string): Holder | null {
  try {
    return Holder.parse(JSON.parse(text))
  } catch {
    return null
  }
}

function isAlive({ token, pid, host, started }: Holder): boolean {
  if (host !== hostname()) return true
  return pid === process.pid ? own.has(token) : isRunning(pid, started)
}

function locked(index: string, { pid, host, since }: Holder): OnRecordError {
  return new OnRecordError(
    'INDEX_LOCKED',
    `Another process is writing the index in ${index}: number ${pid} on ${host}, since ${since}.`,
    'Wait until it is done, or stop it; the index can be asked meanwhile.',
  )
}
