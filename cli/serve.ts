import { availableParallelism } from 'node:os'
import { EmbedderWhenNeeded } from '../index/embedders/when-needed.ts'
import type { Config } from '../server/config.ts'
import type { LiveRecord } from '../server/record.ts'
import { watchBeside } from './watching.ts'

/** Serves until SIGINT or SIGTERM, then lets what runs finish; folders that are named are watched. Resolves to the exit code. */
export async function serve(config: Config, watched: string[] = []): Promise<number> {
  const stopped = signal()
  // One thread is left to the server itself where there are several cores.
  const threads = Math.max(1, Math.min(4, availableParallelism() - 1))
  const embedder = await EmbedderWhenNeeded.of({ model: config.EMBEDDING_MODEL, threads, download: config.MODEL_DOWNLOAD })
  let endWatch: (() => void) | undefined
  try {
    // It loads in threads of its own while the server's modules are read here; what goes wrong with it is told to whoever waits for it.
    embedder.start().catch(() => {})
    const { answerUntil } = await import('./serving.ts')
    const onReady = (record: LiveRecord) => {
      if (watched.length > 0) endWatch = watchBeside(watched, config, () => record.look())
    }
    await answerUntil(stopped, { config, embedder, threads, onReady })
  } finally {
    endWatch?.()
    await embedder.close()
  }
  return 0
}

function signal(): Promise<void> {
  return new Promise((done) => {
    process.once('SIGINT', () => done()).once('SIGTERM', () => done())
  })
}
