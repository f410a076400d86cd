import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { pino } from 'pino'
import { TransformersEmbedder } from '../index/embedders/transformers.ts'
import { OnRecordError } from '../index/errors.ts'
import { Admission } from '../server/admission.ts'
import { atOnceFor, createApp } from '../server/app.ts'
import type { Config } from '../server/config.ts'
import { listen } from '../server/listen.ts'
import { createLog } from '../server/log.ts'
import { Metrics } from '../server/metrics.ts'
import { LiveRecord } from '../server/record.ts'
import { isLoopback } from '../server/security/loopback.ts'
import { type Command, readArgs, settings } from './command.ts'
import { withReranker } from './reranker.ts'
import { watchBeside } from './watching.ts'

export const serveCommand: Command = {
  usage: 'onrecord serve [--index DIR] [--port N] [--host H] [--watch <folder...>]',
  about: 'Serves the page and the HTTP interface over an index. --watch keeps the index up to date with folders meanwhile.',
  async run(args) {
    const flag = { type: 'string' } as const
    const { values, positionals } = readArgs(args, { index: flag, port: flag, host: flag, watch: { type: 'boolean' } })
    if (positionals.length > 0 && !values.watch) throw new OnRecordError('USAGE', `It takes no argument "${positionals[0]}" without --watch.`, '')
    if (positionals.length === 0 && values.watch) throw new OnRecordError('USAGE', 'No folder is named that is to be watched.', '')
    return serve(settings({ INDEX: values.index, PORT: values.port, HOST: values.host }), positionals)
  },
}

/** Serves until SIGINT or SIGTERM, then lets what runs finish; folders that are named are watched. Resolves to the exit code. */
export async function serve(config: Config, watched: string[] = []): Promise<number> {
  const stopped = signal()
  // One thread is left to the server itself where there are several cores.
  const threads = Math.max(1, Math.min(4, availableParallelism() - 1))
  const log = createLog(config, [...config.API_KEYS, process.env.DATABASE_URL ?? ''], pino.destination(2))
  const without = (error: unknown) => log.error({ err: error as Error }, 'the reranker failed: answers go without it when it does; this is said once')
  const embedder = await TransformersEmbedder.start({ model: config.EMBEDDING_MODEL, threads, download: config.MODEL_DOWNLOAD })
  let endWatch: (() => void) | undefined
  let served: LiveRecord | undefined
  try {
    if (watched.length > 0) endWatch = watchBeside(watched, config, () => served?.look())
    await withReranker(config, threads, without, async (rerank) => {
      const record = new LiveRecord(resolve(config.INDEX), embedder, { rerank, threshold: config.THRESHOLD })
      served = record
      await record.start()
      const metrics = new Metrics()
      metrics.watchProcess()
      const admission = new Admission({ atOnce: atOnceFor(threads), queue: config.QUEUE, deadline: config.DEADLINE, waited: metrics.waited })
      const server = await listen(createApp(record, config, log, { metrics, admission }), config.HOST, config.PORT)
      console.log(`On Record is at ${server.address}`)
      if (!isLoopback(config.HOST) && config.API_KEYS.length === 0) console.error(open(config.HOST))
      await record.use(tellState).catch((error: unknown) => console.error(`onrecord serve: ${error instanceof Error ? error.message : String(error)}`))
      await stopped
      admission.closing = true
      await server.stop()
      await record.close()
    })
  } finally {
    endWatch?.()
    await embedder.close()
  }
  return 0
}

function open(host: string): string {
  return `onrecord serve: whoever reaches ${host} may ask, for there is no key. Set ONRECORD_API_KEYS, or listen on 127.0.0.1.`
}

function tellState(
  { sources, passageCount, notice }: { sources: readonly unknown[]; passageCount: number; notice: string | null },
  { degraded }: { degraded: boolean },
): void {
  console.log(`It answers from ${sources.length} documents, ${passageCount} passages.`)
  if (notice) console.error(notice)
  if (degraded) console.error('The newest index is damaged: answers come from the one before. Make it again: onrecord index FOLDER.')
}

function signal(): Promise<void> {
  return new Promise((done) => {
    process.once('SIGINT', () => done()).once('SIGTERM', () => done())
  })
}
