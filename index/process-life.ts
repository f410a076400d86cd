import { readFileSync } from 'node:fs'

/** Does a process of this machine run that had this number, and that start as `startOf` told it? */
export function isRunning(pid: number, started: string | null): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // It is there and somebody else's.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return started === null || startOf(pid) === started
}

/** What tells a process from a later one with its number: Linux gives its start in ticks since that of the machine. Null where the system does not say. */
export function startOf(pid: number): string | null {
  try {
    const afterName = (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) as string).split(' ')
    // One that has ended and whose parent has not asked how.
    if (afterName[0] === 'Z') return null
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${afterName[19]}`
  } catch {
    return null
  }
}
