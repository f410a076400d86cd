import { type ChildProcess, fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { SkipFile } from './errors.ts'
import { PROCESS_LIMITS } from './loaders/loader.ts'
import type { LoadJob, LoadReply } from './loaders/thread.ts'
import { packageRoot } from './package-root.ts'
import type { Loaded } from './types.ts'

/** The documents of a file, with the size and the hexadecimal sha256 of its bytes. */
export interface LoadedFile {
  documents: Loaded[]
  bytes: number
  sha256: string
}

interface Waiting {
  job: LoadJob
  resolve: (file: LoadedFile) => void
  reject: (error: Error) => void
}

const CRASHED = 'CRASHED'

/** It is always the build's, also where the sources themselves run, as in the tests: Node 20 runs no TypeScript. */
const PROCESS = join(packageRoot(), 'dist', 'index', 'loaders', 'process.js')

/**
 * Processes that read documents, each one at a time, started when they are needed. What a document does to its process (runs on, fills the
 * memory, ends it) is done to that process only: the document is skipped, and another process goes on.
 */
export class LoaderPool {
  private readonly size: number
  private readonly limits: typeof PROCESS_LIMITS
  private readonly waiting: Waiting[] = []
  private readonly idle: ChildProcess[] = []
  private readonly all = new Set<ChildProcess>()
  /** What cannot be read is not tried again, by what the file and its loader are; but for what ended its process, which something else may have done. */
  private readonly refused = new Map<string, SkipFile>()
  private closed = false

  /** At most `size` processes; as many as there are cores unless told, but no more than two, since they only have to keep ahead of embedding. */
  constructor(size = Math.min(2, availableParallelism()), limits = PROCESS_LIMITS) {
    this.size = size
    this.limits = limits
  }

  /**
   * Reads a file; `content` tells its bytes and loader from all others. Throws SkipFile with the reason when it cannot be read, and what the
   * file system says.
   */
  async load(job: LoadJob, content: string): Promise<LoadedFile> {
    const known = this.refused.get(content)
    if (known) throw known
    try {
      return await new Promise((resolve, reject) => {
        this.waiting.push({ job, resolve, reject })
        this.next()
      })
    } catch (error) {
      if (error instanceof SkipFile && error.code !== CRASHED) this.refused.set(content, error)
      throw error
    }
  }

  /** Starts a process before there is something to read, so that the first file does not wait for it. */
  warm(): void {
    if (this.all.size === 0 && !this.closed) this.idle.push(this.start())
  }

  /** Ends the processes; what they read is given up. */
  close(): void {
    this.closed = true
    for (const { reject } of this.waiting.splice(0)) reject(new Error('the documents are read no more'))
    for (const child of this.all) child.kill('SIGKILL')
  }

  private next(): void {
    if (this.waiting.length === 0 || this.closed) return
    const child = this.idle.pop() ?? (this.all.size < this.size ? this.start() : undefined)
    if (child) this.give(child, this.waiting.shift() as Waiting)
  }

  private start(): ChildProcess {
    const child = fork(PROCESS, [JSON.stringify(this.limits)], { serialization: 'advanced', execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
    this.all.add(child)
    child.on('exit', () => this.forget(child)).on('error', () => this.forget(child))
    return child
  }

  private give(child: ChildProcess, { job, resolve, reject }: Waiting): void {
    const done = (reply: LoadReply | null) => {
      child.off('message', onMessage).off('exit', onEnd).off('error', onEnd)
      if (reply && !('last' in reply)) this.idle.push(child)
      else this.forget(child)
      if (reply === null) reject(new SkipFile(CRASHED, 'Reading it ended the process that read it; convert it to another format.'))
      else if ('documents' in reply) resolve(reply)
      else if ('skip' in reply) reject(new SkipFile(reply.skip.code, reply.skip.remedy))
      else reject(Object.assign(new Error(reply.error), { code: reply.code }))
      this.next()
    }
    const onMessage = (reply: unknown) => done(reply as LoadReply)
    const onEnd = () => done(null)
    child.on('message', onMessage).on('exit', onEnd).on('error', onEnd)
    child.send(job)
  }

  private forget(child: ChildProcess): void {
    this.all.delete(child)
    const at = this.idle.indexOf(child)
    if (at >= 0) this.idle.splice(at, 1)
    child.kill('SIGKILL')
  }
}
