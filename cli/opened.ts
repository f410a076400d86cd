import { type Calibrated, calibrationFor } from '../answer/calibration.ts'
import type { Opened } from '../index/current.ts'
import { EmbedderWhenNeeded } from '../index/embedders/when-needed.ts'
import type { Config } from '../server/config.ts'
import { homeOf } from './home.ts'

/** Runs something with the settings' index, `name` as a person is told of it, and model, and closes both afterwards. `asks`: does it ask the model? */
export async function withIndex<T>(
  config: Config,
  run: (opened: Opened & { calibration: Calibrated; name: string }, embedder: EmbedderWhenNeeded) => Promise<T>,
  { asks = true } = {},
): Promise<T> {
  const home = await homeOf(config)
  const embedder = await EmbedderWhenNeeded.of({ model: config.EMBEDDING_MODEL, download: config.MODEL_DOWNLOAD })
  try {
    const calibration = await calibrationFor(home.folder, embedder.fingerprint, config.THRESHOLD)
    // It loads in a thread of its own while the index is opened; what goes wrong with it is told to whoever asks it first.
    if (asks && (await home.current().catch(() => '')) !== null) embedder.start().catch(() => {})
    const opened = await home.open(embedder)
    try {
      return await run({ ...opened, calibration, name: home.name }, embedder)
    } finally {
      await opened.generation.close()
    }
  } finally {
    await embedder.close()
    await home.close()
  }
}
