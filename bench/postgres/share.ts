import type { ChildProcess } from 'node:child_process'
import { mkdir, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The controller of processor time of Linux's first kind of control groups. */
const CONTROLLER = '/sys/fs/cgroup/cpu'
/** Microseconds in which each group has its share once. */
const PERIOD = 20_000
let groups = 0

/** Gives a process, with all that it starts from now on, a share of a core and no more, as if it had a machine of its own, until it ends. */
export async function limit(child: ChildProcess, share: number): Promise<void> {
  const group = join(CONTROLLER, `onrecord-bench-${process.pid}-${++groups}`)
  await mkdir(group).catch((cause) => {
    throw new Error(`A share needs control groups with ${CONTROLLER}, and the right to make one.`, { cause })
  })
  await writeFile(join(group, 'cpu.cfs_period_us'), String(PERIOD))
  await writeFile(join(group, 'cpu.cfs_quota_us'), String(Math.round(share * PERIOD)))
  await writeFile(join(group, 'cgroup.procs'), String(child.pid))
  // What it started may take a moment more to end.
  child.once('exit', () => setTimeout(() => rmdir(group).catch(() => {}), 1000))
}
