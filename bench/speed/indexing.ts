import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packageRoot } from '../../index/package-root.ts'
import { type Ran, ran } from './command.ts'
import { fastembed } from './fastembed.ts'
import { type Figure, type Part, rates, ratios } from './figure.ts'
import { Floor } from './floor.ts'
import { modelPlace, onnxOf, tokensOfPassages, writeTexts } from './texts.ts'

export interface IndexingOptions {
  documents: number
  rounds: number
  /** What runs Python. */
  python: string
}

/** Seconds and bytes, a number for each round. */
interface Taken {
  seconds: number[]
  peaks: number[]
  cpu: number[]
}

/** What takes turns, and the start of On Record beside them: an index of one short document. */
type Contender = 'onRecord' | 'start' | 'chain' | 'floor' | 'fastembed'

/** Documents into an index: On Record, a LangChain.js chain, bare sessions and fastembed take turns, all with the same ONNX file. */
export async function indexing({ documents, rounds, python }: IndexingOptions): Promise<Part> {
  const folder = await mkdtemp(join(tmpdir(), 'onrecord-speed-'))
  const floor = await Floor.start(onnxOf(modelPlace()), availableParallelism())
  try {
    const [docs, short, texts] = [join(folder, 'docs'), join(folder, 'short'), join(folder, 'texts.json')]
    const { characters, passages } = await writeTexts(docs, documents)
    await writeTexts(short, 1)
    await writeFile(texts, JSON.stringify(passages.map((sentences) => sentences.join(' '))))
    const tokens = await tokensOfPassages(passages)
    const other = await fastembed(python, texts)
    const { root, name } = modelPlace()
    const index = join(folder, 'index')
    const onRecord = (from: string) =>
      ran(process.execPath, [join(packageRoot(), 'bin', 'onrecord.mjs'), 'index', from, '--index', index, '--progress', 'none'])
    const chain = fileURLToPath(new URL('./chain-process.js', import.meta.url))
    const contenders: Record<Contender, (() => Promise<Ran>) | null> = {
      onRecord: () => onRecord(docs),
      chain: () => ran(process.execPath, [chain, docs, index, root, name, '1']),
      floor: () => bare(floor, tokens),
      fastembed: typeof other === 'string' ? null : other,
      start: () => onRecord(short),
    }
    const taken = Object.fromEntries(Object.keys(contenders).map((who) => [who, { seconds: [], peaks: [], cpu: [] }])) as unknown as Record<Contender, Taken>
    for (let round = 0; round < rounds; round++) {
      for (const [who, run] of Object.entries(contenders)) {
        if (!run) continue
        const { seconds, took } = await run()
        const all = taken[who as Contender]
        all.seconds.push(seconds)
        all.peaks.push(took ? took.peak / 1e6 : Number.NaN)
        all.cpu.push(took?.cpu ?? Number.NaN)
        await rm(index, { recursive: true, force: true })
      }
    }
    const shares = await stagesOf(docs)
    const notes = [
      `${documents} documents, ${passages.length} passages, ${characters} characters of source.`,
      ...(typeof other === 'string' ? [`fastembed is not measured: ${other}`] : []),
    ]
    return { group: 'Indexing', figures: figures(taken, characters), stages: { title: 'Indexing: CPU time by stage', shares }, notes }
  } finally {
    await floor.close()
    await rm(folder, { recursive: true, force: true })
  }
}

function figures({ onRecord, start, chain, floor, fastembed }: Record<Contender, Taken>, characters: number): Figure[] {
  const started = onRecord.seconds.map((seconds, round) => seconds - (start.seconds[round] as number))
  const speed = (name: string, seconds: number[], about: string): Figure => ({ name, about, unit: 'characters/s', values: rates(characters, seconds) })
  const over = (name: string, about: string, one: number[], other: number[], least?: number): Figure => ({
    name,
    about,
    unit: 'times',
    values: ratios(other, one),
    ...(least !== undefined && { target: { least } }),
    worse: 'less',
  })
  const memory = (name: string, { peaks }: Taken): Figure => ({ name, about: 'peak RSS, all processes together', unit: 'MB', values: peaks })
  return [
    speed('On Record', onRecord.seconds, 'the whole command'),
    speed('On Record, start taken off', started, 'less an index of one document'),
    speed('LangChain.js chain', chain.seconds, 'the whole process'),
    speed('bare sessions', floor.seconds, 'one a core, tokens ready'),
    ...(fastembed.seconds.length > 0 ? [speed('fastembed', fastembed.seconds, 'the whole process, vectors only')] : []),
    over('On Record, start taken off / bare sessions', 'speed', started, floor.seconds, 0.9),
    over('On Record / bare sessions', 'speed, with its start', onRecord.seconds, floor.seconds),
    over('On Record / bare sessions, CPU time', 'work a second of processor, with its start', onRecord.cpu, floor.cpu),
    over('On Record / LangChain.js chain', 'speed', onRecord.seconds, chain.seconds, 1.8),
    ...(fastembed.seconds.length > 0 ? [over('On Record / fastembed', 'speed', onRecord.seconds, fastembed.seconds, 1.2)] : []),
    over('On Record / LangChain.js chain, CPU time', 'work a second of processor', onRecord.cpu, chain.cpu),
    memory('memory of On Record', onRecord),
    memory('memory of the LangChain.js chain', chain),
    {
      name: 'memory of On Record / LangChain.js chain',
      about: 'peak RSS',
      unit: 'times',
      values: ratios(onRecord.peaks, chain.peaks),
      target: { most: 1 / 3 },
      worse: 'more',
    },
  ]
}

/** Sessions run in threads of this process, which does nothing else meanwhile. */
async function bare(floor: Floor, tokens: Int32Array[]): Promise<Ran> {
  const before = process.cpuUsage()
  const seconds = await floor.run(tokens)
  const { user, system } = process.cpuUsage(before)
  return { seconds, took: { peak: Number.NaN, cpu: (user + system) / 1e6 }, output: '' }
}

async function stagesOf(docs: string): Promise<Record<string, number>> {
  const child = fork(fileURLToPath(new URL('./stages-process.js', import.meta.url)), [docs])
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the stages ended with ${code}`)
  })
  ended.catch(() => {})
  return (await Promise.race([once(child, 'message'), ended]))[0] as Record<string, number>
}
