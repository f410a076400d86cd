// Read before anything else by each process of a command: at its end it adds the seconds of processor that it took, on a line of START_CPU.
import { appendFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

if (isMainThread) {
  process.on('exit', () => {
    const { user, system } = process.cpuUsage()
    appendFileSync(/** @type {string} */ (process.env.START_CPU), `${(user + system) / 1e6}\n`)
  })
}
