import { Worker } from 'node:worker_threads'
import type { PROCESS_LIMITS } from './loader.ts'
import type { LoadJob, LoadReply } from './thread.ts'

// The process that documents are read in. A thread reads; this one watches it, so that it is not kept from doing so by what the thread does:
// what takes too long or too much memory is reported, and the process ends, which gives everything back.

/** A process that holds this share of its limit after a document gives way to a new one. */
const USED = 0.3

const limits = JSON.parse(process.argv[2] as string) as typeof PROCESS_LIMITS
const thread = new Worker(new URL('./thread.js', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: limits.heapMegabytes } })
/** Runs while a document is read. */
let limit: NodeJS.Timeout | undefined

thread.on('message', (reply: LoadReply) => {
  clearTimeout(limit)
  limit = undefined
  // What one document has left in memory does not count against the next.
  if (process.memoryUsage.rss() > limits.megabytes * 1e6 * USED) last(reply)
  else process.send?.(reply)
})
thread.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') tooMuchMemory()
  else last({ error: error.message })
})

process.on('message', (job: LoadJob) => {
  limit = setTimeout(() => {
    last({ skip: { code: 'TOO_SLOW', remedy: `It took more than ${limits.seconds} s to read; split it, or convert it to another format.` } })
  }, limits.seconds * 1000)
  thread.postMessage(job)
})
// Whoever gave the jobs is gone, perhaps before this process had begun to listen.
process.on('disconnect', () => process.exit(0))

setInterval(() => {
  if (!process.connected) process.exit(0)
  if (limit && process.memoryUsage.rss() > limits.megabytes * 1e6) tooMuchMemory()
}, 100)

function tooMuchMemory(): void {
  last({ skip: { code: 'TOO_MUCH_MEMORY', remedy: `Reading it takes more than ${limits.megabytes} MB of memory; split it.` } })
}

/** The last thing that this process says. */
function last(reply: LoadReply): void {
  process.send?.({ ...reply, last: true }, () => process.exit(1))
}
