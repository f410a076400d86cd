import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { SquadSet } from '../eval/squad-set.ts'
import { TransformersEmbedder } from '../index/embedders/transformers.ts'
import { formatOf } from '../index/loaders/registry.ts'
import { passagesOf } from '../index/passages.ts'
import { flat } from '../index/stores/flat.ts'
import { hnsw } from '../index/stores/hnsw.ts'
import type { StoreOptions } from '../index/stores/store.ts'
import { walk } from '../index/walk.ts'
import { CORPUS, corpusQuestions } from './sample.ts'
import { gaussian } from './seeded.ts'

/** Vectors in the stores, and the length of the noise that tells the copies of one sentence apart. */
const SIZE = 20_000
const NOISE = 0.3
const SEED = 1
const K = 10
/** Neighbours that are as near as the tenth but for so much count as found. */
const TIE = 1e-6
const LEAST = 0.99
/** Questions that are asked, at most, spread evenly over all. */
const ASKED = 1000

const { values } = parseArgs({ options: { set: { type: 'string', multiple: true } } })
const embedder = await TransformersEmbedder.start({ threads: availableParallelism() })
try {
  const { texts, questions } = await material(values.set ?? [])
  const sentences = await sentenceVectors(texts)
  const step = Math.max(1, questions.length / ASKED)
  const some = questions.filter((_, i) => Math.floor(i / step) > Math.floor((i - 1) / step))
  const asked = await Promise.all(some.map((question) => embedder.embedQuestion(question)))
  const vectors = copies(sentences, SIZE)
  const options: StoreOptions = { embeddings: embedder, dimensions: embedder.dimensions, documentOf: () => fail('no document is asked for') }
  const [exact, graph] = [await flat.create(options), await hnsw.create(options)]
  await exact.add(vectors)
  const built = await timed(() => graph.add(vectors))
  let found = 0
  const times = { exact: 0, hnsw: 0 }
  for (const question of asked) {
    const near = await timed(() => exact.nearest(question, K))
    const got = await timed(() => graph.nearest(question, K))
    times.exact += near.ms
    times.hnsw += got.ms
    const least = (near.value.at(-1)?.similarity ?? 1) - TIE
    found += new Set(got.value.filter(({ passage }) => dot(question, vectors[passage] as Float32Array) >= least).map(({ passage }) => passage)).size
  }
  const recall = found / (K * asked.length)
  console.log(`${SIZE} vectors from ${sentences.length} sentences of ${texts.length} texts, ${asked.length} questions`)
  console.log(`recall@${K} ${recall.toFixed(4)}, at least ${LEAST}`)
  console.log(
    `a search: HNSW ${(times.hnsw / asked.length).toFixed(2)} ms, exact ${(times.exact / asked.length).toFixed(2)} ms; the graph was made in ${(built.ms / 1000).toFixed(1)} s`,
  )
  if (recall < LEAST) process.exitCode = 1
} finally {
  await embedder.close()
}

/** The sample documents with their questions, and those of sets in the format of SQuAD. */
async function material(sets: string[]): Promise<{ texts: string[]; questions: string[] }> {
  const texts: string[] = []
  const questions = await corpusQuestions()
  for (const entry of await walk(CORPUS)) {
    const format = 'found' in entry ? formatOf(entry.found.path) : null
    if ('found' in entry && format) texts.push(...(await (await format.open())(await readFile(entry.found.file))).map(({ text }) => text))
  }
  for (const file of sets) {
    const { data } = SquadSet.parse(JSON.parse(await readFile(file, 'utf8')))
    for (const { context, qas } of data.flatMap(({ paragraphs }) => paragraphs)) {
      texts.push(context)
      questions.push(...qas.map(({ question }) => question))
    }
  }
  return { texts, questions }
}

async function sentenceVectors(texts: string[]): Promise<Float32Array[]> {
  const countTokens = await embedder.tokenCounter()
  const embedded = texts.flatMap((text) =>
    passagesOf(text, { countTokens, maxTokens: embedder.maxTokens }).map((passage) =>
      embedder.embedPassage({ sentences: passage.sentences.map(({ start, end }) => text.slice(start, end)) }),
    ),
  )
  return (await Promise.all(embedded)).flatMap(({ sentences }) => sentences)
}

/** The vectors themselves, then copies of them, each with Gaussian noise and brought to length 1 again. */
function copies(vectors: Float32Array[], count: number): Float32Array[] {
  const draw = gaussian(SEED)
  return Array.from({ length: count }, (_, i) => {
    const vector = vectors[i % vectors.length] as Float32Array
    if (i < vectors.length) return vector
    const noise = vector.map(draw)
    const scale = NOISE / Math.hypot(...noise)
    const noisy = vector.map((x, d) => x + scale * (noise[d] as number))
    const norm = Math.hypot(...noisy)
    return noisy.map((x) => x / norm)
  })
}

async function timed<T>(run: () => T): Promise<{ value: Awaited<T>; ms: number }> {
  const began = performance.now()
  const value = await run()
  return { value, ms: performance.now() - began }
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, x, i) => sum + x * (b[i] as number), 0)
}

function fail(why: string): never {
  throw new Error(why)
}
