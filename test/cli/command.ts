import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { packageRoot } from '../../index/package-root.ts'
import { afterFile } from '../after.ts'

export const BIN = join(packageRoot(), 'bin', 'onrecord.mjs')

if (!existsSync(join(packageRoot(), 'dist', 'cli', 'main.js'))) throw new Error('These tests run the build, and there is none. Run: npm run build')

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

export interface Options {
  cwd?: string
  env?: Record<string, string>
  bin?: string
}

export interface Running {
  child: ChildProcess
  ended: Promise<Ended>
  /** Resolves to what was printed so far once it matches; fails when the process ends before. */
  says: (pattern: RegExp) => Promise<string>
}

const children = new Set<ChildProcess>()

/** Runs `onrecord` with these arguments to its end. */
export function onrecord(args: string[], options: Options = {}): Promise<Ended> {
  return start(args, options).ended
}

/** Starts `onrecord` with these arguments, none of the settings of whoever runs the tests, and what `env` adds. */
export function start(args: string[], { cwd, env = {}, bin = BIN }: Options = {}): Running {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('ONRECORD_')))
  const child = spawn(process.execPath, [bin, ...args], { cwd, env: { ...clean, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  children.add(child)
  afterFile(() => children.has(child) && child.kill('SIGKILL'))
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      children.delete(child)
      resolve({ code, stdout, stderr })
    })
  })
  const says = async (pattern: RegExp) => {
    while (!pattern.test(stdout + stderr)) {
      if (!children.has(child)) throw new Error(`it ended without ${pattern}: ${stdout}${stderr}`)
      await wait(20)
    }
    return stdout + stderr
  }
  return { child, ended, says }
}

export interface Serving extends Running {
  /** http://127.0.0.1:41234 */
  address: string
}

/** Starts `onrecord serve` on a free port and waits until it listens. */
export async function serving(args: string[], options: Options = {}): Promise<Serving> {
  const running = start(['serve', '--port', '0', ...args], options)
  const said = await running.says(/On Record is at (\S+)\n/)
  return { ...running, address: /is at (\S+)\n/.exec(said)?.[1] as string }
}

/** A port that something else listens on until the tests end. */
export async function takenPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  afterFile(() => server.close())
  return (server.address() as { port: number }).port
}

/** The name of an index's current generation. */
export async function currentOf(index: string): Promise<string> {
  return (await readFile(join(index, 'CURRENT'), 'utf8')).trim()
}
