import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { corpusQuestions, median, withSampleIndex } from './sample.ts'
import type { Delay } from './server-process.ts'

/** Questions that are under way at any time, and how long they are asked, in ms. */
const AT_ONCE = 50
const SPELL = 8000
const SPELLS = 3
/** What answering may add to the p99 of the event loop's delay, in ms. */
const LIMIT = 20

await withSampleIndex(async (index) => {
  // Two servers on the same machine at the same time: one is asked, and the other tells what that load does to a server by itself.
  const [asked, idle] = [await start(index), await start(index)]
  const questions = await corpusQuestions()
  await ask(asked.address, questions, 1000)
  const delays: { asked: Delay[]; idle: Delay[] } = { asked: [], idle: [] }
  let answers = 0
  for (let i = 0; i < SPELLS; i++) {
    for (const { child } of [asked, idle]) child.send('reset')
    answers += await ask(asked.address, questions, SPELL)
    delays.asked.push(await delayOf(asked))
    delays.idle.push(await delayOf(idle))
  }
  for (const { child } of [asked, idle]) child.kill()
  const difference = median(delays.asked.map(({ p99 }) => p99)) - median(delays.idle.map(({ p99 }) => p99))
  tell(`${AT_ONCE} questions at once`, delays.asked, `, ${Math.round(answers / ((SPELLS * SPELL) / 1000))} answers a second`)
  tell('idle beside it', delays.idle)
  console.log(`difference of the medians of p99: ${difference.toFixed(1)} ms, at most ${LIMIT} ms`)
  if (difference > LIMIT) process.exitCode = 1
})

interface Started {
  child: ChildProcess
  address: string
}

async function start(index: string): Promise<Started> {
  const child = fork(fileURLToPath(new URL('./server-process.js', import.meta.url)), [index])
  const [address] = (await once(child, 'message')) as [string]
  return { child, address }
}

async function delayOf({ child }: Started): Promise<Delay> {
  child.send('read')
  const [delay] = (await once(child, 'message')) as [Delay]
  return delay
}

/** Asks for so many ms; resolves to how many questions were answered. */
async function ask(address: string, questions: string[], ms: number): Promise<number> {
  const until = performance.now() + ms
  let answers = 0
  const asker = async (_: unknown, first: number) => {
    for (let i = first; performance.now() < until; i++) {
      const body = JSON.stringify({ question: questions[i % questions.length] })
      const reply = await fetch(`${address}/api/ask`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body })
      if (!reply.ok) throw new Error(`${reply.status} ${await reply.text()}`)
      await reply.arrayBuffer()
      answers++
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, asker))
  return answers
}

function tell(what: string, delays: Delay[], more = ''): void {
  const each = (key: keyof Delay) => delays.map((delay) => delay[key].toFixed(1)).join(', ')
  console.log(`${what}: p50 ${each('p50')} ms, p99 ${each('p99')} ms, most ${each('max')} ms${more}`)
}
