import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type Took, watched } from './processes.ts'

export interface Ran {
  /** From the start of its process to its end. */
  seconds: number
  took: Took | null
  /** What it printed. */
  output: string
}

/** Runs a command to its end, without the environment's settings of On Record. Throws when it ends with another code than 0. */
export async function ran(command: string, args: string[]): Promise<Ran> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('ONRECORD_')))
  const began = performance.now()
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(child, 'close') as Promise<[number | null]>
  await once(child, 'spawn')
  const stop = watched(child.pid as number)
  const said = { output: '', errors: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.errors += text
  })
  const [code] = await ended
  const seconds = (performance.now() - began) / 1000
  const took = stop()
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}: ${said.errors || said.output}`)
  return { seconds, took, output: said.output }
}
