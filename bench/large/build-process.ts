import { availableParallelism } from 'node:os'
import { build } from '../../index/build.ts'
import { TransformersEmbedder } from '../../index/embedders/transformers.ts'
import { storeOf } from '../../index/stores/registry.ts'
import { SyntheticEmbedder } from './synthetic.ts'

export interface Built {
  seconds: number
  /** The most memory the process had, in bytes. */
  peak: number
  passages: number
}

// Builds an index in a process of its own: FOLDER INDEX; what it took is told over IPC.
const [folder = '', index = ''] = process.argv.slice(2)
const embedder = new SyntheticEmbedder(await TransformersEmbedder.start({ threads: availableParallelism() }))
const began = performance.now()
const { passages } = await build({ folders: [folder], index, embedder, store: (await storeOf('hnsw')).kind })
const seconds = (performance.now() - began) / 1000
process.send?.({ seconds, peak: process.resourceUsage().maxRSS * 1024, passages } satisfies Built)
await embedder.close()
process.disconnect?.()
