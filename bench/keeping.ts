import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { ask } from '../answer/ask.ts'
import { openIndex } from '../index/current.ts'
import { TransformersEmbedder } from '../index/embedders/transformers.ts'
import { builtServer } from './built-server.ts'
import { hold } from './hold.ts'
import type { Told } from './keeping/build-process.ts'
import { frequentWords, questionsOn, writeDocuments } from './large/documents.ts'

// How an index is kept up to date: npm run bench:keeping -- [--documents 10000] [--paragraphs 2] [--folder DIR]
// A build is killed halfway and run again; one document is changed; the answers are compared with those of an index made anew; documents are
// saved while a server watches. With the real model; exit code 1 when a figure is over its limit. What is made in a folder that is named stays
// there, and where an index is there already only the last is done.
const { values } = parseArgs({
  options: { documents: { type: 'string', default: '10000' }, paragraphs: { type: 'string', default: '2' }, folder: { type: 'string' } },
})

const QUESTIONS = 300
const SAVES = 10

const folder = values.folder ? resolve(values.folder) : await mkdtemp(join(tmpdir(), 'onrecord-keeping-'))
try {
  const [docs, index] = [join(folder, 'docs'), join(folder, 'index')]
  if (!existsSync(index)) await kept(docs, index)
  await watched(docs, index)
} finally {
  if (!values.folder) await rm(folder, { recursive: true, force: true })
}

async function kept(docs: string, index: string): Promise<void> {
  const words = await frequentWords()
  await mkdir(docs, { recursive: true })
  const documents = Number(values.documents)
  await writeDocuments(docs, documents, words, Number(values.paragraphs))
  const half = await built(docs, index, (documents * Number(values.paragraphs)) / 2)
  const rest = await built(docs, index)
  const { passages } = rest.report
  const seconds = half.seconds + rest.seconds
  console.log(`${documents} documents, ${passages} passages: killed after ${half.embedded}, then ${rest.embedded} more, ${seconds.toFixed(0)} s together`)
  hold('passages embedded twice, share', (half.embedded + rest.embedded - passages) / passages, 0.02)

  await writeFile(join(docs, '000/000500.md'), '# The tide table\n\nThe tide table of Haldersea was printed by Ottilie Brandt in 1911.\n')
  const changed = await built(docs, index)
  console.log(`one document changed: ${changed.embedded} passages embedded, ${changed.seconds.toFixed(1)} s`)
  hold('time after one change over that of the whole', changed.seconds / seconds, 0.05)

  const anew = `${index}-anew`
  const whole = await built(docs, anew)
  console.log(`made anew: ${whole.seconds.toFixed(0)} s`)
  hold('time after one change over that of an index made anew', changed.seconds / whole.seconds, 0.05)
  hold(`answers of ${QUESTIONS} that differ from those of an index made anew`, await differing(index, anew, questionsOn(documents, QUESTIONS, words)), 0)
  await rm(anew, { recursive: true })
}

interface Built {
  embedded: number
  seconds: number
  report: Extract<Told, object>['report']
}

/** Builds in a process of its own, which is killed once it has embedded so many passages. */
async function built(docs: string, index: string, killAfter = Number.POSITIVE_INFINITY): Promise<Built> {
  const child = fork(fileURLToPath(new URL('./keeping/build-process.js', import.meta.url)), [docs, index])
  const began = performance.now()
  const result = { embedded: 0, seconds: 0 } as Built
  child.on('message', (told: Told) => {
    if (told !== 'embedded') Object.assign(result, told)
    else if (++result.embedded >= killAfter && !child.killed) {
      result.seconds = (performance.now() - began) / 1000
      child.kill('SIGKILL')
    }
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0 && !child.killed) throw new Error(`the build ended with ${code}`)
  return result
}

/** Questions that two indexes answer otherwise, but for the generation and the times. */
async function differing(one: string, other: string, questions: string[]): Promise<number> {
  const embedder = await TransformersEmbedder.start()
  const [a, b] = await Promise.all([one, other].map((index) => openIndex(index, embedder)))
  let count = 0
  for (const question of questions) {
    const [first, second] = await Promise.all(
      [a, b].map(async (opened) => {
        const { generation: _, timings: __, ...answer } = await ask((opened as NonNullable<typeof a>).generation, embedder, question)
        return JSON.stringify(answer)
      }),
    )
    if (first !== second) count++
  }
  for (const opened of [a, b]) await opened?.generation.close()
  await embedder.close()
  return count
}

/** How long it takes until a document that is saved is answered from. */
async function watched(docs: string, index: string): Promise<void> {
  const place = (i: number) => join(docs, `000/saved-${i}.md`)
  const { child, address } = await builtServer(index, { log: 'ignore', args: ['--watch', docs] })
  try {
    await wait(20_000)
    const times: number[] = []
    for (let i = 0; i < SAVES; i++) {
      const ship = `Merry ${String.fromCharCode(65 + i)}${'rstuvwxyza'[i]}olwen`
      await writeFile(place(i), `The schooner ${ship} was lost off Longrock on 4 May 18${10 + i}.\n`)
      const began = performance.now()
      while (!(await answers(address, `When was the schooner ${ship} lost?`, ship))) await wait(200)
      times.push((performance.now() - began) / 1000)
    }
    times.sort((a, b) => a - b)
    console.log(`saved and answered from, s: ${times.map((time) => time.toFixed(1)).join(' ')}`)
    hold('seconds until a saved document is answered from, at most', times.at(-1) as number, 3)
  } finally {
    child.kill('SIGTERM')
    await once(child, 'exit')
    for (let i = 0; i < SAVES; i++) await rm(place(i), { force: true })
  }
}

async function answers(address: string, question: string, words: string): Promise<boolean> {
  const response = await fetch(`${address}/api/ask`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ question }) })
  const { citations = [] } = (await response.json()) as { citations?: { quote: string }[] }
  return citations.some(({ quote }) => quote.includes(words))
}
