import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { packageRoot } from '../index/package-root.ts'
import { asking } from './speed/asking.ts'
import { fallen, type Recorded, recordedOf } from './speed/check.ts'
import type { Part } from './speed/figure.ts'
import { growth } from './speed/growth.ts'
import { indexing } from './speed/indexing.ts'
import { machine } from './speed/machine.ts'
import { asText, type Report } from './speed/tell.ts'
import { write } from './speed/write.ts'

// How fast it is, beside what else there is and what the processor can do:
//   npm run bench -- [--growth] [--only indexing,asking,growth] [--rounds 3] [--documents 100] [--questions 300] [--passages 1000,10000,100000]
//                    [--python python3] [--json] [--write] [--record] [--check]
// What is compared takes turns, and each figure is the ratio of one round. --write puts the figures into docs/performance.md, --record puts the
// ratios into bench/recorded.json, and --check ends with exit code 1 when one of them is more than 15 % worse than recorded.
const text = { type: 'string' } as const
const flag = { type: 'boolean', default: false } as const
const { values } = parseArgs({
  options: {
    only: text,
    growth: flag,
    rounds: { ...text, default: '3' },
    documents: { ...text, default: '100' },
    questions: { ...text, default: '300' },
    passages: { ...text, default: '1000,10000,100000' },
    python: { ...text, default: 'python3' },
    json: flag,
    write: flag,
    record: flag,
    check: flag,
  },
})
const RECORDED = join(packageRoot(), 'bench', 'recorded.json')

const [rounds, documents, questions] = [Number(values.rounds), Number(values.documents), Number(values.questions)]
const all: Record<string, () => Promise<Part>> = {
  indexing: () => indexing({ documents, rounds, python: values.python }),
  asking: () => asking({ rounds, questions, memoryAfter: 1000 }),
  growth: () => growth({ sizes: values.passages.split(',').map(Number), rounds }),
}
const names = values.only?.split(',') ?? ['indexing', 'asking', ...(values.growth ? ['growth'] : [])]
const parts: Part[] = []
for (const name of names) {
  const run = all[name]
  if (!run) throw new Error(`--only ${name}: it must be among ${Object.keys(all).join(', ')}`)
  parts.push(await run())
}
const report: Report = { day: new Date().toISOString().slice(0, 10), machine: machine(), rounds, parts }
console.log(values.json ? JSON.stringify(report) : asText(report))

const figures = parts.flatMap((part) => part.figures)
const recorded: Recorded = existsSync(RECORDED) ? (JSON.parse(await readFile(RECORDED, 'utf8')) as Recorded) : {}
if (values.check) {
  const worse = fallen(figures, recorded)
  for (const line of worse) console.error(`more than 15 % worse: ${line}`)
  if (worse.length > 0) process.exitCode = 1
}
if (values.record) await writeFile(RECORDED, `${JSON.stringify({ ...recorded, ...recordedOf(figures) }, null, 2)}\n`)
if (values.write) await write(report)
