import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from '../index/build.ts'
import { TransformersEmbedder } from '../index/embedders/transformers.ts'
import { packageRoot } from '../index/package-root.ts'
import { storeOf } from '../index/stores/registry.ts'

export const CORPUS = join(packageRoot(), 'corpus')

/** As many threads as `onrecord serve` starts. */
export const SERVER_THREADS = Math.max(1, Math.min(4, availableParallelism() - 1))

/** The questions on the sample documents. */
export async function corpusQuestions(): Promise<string[]> {
  const file = await readFile(join(packageRoot(), 'test', 'corpus-questions.json'), 'utf8')
  return (JSON.parse(file) as { questions: { question: string }[] }).questions.map(({ question }) => question)
}

/** Runs something with an index of the sample documents, which is removed afterwards. */
export async function withSampleIndex<T>(run: (index: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'onrecord-bench-'))
  const embedder = await TransformersEmbedder.start({ threads: availableParallelism() })
  try {
    const { kind } = await storeOf('hnsw')
    await build({ folders: [CORPUS], index: folder, embedder, store: kind })
    await embedder.close()
    return await run(folder)
  } finally {
    await embedder.close()
    await rm(folder, { recursive: true, force: true })
  }
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  return sorted.length % 2 === 1 ? (sorted[Math.floor(middle)] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}
