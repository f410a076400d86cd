import { execFile } from 'node:child_process'
import { rmSync, statfsSync, writeFileSync } from 'node:fs'
import { mkdir, mkdtemp, rmdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterFile } from './after.ts'
import { NOBODY } from './native-server.ts'

const run = promisify(execFile)

/** Can a disk be mounted here? Only root may, and in a container not always. */
export const canMount = await (async () => {
  const place = await mkdtemp(join(tmpdir(), 'onrecord-mount-'))
  try {
    await mount(place, 1)
    await run('umount', [place])
    return true
  } catch {
    return false
  } finally {
    await rmdir(place)
  }
})()

/** A disk in memory that can be filled up, for a PostgreSQL server to write to. */
export class SmallDisk {
  private readonly place: string
  private readonly ballast: string

  private constructor(place: string) {
    this.place = place
    this.ballast = join(place, 'ballast')
  }

  /** Mounts one at a new folder; it is gone after the file's last test. */
  static async at(place: string, megabytes: number): Promise<SmallDisk> {
    await mkdir(place)
    await mount(place, megabytes)
    afterFile(() => run('umount', ['-l', place]))
    return new SmallDisk(place)
  }

  /** Fills it up to so many bytes; at once, so that nothing else happens meanwhile. */
  leave(bytes: number): void {
    this.makeRoom()
    const { bavail, bsize } = statfsSync(this.place)
    try {
      writeFileSync(this.ballast, Buffer.alloc(Math.max(0, bavail * bsize - bytes)))
    } catch (error) {
      // The server has written meanwhile: then less is left, and it is full all the same.
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    }
  }

  makeRoom(): void {
    rmSync(this.ballast, { force: true })
  }
}

function mount(place: string, megabytes: number): Promise<unknown> {
  return run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0700,uid=${NOBODY},gid=${NOBODY}`, 'onrecord-test', place])
}
