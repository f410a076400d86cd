import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Digests } from '../../index/digests.ts'
import { DISK } from '../../index/disk.ts'
import { list, prepare, type Readable, readable } from '../../index/documents.ts'
import { TransformersEmbedder } from '../../index/embedders/transformers.ts'
import type { PreparedSource } from '../../index/generation-content.ts'
import { GenerationWriter } from '../../index/generation-writer.ts'
import { languageOf } from '../../index/language.ts'
import { txt } from '../../index/loaders/txt.ts'
import { passagesOf } from '../../index/passages.ts'
import { type StoredVectors, stored } from '../../index/stored-vectors.ts'
import { storeOf } from '../../index/stores/registry.ts'
import type { Loaded, Passage } from '../../index/types.ts'
import { Floor } from './floor.ts'
import { modelPlace, onnxOf, tokensOfPassages } from './texts.ts'

// What each stage of indexing costs, one after the other in a process of its own: FOLDER. The shares of CPU time, all threads together, are told
// over IPC. Every second document is enough.
const EVERY = 2
const [folder = ''] = process.argv.slice(2)
const index = await mkdtemp(join(tmpdir(), 'onrecord-stages-'))
const cpu: Record<string, number> = {}

async function stage<T>(name: string, run: () => T | Promise<T>): Promise<T> {
  const before = process.cpuUsage()
  const result = await run()
  const { user, system } = process.cpuUsage(before)
  cpu[name] = (user + system) / 1e6
  return result
}

const embedder = await TransformersEmbedder.start()
const countTokens = await embedder.tokenCounter()
const floor = await Floor.start(onnxOf(modelPlace()), 1)
const each = async <A, B>(all: A[], run: (one: A, i: number) => B | Promise<B>) => {
  const results: B[] = []
  for (const [i, one] of all.entries()) results.push(await run(one, i))
  return results
}

await tokensOfPassages([])

const digests = new Digests()
const listed = (await list([folder])).files.filter((_, i) => i % EVERY === 0)
const files = await stage('compare', () => each(listed, (one) => readable(one, digests)))
const loaded = await stage('load', () => each(files, async ({ found }) => (await txt(await readFile(found.file)))[0] as Loaded))
const passages = await stage('split', () => each(loaded, ({ text }) => passagesOf(text, { countTokens, maxTokens: embedder.maxTokens })))
await stage('language', () => each(loaded, ({ text }) => languageOf(text)))
const prepared = await stage('statements', () => each(loaded, (one, i) => preparedOf(files[i] as Readable, one, passages[i] as Passage[])))
cpu.statements = Math.max(0, (cpu.statements as number) - (cpu.language as number))
const sentences = prepared.flatMap(({ text, passages: all }) => all.map((passage) => passage.sentences.map((s) => text.slice(s.start, s.end))))
const tokens = await stage('tokenise', () => tokensOfPassages(sentences))
await stage('embed', () => floor.run(tokens))
const vectors = await stage('around the model', () => each(sentences, async (one) => stored(await embedder.embedPassage({ sentences: one }))))
cpu['around the model'] = Math.max(0, (cpu['around the model'] as number) - (cpu.embed as number) - (cpu.tokenise as number))
const { kind } = await storeOf('hnsw')
const store = await kind.create({ embeddings: embedder, dimensions: embedder.dimensions, documentOf: () => ({ pageContent: '', metadata: {} }) })
await stage('insert', () => each(vectors, ({ passage }) => store.add([passage])))
await stage('write', () => written(prepared, vectors))
cpu.write = Math.max(0, (cpu.write as number) - (cpu.insert as number))

const whole = Object.values(cpu).reduce((sum, seconds) => sum + seconds, 0)
process.send?.(Object.fromEntries(Object.entries(cpu).map(([name, seconds]) => [name, seconds / whole])))
await floor.close()
await embedder.close()
await rm(index, { recursive: true, force: true })
process.disconnect?.()

/** Facts and statements of a document whose passages are known. */
async function preparedOf(readable: Readable, loaded: Loaded, split: Passage[]): Promise<PreparedSource> {
  const { found, loader } = readable
  const original = { file: found.real, bytes: found.bytes, sha256: '' }
  const result = await prepare(
    readable,
    { loaded, original, origin: { loader, facts: loaded.facts } },
    () => null,
    async () => split,
  )
  if (!result) throw new Error(`there is no text in ${found.path}`)
  return result
}

async function written(sources: PreparedSource[], all: StoredVectors[]): Promise<void> {
  const writer = await GenerationWriter.create({ index, embedder, kind, disk: DISK })
  let at = 0
  for (const source of sources) {
    await writer.add(source, all.slice(at, at + source.passages.length))
    at += source.passages.length
  }
  await writer.commit()
}
