import { mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { EmbeddingsInterface } from '@langchain/core/embeddings'
import { inject } from 'vitest'
import { type BuildOptions, type BuildReport, build } from '../index/build.ts'
import { type Opened, openIndex } from '../index/current.ts'
import type { Embedder } from '../index/embedders/embedder.ts'
import { TransformersEmbedder } from '../index/embedders/transformers.ts'
import { OnRecordError } from '../index/errors.ts'
import type { Generation } from '../index/generation.ts'
import { LoaderPool } from '../index/loader-pool.ts'
import { packageRoot } from '../index/package-root.ts'
import { storeOf } from '../index/stores/registry.ts'
import { afterFile } from './after.ts'

/** The sample documents. */
export const CORPUS = join(packageRoot(), 'corpus')

let started: Promise<TransformersEmbedder> | undefined
let corpus: Promise<string> | undefined
let loaders: LoaderPool | undefined

/** A new empty folder, removed after all tests. */
export function temporaryFolder(): Promise<string> {
  return mkdtemp(join(inject('root'), 'folder-'))
}

/** A new folder `docs` with files in it, by their paths. */
export async function documents(files: Record<string, string | Uint8Array>): Promise<string> {
  const folder = join(await temporaryFolder(), 'docs')
  await mkdir(folder)
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
  return folder
}

/** The model that comes with the package, started once a process: about 100 MB. */
export function embedder(): Promise<Embedder> {
  started ??= TransformersEmbedder.start()
  return started
}

/** A model as LangChain knows one: it embeds texts and questions, and has no other side. */
export function onlyLangChain(model: Embedder): EmbeddingsInterface {
  return { embedDocuments: (texts) => model.embedDocuments(texts), embedQuery: (text) => model.embedQuery(text) }
}

/** What documents are read in, started once a process; it ends with it. */
export function readers(): LoaderPool {
  loaders ??= new LoaderPool()
  return loaders
}

/** Indexes a folder as the command line does; the index is a new folder unless one is named. */
export async function index(folder: string, options: Partial<BuildOptions> = {}): Promise<{ index: string; report: BuildReport }> {
  const place = options.index ?? join(await temporaryFolder(), 'index')
  const { kind } = await storeOf('hnsw')
  const report = await build({ folders: [folder], embedder: await embedder(), store: kind, loaders: readers(), ...options, index: place })
  return { index: place, report }
}

/** The index of the sample documents, built once a process: no test may change it. */
export function corpusIndex(): Promise<string> {
  corpus ??= index(CORPUS).then((made) => made.index)
  return corpus
}

/** Opens an index; it is closed after the file's last test. */
export async function openedIndex(place: string, by?: Embedder): Promise<Opened<Generation>> {
  const result = await openIndex(place, by ?? (await embedder()))
  afterFile(() => result.generation.close())
  return result
}

/** The sample documents, indexed. */
export async function openedCorpus(): Promise<Generation> {
  return (await openedIndex(await corpusIndex())).generation
}

/** Indexes a folder and opens what came of it. */
export async function buildIndex(folder: string, options: Partial<BuildOptions> = {}): Promise<Generation> {
  const { index: place } = await index(folder, options)
  return (await openedIndex(place)).generation
}

/** The names in a folder, hidden ones as well; none when there is no such folder. */
export async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(() => [])).sort()
}

/** What a call throws. Fails when it throws nothing or anything but an error meant for a person. */
export async function failureOf(call: Promise<unknown> | (() => unknown)): Promise<OnRecordError> {
  try {
    await (typeof call === 'function' ? call() : call)
  } catch (error) {
    if (error instanceof OnRecordError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
