import { isDeepStrictEqual } from 'node:util'
import type { BuildReport } from '../../index/build.ts'
import type { Database } from '../../index/postgres/connection.ts'
import { uniform } from '../seeded.ts'
import { contentOf } from './content.ts'
import { ended, started, withNewDatabase } from './processes.ts'

/** Workers, the one that plans among them, and seconds between two kills. */
const WORKERS = 3
const EVERY = 5

export interface Killed {
  kills: number
  /** Kills of the one that plans. */
  planners: number
  seconds: number
  aloneSeconds: number
  sources: number
  passages: number
  /** Passages that are there more than once, or of no source. */
  twice: number
  /** Is it the index of a single worker that nobody killed? */
  isSame: boolean
  skipped: number
}

type Told = BuildReport & { steps: Record<string, number> }

/** Indexes a folder with three workers of which one is killed (SIGKILL) every few seconds and started again, and once more with one that is left alone; compares the two. */
export async function killedRun(server: string, folder: string, seed: number, tell: (line: string) => void): Promise<Killed> {
  return withNewDatabase(server, 'onrecord_bench_killed', async (database) => {
    const began = performance.now()
    const { kills, planners, report } = await indexedWhileKilling(database, folder, seed, tell)
    const seconds = Math.round((performance.now() - began) / 1000)
    const content = await contentOf(database)
    return withNewDatabase(server, 'onrecord_bench_alone', async (other) => {
      const alone = performance.now()
      const steps = (await reportOf(started('index-process', [other.url, folder]))).steps
      tell(`alone: ${JSON.stringify(steps)}`)
      const aloneSeconds = Math.round((performance.now() - alone) / 1000)
      const isSame = isDeepStrictEqual(content, await contentOf(other))
      const { passages, twice, sources } = content
      return { kills, planners, seconds, aloneSeconds, sources: sources.length, passages, twice, isSame, skipped: report.skipped.length }
    })
  })
}

async function indexedWhileKilling(database: Database, folder: string, seed: number, tell: (line: string) => void) {
  const random = uniform(seed)
  const start = (n: number) => (n === 0 ? started('index-process', [database.url, folder]) : started('worker-process', [database.url, '0']))
  const processes = Array.from({ length: WORKERS }, (_, n) => start(n))
  let [kills, planners] = [0, 0]
  let report: Told | null = null
  const wait = (child: (typeof processes)[number]) => child.once('message', (told) => (report = told as Told))
  wait(processes[0] as (typeof processes)[number])
  try {
    while (report === null) {
      const until = performance.now() + EVERY * 1000
      while (report === null && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 50))
      const [row] = await database.rows<{ done: number; left: number }>(
        "SELECT count(*) FILTER (WHERE state <> 'planned') AS done, count(*) FILTER (WHERE state = 'planned') AS left FROM onrecord.files",
      )
      // Once everything is indexed the one that plans commits, and the others have nothing to do.
      const n = row?.left === 0 && row.done > 0 && random() < 0.5 ? 0 : Math.floor(random() * WORKERS)
      if (report !== null || (n === 0 && planners >= 6)) continue
      tell(`kill ${kills + 1}: ${n === 0 ? 'the one that plans' : `worker ${n}`}, ${row?.done} files done, ${row?.left} left`)
      const child = processes[n] as (typeof processes)[number]
      child.kill('SIGKILL')
      await ended(child)
      kills++
      if (n === 0) planners++
      processes[n] = start(n)
      if (n === 0) wait(processes[n] as (typeof processes)[number])
    }
    return { kills, planners, report: report as Told }
  } finally {
    for (const child of processes) child.kill('SIGKILL')
  }
}

async function reportOf(child: ReturnType<typeof started>): Promise<Told> {
  return new Promise((resolve, reject) => {
    child.once('message', (told) => resolve(told as Told))
    child.once('exit', (code) => reject(new Error(`a process ended with ${code}`)))
  })
}
