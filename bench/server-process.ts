import { monitorEventLoopDelay } from 'node:perf_hooks'
import { pino } from 'pino'
import { TransformersEmbedder } from '../index/embedders/transformers.ts'
import { createApp } from '../server/app.ts'
import { listen } from '../server/listen.ts'
import { LiveRecord } from '../server/record.ts'
import { SERVER_THREADS } from './sample.ts'

/** What the event loop's delay was since the last reset, in ms; its timer's own interval of 10 ms is part of it. */
export interface Delay {
  p50: number
  p99: number
  max: number
}

// The server in a process of its own, as `onrecord serve` runs it; it tells over IPC how late its event loop was.
const record = new LiveRecord(process.argv[2] as string, await TransformersEmbedder.start({ threads: SERVER_THREADS }))
await record.start()
const settings = { HOST: '127.0.0.1', HOSTS: [], ORIGINS: [], RATE_LIMIT: 0, QUEUE: 64, DEADLINE: 30 }
const { address } = await listen(createApp(record, settings, pino({ base: null }, pino.destination(2))), settings.HOST, 0)

const histogram = monitorEventLoopDelay({ resolution: 10 })
histogram.enable()
process.on('message', (message) => {
  if (message === 'reset') histogram.reset()
  else if (message === 'read')
    process.send?.({ p50: histogram.percentile(50) / 1e6, p99: histogram.percentile(99) / 1e6, max: histogram.max / 1e6 } satisfies Delay)
})
process.on('disconnect', () => process.exit())
process.send?.(address)
