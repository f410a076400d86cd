import { fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { ask } from '../answer/ask.ts'
import { quantile } from '../eval/measures.ts'
import { TransformersEmbedder } from '../index/embedders/transformers.ts'
import { beginGeneration } from '../index/postgres/building.ts'
import { commit } from '../index/postgres/commit.ts'
import { Database } from '../index/postgres/connection.ts'
import { HeldSession } from '../index/postgres/held.ts'
import { PostgresHome } from '../index/postgres/home.ts'
import { migrate } from '../index/postgres/schema.ts'
import type { GenerationReader } from '../index/reader.ts'
import { documentsOf, frequentWords, questionsOn } from './large/documents.ts'
import { corpusQuestions } from './sample.ts'

// What a record of many passages takes in PostgreSQL: npm run bench:million -- [--passages 1000000] [--keep]
// DATABASE_URL names an empty database on a server with pgvector. Vectors are those of sentences of the sample documents with noise, as in
// test/unit/recall.test.ts; texts are generated. --keep asks what an earlier run has written.
const { values } = parseArgs({ options: { passages: { type: 'string', default: '1000000' }, keep: { type: 'boolean', default: false } } })
const url = process.env.DATABASE_URL ?? ''
const wanted = Number(values.passages)
const K = 10
/** Neighbours that are as near as the tenth but for so much count as found; halfvec has 11 bits. */
const TIE = 1e-3
const ASKED = 300
const WARM = 100

const embedder = await TransformersEmbedder.start({ threads: 1 })
const words = await frequentWords()
if (!values.keep) await build()
const home = await PostgresHome.of({ url, folder: '.' })
const { generation } = await home.open(embedder)
console.table([{ ...(await recall(generation)), ...(await askTimes(generation)) }])
console.log(`server's memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB, with the model`)
await generation.close()
await home.close()
await embedder.close()

async function build(): Promise<void> {
  const database = await Database.open(url, { most: 2 })
  await migrate(database)
  await database.session(async (session) => {
    const held = await HeldSession.of(session)
    const building = await beginGeneration(held, embedder)
    const began = performance.now()
    const peak = await fill(building.number)
    const filled = performance.now()
    let last = filled
    const report = await commit(held, building, {
      folders: ['generated'],
      dimensions: embedder.dimensions,
      skipped: [],
      told: (step) => {
        console.log(`${step} after ${seconds(last)} s`)
        last = performance.now()
      },
    })
    console.log(
      `${report.passages} passages of ${report.sources} documents: written in ${seconds(began, filled)} s, committed in ${seconds(filled)} s; a writer had ${Math.round(peak / 1e6)} MB`,
    )
  })
  const sizes = await database.rows<{ name: string; mb: number }>(
    `SELECT relname AS name, (pg_relation_size(oid) / 1e6)::int AS mb FROM pg_class WHERE relnamespace IN ('onrecord'::regnamespace, 'pg_toast'::regnamespace) AND pg_relation_size(oid) > 1e6 ORDER BY 2 DESC`,
  )
  console.table(sizes)
  await database.close()
}

/** Writes all sources by as many processes as there are cores; the most memory that one had, in bytes. */
async function fill(number: number): Promise<number> {
  const documents = documentsOf(wanted)
  const processes = availableParallelism()
  let [written, peak, told] = [0, 0, 0]
  await Promise.all(
    Array.from({ length: processes }, (_, i) => {
      const [from, to] = [i, i + 1].map((n) => Math.floor((n * documents) / processes))
      const child = fork(fileURLToPath(new URL('./postgres/fill-process.js', import.meta.url)), [url, `${number}`, `${from}`, `${to}`])
      child.on('message', (message: { passages: number; peak: number }) => {
        written += message.passages
        peak = Math.max(peak, message.peak)
        if (written - told >= 50_000) {
          told = written
          console.log(`${written} passages`)
        }
      })
      return new Promise<void>((resolve, reject) => child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a writer ended with ${code}`)))))
    }),
  )
  return peak
}

/** The share of the ten nearest passages that the graph finds. */
async function recall(generation: GenerationReader): Promise<{ 'recall@10': number; 'nearest p95, ms': number }> {
  const exact = await Database.open(url, { most: 1 })
  let found = 0
  const times: number[] = []
  const questions = await corpusQuestions()
  for (const question of questions) {
    const vector = await embedder.embedQuestion(question)
    const nearest = await exact.reading('SET LOCAL enable_indexscan = off; SET LOCAL max_parallel_workers_per_gather = 2', (session) =>
      session.rows<{ similarity: number }>(
        `SELECT -(embedding <#> $1::halfvec) AS similarity FROM onrecord.passages ORDER BY embedding <#> $1::halfvec LIMIT ${K}`,
        [`[${vector.join(',')}]`],
      ),
    )
    const least = (nearest.at(-1)?.similarity ?? 0) - TIE
    const began = performance.now()
    const got = await generation.nearest(vector, K)
    times.push(performance.now() - began)
    found += got.filter(({ similarity }) => similarity >= least).length
  }
  await exact.close()
  return { 'recall@10': found / (K * questions.length), 'nearest p95, ms': inMs(times, 0.95) }
}

async function askTimes(generation: GenerationReader): Promise<Record<string, number>> {
  const times: number[] = []
  const stages: Record<string, number[]> = {}
  for (const [i, question] of questionsOn(documentsOf(wanted), ASKED + WARM, words).entries()) {
    const began = performance.now()
    const { timings } = await ask(generation, embedder, question)
    if (i < WARM) continue
    times.push(performance.now() - began)
    for (const [stage, ms] of Object.entries(timings)) stages[stage] = [...(stages[stage] ?? []), ms]
  }
  const p95s = Object.entries(stages).map(([stage, ms]) => [`${stage} p95`, inMs(ms, 0.95)])
  return { 'ask p50, ms': inMs(times, 0.5), 'ask p95, ms': inMs(times, 0.95), ...Object.fromEntries(p95s) }
}

function seconds(from: number, to = performance.now()): number {
  return Math.round((to - from) / 1000)
}

function inMs(times: number[], share: number): number {
  return Math.round(quantile(times, share) ?? 0)
}
