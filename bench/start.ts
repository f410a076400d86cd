import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from '../index/build.ts'
import { TransformersEmbedder } from '../index/embedders/transformers.ts'
import { DEFAULT_MODEL } from '../index/model.ts'
import { packageRoot } from '../index/package-root.ts'
import { storeOf } from '../index/stores/registry.ts'
import { hold } from './hold.ts'
import { documentsOf, frequentWords, writeDocuments } from './large/documents.ts'
import { SyntheticEmbedder } from './large/synthetic.ts'
import { CORPUS, median, withSampleIndex } from './sample.ts'

// How soon a command is there: npm run bench:start -- [--rounds 5] [--passages 10000] [--root FOLDER] [--json]
// The commands take turns, each from starting its process to its end, serve to where it says its address. What goes beyond loading the model is
// beside a process of the same round that loads only that. --root is another build to measure. Exit code 1 when a figure is over its limit.
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    passages: { type: 'string', default: '10000' },
    root: { type: 'string', default: packageRoot() },
    json: { type: 'boolean', default: false },
  },
})

/** Seconds beyond loading the model, at most (median). */
const LIMITS: Record<string, number> = { ask: 1.2, 'serve to ready': 1.5 }

/** Seconds: of the clock, and of processors, child processes included. */
interface Time {
  wall: number
  cpu: number
}

await withSampleIndex(async (sample) => {
  const folder = await mkdtemp(join(tmpdir(), 'onrecord-start-'))
  try {
    const large = await largeIndex(folder, Number(values.passages))
    const cpuFile = join(folder, 'cpu')
    const bin = join(values.root, 'bin', 'onrecord.mjs')
    const model = fileURLToPath(new URL('./start/model-process.js', import.meta.url))
    const commands: Record<string, () => Promise<Time>> = {
      'the model alone': () => timed(cpuFile, [model, join(packageRoot(), 'models'), DEFAULT_MODEL]),
      '--help': () => timed(cpuFile, [bin, '--help']),
      'a usage error': () => timed(cpuFile, [bin, 'index', '--no-such-flag'], { code: 2 }),
      verify: () => timed(cpuFile, [bin, 'verify', '--index', sample]),
      doctor: () => timed(cpuFile, [bin, 'doctor', '--index', sample]),
      'index, nothing new': () => timed(cpuFile, [bin, 'index', CORPUS, '--index', sample, '--progress', 'none']),
      ask: () => timed(cpuFile, [bin, 'ask', 'Who is the mayor?', '--index', sample]),
      'serve to ready': () => timed(cpuFile, [bin, 'serve', '--port', '0', '--index', large], { until: /On Record is at/ }),
    }
    const times: Record<string, Time[]> = Object.fromEntries(Object.keys(commands).map((name) => [name, []]))
    for (let round = 0; round < Number(values.rounds); round++) for (const [name, run] of Object.entries(commands)) times[name]?.push(await run())
    report(times)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

/** An index of so many passages with synthetic vectors, as if the default model had made them. */
async function largeIndex(folder: string, passages: number): Promise<string> {
  const [docs, index] = [join(folder, 'docs'), join(folder, 'index')]
  await mkdir(docs)
  await writeDocuments(docs, documentsOf(passages), await frequentWords())
  const model = await TransformersEmbedder.start()
  const embedder = new SyntheticEmbedder(model, model.fingerprint)
  try {
    await build({ folders: [docs], index, embedder, store: (await storeOf('hnsw')).kind })
  } finally {
    await model.close()
  }
  return index
}

/** Runs node with arguments to its end, which is to have this code, or until it says something. */
async function timed(cpuFile: string, args: string[], { code = 0, until }: { code?: number; until?: RegExp } = {}): Promise<Time> {
  await writeFile(cpuFile, '')
  const preload = pathToFileURL(fileURLToPath(new URL('./start/cpu.mjs', import.meta.url))).href
  const clean = Object.entries(process.env).filter(([name]) => !name.startsWith('ONRECORD_'))
  const env = { ...Object.fromEntries(clean), NODE_OPTIONS: `--import=${preload}`, START_CPU: cpuFile }
  const began = performance.now()
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = once(child, 'exit') as Promise<[number | null]>
  let said = ''
  let wall = 0
  for await (const text of child.stdout.setEncoding('utf8')) {
    said += text
    if (wall > 0 || !until?.test(said)) continue
    wall = performance.now() - began
    child.kill()
  }
  const [ending] = await ended
  if (ending !== code || (until && wall === 0)) throw new Error(`${args.join(' ')} ended with ${ending}: ${said}`)
  const cpu = (await readFile(cpuFile, 'utf8')).split('\n').reduce((sum, line) => sum + Number(line), 0)
  return { wall: (wall || performance.now() - began) / 1000, cpu }
}

function report(times: Record<string, Time[]>): void {
  const alone = times['the model alone'] ?? []
  const rows = Object.entries(times).map(([name, all]) => {
    const walls = all.map(({ wall }) => wall)
    const cpus = all.map(({ cpu }) => cpu)
    const beyond = all.map(({ wall }, round) => wall - (alone[round] as Time).wall)
    return {
      name,
      wall: { min: Math.min(...walls), median: median(walls) },
      cpu: { min: Math.min(...cpus), median: median(cpus) },
      ...(name in LIMITS && { beyondModel: { min: Math.min(...beyond), median: median(beyond) } }),
    }
  })
  if (values.json) console.log(JSON.stringify({ node: process.version, rounds: Number(values.rounds), passages: Number(values.passages), rows }))
  else {
    const shown = (n: number | undefined) => n?.toFixed(3)
    console.table(
      Object.fromEntries(
        rows.map(({ name, wall, cpu, beyondModel }) => [
          name,
          {
            'wall, s': shown(wall.median),
            min: shown(wall.min),
            'cpu, s': shown(cpu.median),
            'cpu min': shown(cpu.min),
            'beyond the model, s': shown(beyondModel?.median),
          },
        ]),
      ),
    )
    for (const { name, beyondModel } of rows) if (beyondModel) hold(`${name}, seconds beyond loading the model`, beyondModel.median, LIMITS[name] as number)
  }
}
