import { once } from 'node:events'
import { Pool } from 'undici'
import { openIndex } from '../../index/current.ts'
import { TransformersEmbedder } from '../../index/embedders/transformers.ts'
import { builtServer } from '../built-server.ts'
import { questionsOf } from '../distinct-questions.ts'
import { SERVER_THREADS, withSampleIndex } from '../sample.ts'
import { figuresOf, type Round } from './asking-figures.ts'
import type { Part } from './figure.ts'
import { Floor } from './floor.ts'
import { searchTimes } from './search-times.ts'
import { modelPlace, onnxOf, tokensOfQuestions } from './texts.ts'

const CLIENTS = 16
/** Questions that are asked again and again; repeated ones are asked this much more often than distinct ones. */
const REPEATED = 20
const TIMES = 10
/** Questions of a turn: where the two alternate question by question, each finds the processor's caches full of the other's model. */
const TURN = 25
/** Questions asked before times are taken: it takes thousands until all code of a server that has just started is optimised. */
const WARM_UP = 3000

export interface AskingOptions {
  rounds: number
  /** Questions of a round that one client asks, and as many that many clients ask. */
  questions: number
  /** Questions after which the memory of the server is taken. */
  memoryAfter: number
}

/** Questions over HTTP to the built server with the sample index, in turns with the embedder and with bare sessions in this process. */
export async function asking({ rounds, questions: count, memoryAfter }: AskingOptions): Promise<Part> {
  return withSampleIndex(async (index) => {
    const embedder = await TransformersEmbedder.start({ threads: SERVER_THREADS })
    const { generation } = await openIndex(index, embedder)
    const floor = await Floor.start(onnxOf(modelPlace()), SERVER_THREADS)
    const { child, address } = await builtServer(index, { log: 'ignore' })
    const client = new Pool(address, { connections: CLIENTS })
    const all = questionsOf(generation)
    let next = 0
    const distinct = (wanted: number) => Array.from({ length: wanted }, () => all[next++ % all.length] as string)
    try {
      await several(client, distinct(memoryAfter))
      const memory = await memoryOf(client)
      await several(client, distinct(WARM_UP - memoryAfter))
      for (const question of distinct(WARM_UP / 10)) await embedder.embedWords(question)
      const measured: Round[] = []
      for (let round = 0; round < rounds; round++) {
        const alone = await inTurns(client, embedder, distinct(count))
        const many = distinct(count)
        const bare = count / (await floor.run(await tokensOfQuestions(many)))
        const perSecond = await several(client, many)
        const repeated = await several(
          client,
          Array.from({ length: count * TIMES }, (_, i) => many[i % REPEATED] as string),
        )
        measured.push({ ...alone, bare, perSecond, repeated })
      }
      const searched = await searchTimes(generation, embedder, distinct(count))
      const notes = [
        `${generation.sources.length} documents, ${generation.manifest.passages} passages, ${SERVER_THREADS} embedding threads, ${next} questions asked.`,
      ]
      return { group: 'Asking', ...figuresOf(measured, memory, searched), notes }
    } finally {
      const ended = once(child, 'exit')
      await client.close()
      child.kill('SIGTERM')
      await ended
      await floor.close()
      await generation.close()
      await embedder.close()
    }
  })
}

/** Each question asked over HTTP by a single client and embedded in this process, in turns of so many, now the one first, now the other. */
async function inTurns(client: Pool, embedder: TransformersEmbedder, questions: string[]): Promise<Pick<Round, 'asks' | 'embeds' | 'answers'>> {
  const [asks, embeds, answers]: [number[], number[], Round['answers']] = [[], [], []]
  const asked = async (question: string) => {
    const began = performance.now()
    const text = await ask(client, question)
    asks.push(performance.now() - began)
    answers.push((JSON.parse(text) as { timings: Record<string, number> }).timings)
  }
  const embedded = async (question: string) => {
    const began = performance.now()
    await embedder.embedWords(question)
    embeds.push(performance.now() - began)
  }
  for (let from = 0; from < questions.length; from += TURN) {
    const turn = questions.slice(from, from + TURN)
    for (const run of (from / TURN) % 2 === 0 ? [asked, embedded] : [embedded, asked]) for (const question of turn) await run(question)
  }
  return { asks, embeds, answers }
}

/** Questions a second when so many clients ask them. */
async function several(client: Pool, questions: string[]): Promise<number> {
  let next = 0
  const asker = async () => {
    for (let question = questions[next++]; question !== undefined; question = questions[next++]) await ask(client, question)
  }
  const began = performance.now()
  await Promise.all(Array.from({ length: CLIENTS }, asker))
  return (questions.length * 1000) / (performance.now() - began)
}

async function ask(client: Pool, question: string): Promise<string> {
  const body = JSON.stringify({ question })
  const reply = await client.request({ path: '/api/ask', method: 'POST', headers: { 'content-type': 'application/json' }, body })
  const text = await reply.body.text()
  if (reply.statusCode !== 200) throw new Error(`${reply.statusCode} ${text}`)
  return text
}

/** MB of memory that the server's process holds. */
async function memoryOf(client: Pool): Promise<number> {
  const { body } = await client.request({ path: '/metrics', method: 'GET' })
  return Number(/^process_resident_memory_bytes (\S+)$/m.exec(await body.text())?.[1]) / 1e6
}
