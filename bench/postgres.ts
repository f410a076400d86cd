import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { TransformersEmbedder } from '../index/embedders/transformers.ts'
import { frequentWords, writeDocuments } from './large/documents.ts'
import { frequent } from './postgres/frequent.ts'
import { killedRun } from './postgres/killed.ts'
import { quality } from './postgres/quality.ts'
import { throughput } from './postgres/throughput.ts'

// Indexes generated documents into PostgreSQL with several workers, their embedder stubbed out: three of which one is killed every 5 s, and two
// against one, with --share .3 each on so much of a core, as on a machine of its own (give the database cores of its own: taskset); asks a question set
// of both stores (--only quality --set FILE); and asks for frequent words with pg_textsearch and without, in PGlite, without a server (--only frequent
// --passages N). DATABASE_URL names a server on which databases called onrecord_bench_... may be made and dropped.
const { values } = parseArgs({
  options: {
    documents: { type: 'string', default: '5000' },
    passages: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    set: { type: 'string' },
    share: { type: 'string' },
  },
})
if (values.only === 'frequent') {
  console.log(JSON.stringify(await frequent(Number(values.passages)), null, 1))
  process.exit()
}
const server = process.env.DATABASE_URL
if (!server) throw new Error('Set DATABASE_URL to a PostgreSQL server with pgvector, as a user who may make databases.')
/** Milliseconds of a passage on one core of the machine that docs/performance.md was measured on. */
const EMBEDDING = 30
const FEWER = 400
/** With a share of a core each, what a process does once, when it begins, takes as long as a hundred files: of so many it is little. */
const SHARED = 2000

if (values.only === 'quality') {
  if (!values.set) throw new Error('Name a question set: --set FILE.')
  const embedder = await TransformersEmbedder.start({ threads: availableParallelism() })
  console.log(JSON.stringify(await quality(server, values.set, embedder), null, 1))
  await embedder.close()
  process.exit()
}

const folder = await mkdtemp(join(tmpdir(), 'onrecord-bench-'))
try {
  const words = await frequentWords()
  const [many, few] = [join(folder, 'many'), join(folder, 'few')]
  for (const [place, count] of [
    [many, Number(values.documents)],
    [few, values.share === undefined ? FEWER : SHARED],
  ] as const) {
    await mkdir(place)
    await writeDocuments(place, count, words)
  }
  if (values.only !== 'throughput') {
    const killed = await killedRun(server, many, Number(values.seed), (line) => console.error(line))
    console.log(JSON.stringify({ documents: Number(values.documents), ...killed }))
    if (killed.twice !== 0 || !killed.isSame || killed.skipped > 0) process.exitCode = 1
  }
  if (values.only !== 'killed') {
    const share = values.share === undefined ? undefined : Number(values.share)
    // What waits for a model elsewhere needs no machine of its own to be measured.
    for (const milliseconds of share === undefined ? [EMBEDDING, 0] : [0]) {
      const conditions = { milliseconds, share }
      const [one, two] = [await throughput(server, few, 1, conditions), await throughput(server, few, 2, conditions)]
      const rounded = (x: number) => Math.round(x * 100) / 100
      console.log(
        JSON.stringify({
          embeddingMilliseconds: milliseconds,
          share,
          cores: availableParallelism(),
          one: rounded(one.all),
          two: rounded(two.all),
          ratio: rounded(two.all / one.all),
          between: { one: rounded(one.between), two: rounded(two.between), ratio: rounded(two.between / one.between) },
        }),
      )
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}
