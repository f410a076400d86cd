import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from '../index/build.ts'
import { TransformersEmbedder } from '../index/embedders/transformers.ts'
import { hnsw } from '../index/stores/hnsw.ts'
import { builtServer } from './built-server.ts'
import { damageRuns } from './durability/damages.ts'
import { killRuns } from './durability/kills.ts'
import { switchRuns } from './durability/switches.ts'

// npm run test:crash -- [--kills 1000] [--damages 2000] [--switches 100] [--seed N]
// Kills, damages and replaces indexes, and prints what became of them. Exit code 1 when anything was torn, lost, undetected or failed.
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    damages: { type: 'string', default: '2000' },
    switches: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
  },
})
const seed = Number(values.seed)
const embedder = await TransformersEmbedder.start()
const folder = await mkdtemp(join(tmpdir(), 'onrecord-crash-'))
try {
  await kills(Number(values.kills))
  await damages(Number(values.damages))
  await switches(Number(values.switches))
} finally {
  await embedder.close()
  await rm(folder, { recursive: true, force: true })
}

async function kills(wanted: number) {
  const lanes = availableParallelism()
  const share = (lane: number) => Math.floor((wanted + lane) / lanes)
  const began = performance.now()
  let done = 0
  const onKill = () => {
    done++
    if (process.stderr.isTTY && done % 10 === 0)
      process.stderr.write(`\r${done} of ${wanted} kills, ${Math.round((((performance.now() - began) / done) * (wanted - done)) / 60_000)} min left `)
  }
  const results = await Promise.all(
    Array.from({ length: lanes }, (_, lane) => killRuns({ kills: share(lane), seed: seed + lane, embedder, folder: join(folder, `lane-${lane}`), onKill })),
  )
  const sum = (key: 'runs' | 'killed' | 'whileWriting' | 'old' | 'new' | 'lost') => results.reduce((all, one) => all + one[key], 0)
  const torn = results.flatMap((one) => one.torn)
  console.log(
    `onrecord index killed ${sum('killed')} times in ${sum('runs')} runs, ${sum('whileWriting')} times while it wrote: after each run the old documents ${sum('old')} times, the new ones ${sum('new')} times, torn ${torn.length}, reported and lost ${sum('lost')}`,
  )
  report(torn, sum('lost'))
}

async function damages(runs: number) {
  const index = join(folder, 'damaged')
  const documents = await someDocuments('damaged-documents')
  for (let i = 0; i < 2; i++) await build({ folders: [documents], index, embedder, store: hnsw })
  const { kinds, undetected, native } = await damageRuns(index, embedder, runs, seed)
  const each = Object.entries(kinds).map(([kind, count]) => `${kind} ${count}`)
  console.log(`${runs} damaged generations (${each.join(', ')}): not noticed ${undetected.length}, handed to native code ${native}`)
  report(undetected, native)
}

async function switches(runs: number) {
  const index = join(folder, 'switched')
  const documents = await someDocuments('switched-documents')
  await build({ folders: [documents], index, embedder, store: hnsw })
  const { child, address } = await builtServer(index, { env: { ONRECORD_LOG_LEVEL: 'warn' } })
  try {
    const { questions, failed, seen } = await switchRuns({ documents, index, address, embedder, runs, pause: 1000 })
    console.log(`${runs} new generations under ${questions} questions, answered from ${seen} of them: failed ${failed.length}`)
    report(failed, 0)
  } finally {
    child.kill()
  }
}

async function someDocuments(name: string): Promise<string> {
  const documents = join(folder, name)
  await mkdir(documents)
  await writeFile(join(documents, 'harbour.txt'), 'The harbour was dredged in May.\n\nIt cost five million.')
  await writeFile(join(documents, 'diary.txt'), 'This is a diary.')
  return documents
}

function report(lines: string[], count: number) {
  for (const line of lines.slice(0, 10)) console.log(`  ${line}`)
  if (lines.length > 0 || count > 0) process.exitCode = 1
}
