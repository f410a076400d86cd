import { once } from 'node:events'
import { Digests } from '../../index/digests.ts'
import { list } from '../../index/documents.ts'
import { beginGeneration } from '../../index/postgres/building.ts'
import { HeldSession } from '../../index/postgres/held.ts'
import { plan } from '../../index/postgres/plan.ts'
import { Queue } from '../../index/postgres/queue.ts'
import { ended, started, withNewDatabase } from './processes.ts'
import { limit } from './share.ts'
import { StubEmbedder } from './stub.ts'

/** A passage takes the embedder so many ms; each worker has at most this share of a core, where there is one. */
export interface Conditions {
  milliseconds: number
  share: number | undefined
}

/** Files a second: from when all workers are ready to the last file; and in between, when all are under way and there is enough for all of them. */
export interface Throughput {
  all: number
  between: number
}

/** Time between two looks at how far the workers are, in ms, and the parts of all files that are done when they are under way. */
const LOOK = 250
const BETWEEN = { from: 0.25, to: 0.9 }

/** What so many workers do of a folder that is planned. */
export async function throughput(server: string, folder: string, workers: number, { milliseconds, share }: Conditions): Promise<Throughput> {
  return withNewDatabase(server, 'onrecord_bench_throughput', async (database) => {
    await database.session(async (own) => {
      const session = await HeldSession.of(own)
      const queue = await Queue.open(session)
      const building = await beginGeneration(session, new StubEmbedder())
      await plan({ session, queue, building, listed: await list([folder]), digests: new Digests(), signal: undefined })
    })
    const children = Array.from({ length: workers }, () => started('worker-process', [database.url, String(milliseconds), 'wait']))
    const ready = children.map((child) => once(child, 'message'))
    if (share !== undefined) await Promise.all(children.map((child) => limit(child, share)))
    await Promise.all(ready)
    const began = performance.now()
    for (const child of children) child.send('go')
    const seen: { files: number; part: number; seconds: number }[] = []
    const look = async () => {
      const [row] = await database.rows<{ files: number; part: number }>(
        "SELECT count(*) FILTER (WHERE state = 'done') AS files, avg((state = 'done')::int)::float8 AS part FROM onrecord.files",
      )
      if (row) seen.push({ ...row, seconds: (performance.now() - began) / 1000 })
    }
    const timer = setInterval(() => look().catch(() => {}), LOOK)
    const codes = await Promise.all(children.map(ended)).finally(() => clearInterval(timer))
    if (codes.some((code) => code !== 0)) throw new Error(`workers ended with ${codes}`)
    await look()
    const rate = (from: { files: number; seconds: number } | undefined, to: { files: number; seconds: number } | undefined) =>
      from && to ? (to.files - from.files) / (to.seconds - from.seconds) : Number.NaN
    return {
      all: rate({ files: 0, seconds: 0 }, seen.at(-1)),
      between: rate(
        seen.find(({ part }) => part >= BETWEEN.from),
        seen.find(({ part }) => part >= BETWEEN.to),
      ),
    }
  })
}
