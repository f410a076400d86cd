import { pino } from 'pino'
import type { EmbedderWhenNeeded } from '../index/embedders/when-needed.ts'
import { OnRecordError } from '../index/errors.ts'
import type { GenerationReader } from '../index/reader.ts'
import { Admission } from '../server/admission.ts'
import { atOnceFor, createApp } from '../server/app.ts'
import type { Config } from '../server/config.ts'
import { listen } from '../server/listen.ts'
import { createLog } from '../server/log.ts'
import { Metrics } from '../server/metrics.ts'
import { LiveRecord } from '../server/record.ts'
import { isLoopback } from '../server/security/loopback.ts'
import { chatModelIn } from './chat-model.ts'
import { homeOf } from './home.ts'
import { withReranker } from './reranker.ts'

export interface Serving {
  config: Config
  /** It has begun to start. */
  embedder: EmbedderWhenNeeded
  /** Its threads. */
  threads: number
  /** Called when everything but the network is ready. */
  onReady: (record: LiveRecord) => void
}

/** Lines of the log are written together, up to so many bytes or ms: a write for each line takes a twentieth of the time of an answer. */
const LOG_TOGETHER = { minLength: 4096, periodicFlush: 100 }

/** Opens the index while the model starts, then answers until it is told to stop, and lets what runs finish. */
export async function answerUntil(stopped: Promise<void>, { config, embedder, threads, onReady }: Serving): Promise<void> {
  const log = createLog(
    config,
    [...config.API_KEYS, config.CHAT_KEY, config.DATABASE_URL, config.DATABASE_READ_URL],
    pino.destination({ dest: 2, sync: false, ...LOG_TOGETHER }),
  )
  const without = (error: unknown) => log.error({ err: error as Error }, 'the reranker failed: answers go without it when it does; this is said once')
  const chatModel = await chatModelIn(config)
  const home = await homeOf(config)
  await withReranker(config, threads, without, async (rerank) => {
    const record = new LiveRecord(home, embedder, { rerank, threshold: config.THRESHOLD })
    const opened = record.start()
    const metrics = new Metrics()
    metrics.watchProcess()
    const admission = new Admission({ atOnce: atOnceFor(threads), queue: config.QUEUE, deadline: config.DEADLINE, waited: metrics.waited })
    const stopping = new AbortController()
    const app = createApp(record, config, log, { metrics, admission, chatModel, stopping: stopping.signal })
    await Promise.all([embedder.start(), opened])
    const failure = await record.use(() => null).catch((error: unknown) => error)
    // What is away may come back; what cannot be used stays so.
    if (failure instanceof OnRecordError && failure.code === 'DATABASE_UNUSABLE') {
      await record.close()
      await home.close()
      throw failure
    }
    onReady(record)
    const server = await listen(app, config.HOST, config.PORT)
    console.log(`On Record is at ${server.address}`)
    if (!isLoopback(config.HOST) && config.API_KEYS.length === 0) console.error(open(config.HOST))
    if (failure !== null) console.error(`onrecord serve: ${failure instanceof Error ? failure.message : String(failure)}`)
    else await record.use(tellState)
    await stopped
    admission.closing = true
    stopping.abort()
    await server.stop()
    await record.close()
    await home.close()
  })
}

function open(host: string): string {
  return `onrecord serve: whoever reaches ${host} may ask, for there is no key. Set ONRECORD_API_KEYS, or listen on 127.0.0.1.`
}

function tellState({ counts, notice }: Pick<GenerationReader, 'counts' | 'notice'>, { degraded }: { degraded: boolean }): void {
  console.log(`It answers from ${counts.sources} documents, ${counts.passages} passages.`)
  if (notice) console.error(notice)
  if (degraded) console.error('The newest index is damaged: answers come from the one before. Make it again: onrecord index FOLDER.')
}
