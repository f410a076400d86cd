import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { generationsIn } from '../../index/current.ts'
import type { Embedder } from '../../index/embedders/embedder.ts'
import { packageRoot } from '../../index/package-root.ts'
import { uniform } from '../seeded.ts'
import { textsOf } from './whole.ts'

export interface Kills {
  /** Runs, those included that had ended before they were killed. */
  runs: number
  killed: number
  /** Of these, the ones with a generation half written. */
  whileWriting: number
  /** Times the index held the documents of before, and those of the killed run. */
  old: number
  new: number
  /** What an index was that was neither, one line each. */
  torn: string[]
  /** Runs that had reported success, and whose documents were not there. */
  lost: number
}

export interface KillOptions {
  /** Kills that are wanted. */
  kills: number
  seed: number
  embedder: Embedder
  /** An empty folder to work in. */
  folder: string
  onKill?: () => void
}

/** Two sets of documents, so that it can be told which of them an index holds. */
const SETS = ['first', 'second'].map((set) =>
  Array.from({ length: 3 }, (_, i) => `In the ${set} year the harbour of part ${i} was dredged.\n\nIt cost ${i} million.`),
)

/**
 * Indexes two sets of documents by turns with the built command into one index, kills it (SIGKILL) at a random moment, and looks what the
 * index holds. Half of the moments lie anywhere in a run, half after the run has begun to write.
 */
export async function killRuns({ kills, seed, embedder, folder, onKill }: KillOptions): Promise<Kills> {
  const random = uniform(seed)
  const index = join(folder, 'index')
  const folders = await Promise.all(SETS.map((texts, i) => written(texts, join(folder, `set-${i}`))))
  const result: Kills = { runs: 0, killed: 0, whileWriting: 0, old: 0, new: 0, torn: [], lost: 0 }
  const { total, writing } = await timed(folders[0] as string, join(folder, 'timed'))
  await ended(start(folders[0] as string, index))
  let held = 0
  for (let run = 0; result.killed < kills; run++) {
    result.runs++
    const target = 1 - held
    const before = await draftsIn(index)
    const child = start(folders[target] as string, index)
    const code = ended(child)
    if (random() < 0.5) await Promise.race([wait(random() * total * 1.1), code])
    else {
      await writes(child, index, before)
      await Promise.race([wait(random() * writing * 1.2), code])
    }
    const drafted = (await draftsIn(index)).some((draft) => !before.includes(draft))
    child.kill('SIGKILL')
    const ending = await code
    const reported = ending === 0
    if (ending !== null && !reported) throw new Error(`run ${run} ended by itself, with exit code ${ending}`)
    if (!reported) {
      result.killed++
      if (drafted) result.whileWriting++
      onKill?.()
    }
    const texts = await textsOf(index, embedder).catch((error: Error) => error.message)
    const now = SETS.findIndex((set) => JSON.stringify(set) === JSON.stringify(texts))
    if (now < 0) result.torn.push(`run ${run}: ${typeof texts === 'string' ? texts : JSON.stringify(texts)}`)
    else if (now === held) result.old++
    else result.new++
    if (reported && now !== target) result.lost++
    if (now >= 0) held = now
  }
  return result
}

function start(documents: string, index: string): ChildProcess {
  return spawn(process.execPath, [join(packageRoot(), 'bin', 'onrecord.mjs'), 'index', documents, '--index', index, '--workers', '1', '--json'], {
    stdio: 'ignore',
  })
}

async function ended(child: ChildProcess): Promise<number | null> {
  const [code] = (await once(child, 'exit')) as [number | null]
  return code
}

/** How long a run takes, and how long it writes, in ms. */
async function timed(documents: string, index: string): Promise<{ total: number; writing: number }> {
  const began = performance.now()
  const child = start(documents, index)
  const code = ended(child)
  await writes(child, index, [])
  const drafted = performance.now()
  if ((await code) !== 0) throw new Error('a run that nobody kills fails')
  const now = performance.now()
  await rm(index, { recursive: true })
  return { total: now - began, writing: now - drafted }
}

/** Waits until a run has begun to write, or has ended. `before` are the drafts of earlier ones. */
async function writes(child: ChildProcess, index: string, before: string[]): Promise<void> {
  while (child.exitCode === null && !(await draftsIn(index)).some((draft) => !before.includes(draft))) await wait(2)
}

async function draftsIn(index: string): Promise<string[]> {
  return (await generationsIn(index)).drafts
}

async function written(texts: string[], folder: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  for (const [i, text] of texts.entries()) await writeFile(join(folder, `${i}.txt`), text)
  return folder
}
