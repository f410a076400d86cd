import { pino } from 'pino'
import { TransformersEmbedder } from '../../index/embedders/transformers.ts'
import { FolderHome } from '../../index/home.ts'
import { createApp } from '../../server/app.ts'
import { readConfig } from '../../server/config.ts'
import { listen } from '../../server/listen.ts'
import { createLog } from '../../server/log.ts'
import { LiveRecord } from '../../server/record.ts'
import { SERVER_THREADS } from '../sample.ts'
import { SyntheticEmbedder } from './synthetic.ts'

// Serves an index in a process of its own: INDEX. Over IPC it tells its address once it is ready, and its memory whenever it is asked.
const record = new LiveRecord(new FolderHome(process.argv[2] as string), new SyntheticEmbedder(await TransformersEmbedder.start({ threads: SERVER_THREADS })))
await record.start()
const settings = readConfig({ ONRECORD_RATE_LIMIT: '0', ONRECORD_LOG_LEVEL: 'warn' })
const app = createApp(record, settings, createLog(settings, [], pino.destination(2)))
const { address } = await listen(app, settings.HOST, 0)
process.on('message', () => process.send?.(process.memoryUsage().rss))
process.on('disconnect', () => process.exit())
process.send?.(address)
