import { availableParallelism } from 'node:os'
import { type BuildReport, build } from '../../index/build.ts'
import type { Embedder } from '../../index/embedders/embedder.ts'
import { TransformersEmbedder } from '../../index/embedders/transformers.ts'
import { storeOf } from '../../index/stores/registry.ts'

/** What is told over IPC: a passage is embedded; or the build is done, in so many seconds beyond starting the model. */
export type Told = 'embedded' | { report: BuildReport; seconds: number }

// Builds an index in a process of its own: FOLDER INDEX.
const [folder = '', index = ''] = process.argv.slice(2)
const model = await TransformersEmbedder.start({ threads: availableParallelism() })
const tell = (told: Told) => process.send?.(told)
const embedPassage: Embedder['embedPassage'] = async (passage, signal) => {
  const vectors = await model.embedPassage(passage, signal)
  tell('embedded')
  return vectors
}
const embedder = Object.create(model, { embedPassage: { value: embedPassage } }) as Embedder
const began = performance.now()
const report = await build({ folders: [folder], index, embedder, store: (await storeOf('hnsw')).kind })
tell({ report, seconds: (performance.now() - began) / 1000 })
await model.close()
process.disconnect?.()
