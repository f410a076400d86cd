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
  /** In a terminal of its own (of python3's `pty`): what is typed goes to `child.stdin`, and what is shown comes as stdout. */
  terminal?: boolean
}

export interface Running {
  child: ChildProcess
  ended: Promise<Ended>
  /** Resolves to what was printed so far once it matches; fails when the process ends before. */
  says: (pattern: RegExp) => Promise<string>
}

/** Runs a command in a pseudo-terminal, between its own stdin and stdout. */
const TERMINAL = `
import os, pty, select, sys
pid, fd = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
watched = [fd, 0]
while True:
    ready = select.select(watched, [], [])[0]
    if fd in ready:
        try:
            shown = os.read(fd, 65536)
        except OSError:
            shown = b''
        if not shown:
            break
        os.write(1, shown)
    if 0 in ready:
        typed = os.read(0, 65536)
        if typed:
            os.write(fd, typed)
        else:
            watched.remove(0)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`

const children = new Set<ChildProcess>()

/** Runs `onrecord` with these arguments to its end. */
export function onrecord(args: string[], options: Options = {}): Promise<Ended> {
  return start(args, options).ended
}

/** Settings of ours, and what says of a terminal what it shows: to Node.js, a `CI` that it does not know has no colours. */
const OF_THE_RUNNER =
  /^(?:ONRECORD_.*|CI|TEAMCITY_VERSION|TF_BUILD|NO_COLOR|NODE_DISABLE_COLORS|FORCE_COLOR|FORCE_HYPERLINK|COLORTERM|TMUX|DOMTERM|TERM_PROGRAM|VTE_VERSION|WT_SESSION|KONSOLE_VERSION)$/

/** Starts `onrecord` with these arguments, none of the settings of whoever runs the tests, and what `env` adds. */
export function start(args: string[], { cwd, env = {}, bin = BIN, terminal = false }: Options = {}): Running {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OF_THE_RUNNER.test(name)))
  const options = { cwd, env: { ...clean, ...env } }
  const child = terminal
    ? spawn('python3', ['-c', TERMINAL, process.execPath, bin, ...args], { ...options, stdio: ['pipe', 'pipe', 'pipe'] })
    : spawn(process.execPath, [bin, ...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
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
