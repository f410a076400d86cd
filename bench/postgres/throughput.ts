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

/** Files a second that so many workers do of a folder that is planned, from when all of them are ready. */
export async function throughput(server: string, folder: string, workers: number, { milliseconds, share }: Conditions): Promise<number> {
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
    const codes = await Promise.all(children.map(ended))
    if (codes.some((code) => code !== 0)) throw new Error(`workers ended with ${codes}`)
    const seconds = (performance.now() - began) / 1000
    const [row] = await database.rows<{ files: number }>("SELECT count(*) AS files FROM onrecord.files WHERE state = 'done'")
    return (row?.files ?? 0) / seconds
  })
}
