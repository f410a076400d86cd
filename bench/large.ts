import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Built } from './large/build-process.ts'
import { documentsOf, frequentWords, questionsOn } from './large/documents.ts'
import { askTime, largeIndex, largeServer } from './large/processes.ts'

// What an index of many passages takes: npm run bench:large -- [--passages 1000,10000,100000]
// Build and server are processes of their own; the vectors are synthetic, the model is loaded and reads the questions. Exit code 1 when a
// figure is over its limit.
const { values } = parseArgs({ options: { passages: { type: 'string', default: '1000,10000,100000' } } })

const QUESTIONS = 1000
/** Of 100,000 passages. */
const LIMITS = { buildPeak: 1.5e9, ready: 10, served: 1.2e9 }

interface Row extends Built {
  passages: number
  bytes: number
  /** Seconds from starting the server's process until it can answer. */
  ready: number
  /** Bytes of memory of the server, at first and once it has answered. */
  atFirst: number
  served: number
  /** ms an answer takes. */
  p50: number
  p95: number
}

const words = await frequentWords()
const rows: Row[] = []
for (const passages of values.passages.split(',').map(Number)) {
  const row = await measure(passages)
  rows.push(row)
  if (row.peak > LIMITS.buildPeak || row.ready > LIMITS.ready || row.served > LIMITS.served) process.exitCode = 1
  console.table(rows.map(told))
}

async function measure(wanted: number): Promise<Row> {
  const folder = await mkdtemp(join(tmpdir(), 'onrecord-large-'))
  try {
    const { index, ...built } = await largeIndex(folder, wanted, words)
    const server = await largeServer(index)
    try {
      const atFirst = await server.memory()
      const times: number[] = []
      for (const question of questionsOn(documentsOf(wanted), QUESTIONS, words)) times.push(await askTime(server.address, question))
      times.sort((a, b) => a - b)
      return {
        ...built,
        bytes: await bytesIn(index),
        ready: server.ready,
        atFirst,
        served: await server.memory(),
        p50: times[Math.floor(times.length / 2)] as number,
        p95: times[Math.floor(times.length * 0.95)] as number,
      }
    } finally {
      await server.stop()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true })
  const sizes = await Promise.all(entries.map((entry) => stat(join(folder, entry)).then((facts) => (facts.isFile() ? facts.size : 0))))
  return sizes.reduce((sum, size) => sum + size, 0)
}

function told({ passages, seconds, peak, bytes, ready, atFirst, served, p50, p95 }: Row) {
  const mb = (n: number) => Math.round(n / 1e6)
  return {
    passages,
    'build, s': Math.round(seconds),
    'build peak, MB': mb(peak),
    'on disk, MB': mb(bytes),
    'ready, s': Number(ready.toFixed(1)),
    'server, MB': mb(atFirst),
    [`after ${QUESTIONS}, MB`]: mb(served),
    'p50, ms': Number(p50.toFixed(1)),
    'p95, ms': Number(p95.toFixed(1)),
  }
}
