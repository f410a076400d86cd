import { Identity } from '../index/postgres/claims.ts'
import { Queue } from '../index/postgres/queue.ts'
import { overAndOver } from '../index/postgres/reconnect.ts'
import { migrate } from '../index/postgres/schema.ts'
import { type Work, Worker } from '../index/postgres/worker.ts'
import { lossTold, withDatabase } from './database.ts'
import { secondsSince } from './indexer.ts'
import { settings } from './settings.ts'
import { stoppable } from './stoppable.ts'

export interface WorkerArgs {
  workers: number | undefined
  json: boolean
  untilIdle: boolean
}

/** Indexes what `onrecord index` has planned in the settings' database, until it is told to stop or nothing is left, and tells what it has done. */
export async function work({ workers, json, untilIdle }: WorkerArgs): Promise<void> {
  const config = settings({ STORE: 'postgres' })
  const began = performance.now()
  const all: Work = { files: 0, passages: 0, embedded: 0 }
  await stoppable((signal) =>
    withDatabase({ config, workers, name: 'onrecord worker', signal }, async ({ database, embedder, loaders }) => {
      await migrate(database)
      if (!json) console.error(`onrecord worker: it works for ${database.place}.`)
      const identity = new Identity()
      await overAndOver(database, { signal, onLost: lossTold('worker') }, async (session) => {
        const worker = await Worker.over(session, await Queue.open(session), { embedder, loaders, signal, identity })
        try {
          await worker.run({ untilIdle })
        } finally {
          for (const key of ['files', 'passages', 'embedded'] as const) all[key] += worker.done[key]
        }
      })
    }),
  )
  const seconds = secondsSince(began)
  if (json) console.log(JSON.stringify({ ...all, seconds }))
  else console.log(`Indexed ${all.files} ${all.files === 1 ? 'file' : 'files'}, ${all.passages} passages (${all.embedded} embedded), in ${seconds} s.`)
}
