import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { build } from '../../index/build.ts'
import type { Embedder } from '../../index/embedders/embedder.ts'
import { hnsw } from '../../index/stores/hnsw.ts'

export interface Switches {
  questions: number
  /** Replies other than 200 with the day that was asked for, one line each. */
  failed: string[]
  /** Generations that answered. */
  seen: number
}

/** Makes one generation after the other while a server at `address`, which has the index, is asked all the time. */
export async function switchRuns(options: {
  documents: string
  index: string
  address: string
  embedder: Embedder
  runs: number
  pause: number
}): Promise<Switches> {
  const { documents, index, address, embedder, runs, pause } = options
  const result: Switches = { questions: 0, failed: [], seen: 0 }
  const seen = new Set<string>()
  let done = false
  const asker = async () => {
    while (!done) {
      const reply = await ask(address)
      result.questions++
      if (reply.status !== 200 || !reply.quote.includes('May')) result.failed.push(`${reply.status} ${reply.quote}`)
      seen.add(reply.generation)
    }
  }
  const askers = [asker(), asker()]
  for (let run = 0; run < runs; run++) {
    await appendFile(join(documents, 'diary.txt'), `\n\nOn day ${run} nothing happened.`)
    await build({ folders: [documents], index, embedder, store: hnsw })
    await wait(pause)
  }
  done = true
  await Promise.all(askers)
  result.seen = seen.size
  return result
}

async function ask(address: string): Promise<{ status: number; quote: string; generation: string }> {
  const headers = { 'Content-Type': 'application/json' }
  const body = JSON.stringify({ question: 'When was the harbour dredged?' })
  try {
    const reply = await fetch(`${address}/api/ask`, { method: 'POST', headers, body })
    const answer = (await reply.json()) as { generation?: string; citations?: { quote: string }[]; title?: string }
    return { status: reply.status, quote: answer.citations?.[0]?.quote ?? answer.title ?? '', generation: answer.generation ?? '' }
  } catch (error) {
    return { status: 0, quote: String(error), generation: '' }
  }
}
