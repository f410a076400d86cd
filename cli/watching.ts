import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { packageRoot } from '../index/package-root.ts'
import type { Config } from '../server/config.ts'

/** How long it is waited before what ended is started again, in ms. */
const AGAIN = 5000

/**
 * Indexes folders whenever they change, in a process of its own, so that questions need not wait for it, and calls `indexed` when
 * that has ended. A process that ends is started again. Returns what ends it.
 */
export function watchBeside(folders: string[], { INDEX }: Pick<Config, 'INDEX'>, indexed: () => void): () => void {
  let stopped = false
  let child: ChildProcess | undefined
  let again: NodeJS.Timeout | undefined
  const start = () => {
    const args = ['index', ...folders, '--index', INDEX, '--watch', '--workers', '1', '--progress', 'none']
    child = fork(join(packageRoot(), 'bin', 'onrecord.mjs'), args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    child.on('message', indexed)
    child.on('exit', (code, signal) => {
      if (stopped) return
      console.error(`onrecord serve: what watches the folders has ended (${signal ?? code}); it is started again in ${AGAIN / 1000} s.`)
      again = setTimeout(start, AGAIN)
    })
  }
  start()
  return () => {
    stopped = true
    clearTimeout(again)
    child?.kill('SIGTERM')
  }
}
