import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Built } from './build-process.ts'
import { documentsOf, writeDocuments } from './documents.ts'

/** An index of so many passages with synthetic vectors in a folder: its place and what building it in a process of its own took. */
export async function largeIndex(folder: string, passages: number, words: string[]): Promise<Built & { index: string }> {
  const [docs, index] = [join(folder, 'docs'), join(folder, 'index')]
  await mkdir(docs, { recursive: true })
  await writeDocuments(docs, documentsOf(passages), words)
  const builder = start('build-process.js', [docs, index])
  const built = (await answerOf(builder)) as Built
  await once(builder, 'exit')
  return { ...built, index }
}

export interface LargeServer {
  address: string
  /** Seconds from starting its process until it can answer. */
  ready: number
  /** Bytes of memory that it has now. */
  memory: () => Promise<number>
  stop: () => Promise<void>
}

/** A server over such an index in a process of its own. */
export async function largeServer(index: string): Promise<LargeServer> {
  const began = performance.now()
  const server = start('serve-process.js', [index])
  const address = (await answerOf(server)) as string
  const ready = (performance.now() - began) / 1000
  const memory = () => {
    server.send('memory')
    return answerOf(server) as Promise<number>
  }
  const stop = async () => {
    server.disconnect()
    await once(server, 'exit')
  }
  return { address, ready, memory, stop }
}

/** Asks a question; ms until its answer is there. */
export async function askTime(address: string, question: string): Promise<number> {
  const began = performance.now()
  const response = await fetch(`${address}/api/ask`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ question }) })
  if (!response.ok) throw new Error(`${question}: ${await response.text()}`)
  await response.arrayBuffer()
  return performance.now() - began
}

function start(script: string, args: string[]): ChildProcess {
  return fork(fileURLToPath(new URL(`./${script}`, import.meta.url)), args)
}

async function answerOf(child: ChildProcess): Promise<unknown> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`a process ended with ${code}`)
  })
  ended.catch(() => {})
  return (await Promise.race([once(child, 'message'), ended]))[0]
}
