import { readdirSync, readFileSync } from 'node:fs'

/** How often a command's processes are looked at, in ms. */
const EVERY = 200
/** Bytes of a page of memory and ticks of the processor's clock a second, as Linux has them on x64 and arm64. */
const [PAGE, TICKS] = [4096, 100]

/** Bytes of memory of a process and all that it started, at most at any time, and the seconds of processor that they took. */
export interface Took {
  peak: number
  cpu: number
}

/** Looks at a process and its descendants until it is told to stop; null where there is no /proc. Pages that they share count for each. */
export function watched(pid: number): () => Took | null {
  const cpu = new Map<number, number>()
  let peak = 0
  const look = () => {
    const found = familyOf(pid)
    for (const each of found) cpu.set(each.pid, each.cpu)
    peak = Math.max(
      peak,
      found.reduce((sum, { memory }) => sum + memory, 0),
    )
  }
  if (process.platform !== 'linux') return () => null
  look()
  const timer = setInterval(look, EVERY)
  return () => {
    clearInterval(timer)
    return { peak, cpu: [...cpu.values()].reduce((sum, seconds) => sum + seconds, 0) }
  }
}

interface Process {
  pid: number
  parent: number
  memory: number
  cpu: number
}

function familyOf(pid: number): Process[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => processOf(Number(name)) ?? [])
  const family = new Set([pid])
  // A child's number is higher than its parent's but for where the numbers begin again.
  for (const each of all.sort((a, b) => a.pid - b.pid)) if (family.has(each.parent)) family.add(each.pid)
  return all.filter((each) => family.has(each.pid))
}

/** Null when it has ended meanwhile. */
function processOf(pid: number): Process | null {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name, in parentheses, may hold anything.
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
    const [parent, user, system, pages] = [1, 11, 12, 21].map((at) => Number(fields[at])) as [number, number, number, number]
    return { pid, parent, memory: pages * PAGE, cpu: (user + system) / TICKS }
  } catch {
    return null
  }
}
