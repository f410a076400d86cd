import { resolve } from 'node:path'
import { type Calibrated, calibrationFor } from '../answer/calibration.ts'
import { type Opened, openIndex } from '../index/current.ts'
import { TransformersEmbedder } from '../index/embedders/transformers.ts'
import type { Config } from '../server/config.ts'

/** Runs something with the settings' index and model, and closes both afterwards. */
export async function withIndex<T>(
  config: Config,
  run: (opened: Opened & { calibration: Calibrated }, embedder: TransformersEmbedder) => Promise<T>,
): Promise<T> {
  const embedder = await TransformersEmbedder.start({ model: config.EMBEDDING_MODEL, download: config.MODEL_DOWNLOAD })
  try {
    const index = resolve(config.INDEX)
    const calibration = await calibrationFor(index, embedder.fingerprint, config.THRESHOLD)
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
