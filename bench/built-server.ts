import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { packageRoot } from '../index/package-root.ts'

export interface BuiltServer {
  child: ChildProcess
  /** http://127.0.0.1:41234 */
  address: string
}

/**
 * Starts the built `onrecord serve` over an index on a free port, and waits until it answers. Its output is read on to the end: a server
 * that cannot print ends.
 */
export async function builtServer(
  index: string,
  {
    root = packageRoot(),
    env = {},
    log = 'inherit',
    args = [],
  }: { root?: string; env?: Record<string, string>; log?: 'inherit' | 'ignore'; args?: string[] } = {},
): Promise<BuiltServer> {
  const child = spawn(process.execPath, [join(root, 'bin', 'onrecord.mjs'), 'serve', '--index', index, '--port', '0', ...args], {
    stdio: ['ignore', 'pipe', log],
    env: { ...process.env, ONRECORD_RATE_LIMIT: '0', ...env },
  })
  const address = await new Promise<string>((found, reject) => {
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const match = /On Record is at (\S+)\n/.exec(said)
      if (match) found(match[1] as string)
    })
    child.on('exit', () => reject(new Error('the server ended')))
  })
  return { child, address }
}
