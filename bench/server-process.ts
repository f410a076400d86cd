import { monitorEventLoopDelay } from 'node:perf_hooks'
import { pino } from 'pino'
import { TransformersEmbedder } from '../index/embedders/transformers.ts'
import { FolderHome } from '../index/home.ts'
import { createApp } from '../server/app.ts'
import { readConfig } from '../server/config.ts'
import { listen } from '../server/listen.ts'
import { createLog } from '../server/log.ts'
import { LiveRecord } from '../server/record.ts'
import { routesOf } from '../server/route-table.ts'
import { SERVER_THREADS } from './sample.ts'

/** What the event loop's delay was since the last reset, in ms; its timer's own interval of 10 ms is part of it. */
export interface Delay {
  p50: number
  p99: number
  max: number
}

// The server in a process of its own, as `onrecord serve` runs it; it tells over IPC how late its event loop was.
const record = new LiveRecord(new FolderHome(process.argv[2] as string), await TransformersEmbedder.start({ threads: SERVER_THREADS }))
await record.start()
const settings = readConfig({ ONRECORD_RATE_LIMIT: '0', ONRECORD_LOG_LEVEL: 'warn' })
const app = createApp(record, settings, createLog(settings, [], pino.destination(2)))
const { address } = await listen(app, settings.HOST, 0)

const histogram = monitorEventLoopDelay({ resolution: 10 })
histogram.enable()
process.on('message', (message) => {
  if (message === 'reset') histogram.reset()
  else if (message === 'read')
    process.send?.({ p50: histogram.percentile(50) / 1e6, p99: histogram.percentile(99) / 1e6, max: histogram.max / 1e6 } satisfies Delay)
  else if (message === 'routes') process.send?.(routesOf(app))
  // Bytes that are in use; the process must have been started with --expose-gc.
  else if (message === 'heap') {
    gc?.()
    process.send?.(process.memoryUsage().heapUsed)
  }
})
process.on('disconnect', () => process.exit())
process.send?.(address)
