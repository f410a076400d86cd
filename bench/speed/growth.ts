import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { quantile } from '../../eval/measures.ts'
import { documentsOf, frequentWords, questionsOn } from '../large/documents.ts'
import { askTime, type LargeServer, largeIndex, largeServer } from '../large/processes.ts'
import { type Figure, type Part, ratios } from './figure.ts'

/** Questions of a round. */
const QUESTIONS = 200

export interface GrowthOptions {
  /** Passages of the indexes, ascending. */
  sizes: number[]
  rounds: number
}

interface Grown {
  size: number
  /** ms of building for a passage. */
  build: number
  server: LargeServer
  questions: string[]
  /** ms of answers, by round. */
  asks: number[][]
}

/** Indexes of growing size with synthetic vectors: each is built once, and then all are served and asked in turns. */
export async function growth({ sizes, rounds }: GrowthOptions): Promise<Part> {
  const folder = await mkdtemp(join(tmpdir(), 'onrecord-growth-'))
  const all: Grown[] = []
  try {
    const words = await frequentWords()
    for (const size of sizes) {
      const { index, seconds, passages } = await largeIndex(join(folder, String(size)), size, words)
      const questions = questionsOn(documentsOf(size), QUESTIONS * rounds, words)
      all.push({ size, build: (seconds * 1000) / passages, server: await largeServer(index), questions, asks: [] })
    }
    for (const { server, questions } of all) for (const question of questions.slice(0, 20)) await askTime(server.address, question)
    for (let round = 0; round < rounds; round++) {
      for (const grown of all) grown.asks.push([])
      for (let i = 0; i < QUESTIONS; i++)
        for (const { server, questions, asks } of all) asks[round]?.push(await askTime(server.address, questions[i * rounds + round] as string))
    }
    return { group: 'Growth', figures: figures(all), notes: [] }
  } finally {
    for (const { server } of all) await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

function figures(all: Grown[]): Figure[] {
  const [smallest] = all as [Grown, ...Grown[]]
  const at = (share: number, { asks }: Grown) => asks.map((times) => quantile(times, share) as number)
  const counted = (size: number) => size.toLocaleString('en')
  return all.flatMap((grown): Figure[] => {
    const [size, least] = [counted(grown.size), counted(smallest.size)]
    const spoken: Figure[] = [
      { name: `building, ${size} passages`, about: 'synthetic vectors', unit: 'ms a passage', values: [grown.build] },
      { name: `a question, p50, ${size} passages`, about: 'over HTTP', unit: 'ms', values: at(0.5, grown) },
      { name: `a question, p95, ${size} passages`, about: 'over HTTP', unit: 'ms', values: at(0.95, grown) },
    ]
    if (grown === smallest) return spoken
    const over = (name: string, one: number[], other: number[], most: number): Figure => ({
      name: `${name}, ${size} / ${least} passages`,
      about: 'growth',
      unit: 'times',
      values: ratios(one, other),
      target: { most },
      worse: 'more',
    })
    return [
      ...spoken,
      over('building a passage', [grown.build], [smallest.build], 1.15),
      over('a question, p50', at(0.5, grown), at(0.5, smallest), 2),
      over('a question, p95', at(0.95, grown), at(0.95, smallest), 3),
    ]
  })
}
