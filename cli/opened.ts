import { resolve } from 'node:path'
import { type Calibrated, calibrationFor } from '../answer/calibration.ts'
import { current, type Opened, openIndex } from '../index/current.ts'
import { EmbedderWhenNeeded } from '../index/embedders/when-needed.ts'
import type { Config } from '../server/config.ts'

/** Runs something with the settings' index and model, and closes both afterwards. `asks`: does it ask the model? */
export async function withIndex<T>(
  config: Config,
  run: (opened: Opened & { calibration: Calibrated }, embedder: EmbedderWhenNeeded) => Promise<T>,
  { asks = true } = {},
): Promise<T> {
  const embedder = await EmbedderWhenNeeded.of({ model: config.EMBEDDING_MODEL, download: config.MODEL_DOWNLOAD })
  try {
    const index = resolve(config.INDEX)
    const calibration = await calibrationFor(index, embedder.fingerprint, config.THRESHOLD)
    // It loads in a thread of its own while the index is opened; what goes wrong with it is told to whoever asks it first.
    if (asks && (await current(index).catch(() => '')) !== null) embedder.start().catch(() => {})
    const opened = await openIndex(index, embedder)
    try {
      return await run({ ...opened, calibration }, embedder)
    } finally {
      await opened.generation.close()
    }
  } finally {
    await embedder.close()
  }
}
