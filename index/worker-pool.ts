import { Worker } from 'node:worker_threads'
import type { OnRecordError } from './errors.ts'

/** What a thread says: that it is ready, with facts about its model; or what came of a job, or what went wrong. */
interface Reply<Result, Facts> {
  ready?: Facts
  result?: Result
  error?: string
}

interface Job<Result> {
  message: object
  urgent: boolean
  signal: AbortSignal | undefined
  /** Did a thread die of it? */
  crashed: boolean
  resolve: (result: Result) => void
  reject: (error: Error) => void
}

interface Thread<Result> {
  worker: Worker
  /** The job at work, and the next one. */
  jobs: Job<Result>[]
  /** Called when it has no job any more. */
  rested: () => void
  stopped: boolean
}

/** Jobs that a thread holds: it begins the next one at once, also while the thread that hands them out is busy. */
const HELD = 2

export interface PoolOptions {
  /** The file that a thread runs. It says `{ready: facts}` once, then answers each message with `{result}` or `{error}`. */
  url: URL
  data: object
  /** Threads. */
  size: number
  /** The error of a thread or job that failed. */
  failed: (cause: unknown) => OnRecordError
}

/**
 * Threads that each run one model, and the queue in front of them. Urgent jobs go first; a job whose signal is aborted while it waits is taken
 * out. A thread that dies is replaced once something waits for it; the job that it died of is run once more, and fails when a thread dies again.
 */
export class WorkerPool<Result, Facts> {
  /** What a thread said of its model when it was ready. */
  facts: Facts | undefined
  private threads: Thread<Result>[] = []
  private waiting: Job<Result>[] = []
  private starting = 0
  private closed = false
  private readonly options: PoolOptions

  private constructor(options: PoolOptions) {
    this.options = options
  }

  /** Starts the threads; resolves when all of them are ready. Throws what `failed` makes of it when one cannot start. */
  static async start<Result, Facts>(options: PoolOptions): Promise<WorkerPool<Result, Facts>> {
    const pool = new WorkerPool<Result, Facts>(options)
    try {
      await Promise.all(Array.from({ length: options.size }, () => pool.add()))
    } catch (cause) {
      await pool.close()
      throw options.failed(cause)
    }
    return pool
  }

  run(message: object, urgent: boolean, signal?: AbortSignal): Promise<Result> {
    let job: Job<Result> | undefined
    const withdraw = () => job && this.withdraw(job)
    return new Promise<Result>((resolve, reject) => {
      if (this.closed) return reject(this.options.failed('it is closed'))
      if (signal?.aborted) return reject(signal.reason as Error)
      job = { message, urgent, signal, crashed: false, resolve, reject }
      const at = urgent ? this.waiting.findIndex((other) => !other.urgent) : -1
      this.waiting.splice(at < 0 ? this.waiting.length : at, 0, job)
      signal?.addEventListener('abort', withdraw)
      this.next()
      this.replace()
      // A build has one signal for all its jobs: what stays on it is looked through whenever another is added.
    }).finally(() => signal?.removeEventListener('abort', withdraw))
  }

  async close(): Promise<void> {
    this.closed = true
    this.refuse('it is closed')
    // A thread that is ended inside the model takes the whole process with it: each finishes what it runs first.
    await Promise.all(this.threads.map((thread) => rest(thread)))
    await Promise.all(
      this.threads.map(({ worker }) => {
        worker.ref()
        return worker.terminate()
      }),
    )
  }

  private withdraw(job: Job<Result>): void {
    const at = this.waiting.indexOf(job)
    if (at < 0) return
    this.waiting.splice(at, 1)
    job.reject(job.signal?.reason as Error)
  }

  private add(): Promise<void> {
    const worker = new Worker(this.options.url, { workerData: this.options.data })
    const thread: Thread<Result> = { worker, jobs: [], rested: () => {}, stopped: false }
    this.starting++
    return new Promise<void>((resolve, reject) => {
      worker.on('message', (reply: Reply<Result, Facts>) => {
        if (!reply.ready) return this.finish(thread, reply)
        this.facts = reply.ready
        this.threads.push(thread)
        // A thread that has nothing to do keeps no program from ending.
        worker.unref()
        if (this.closed) void worker.terminate()
        this.next()
        resolve()
      })
      const stop = (cause: unknown) => {
        if (thread.stopped) return
        thread.stopped = true
        this.threads = this.threads.filter((other) => other !== thread)
        this.takeBack(thread, cause)
        reject(cause)
      }
      worker.on('error', stop)
      worker.on('exit', (code) => stop(new Error(`the thread ended with code ${code}`)))
    }).finally(() => this.starting--)
  }

  /** The jobs of a thread that died go to others, before what waits. */
  private takeBack(thread: Thread<Result>, cause: unknown): void {
    const [ran, ...again] = thread.jobs.splice(0)
    if (!ran) return
    if (ran.crashed || this.closed) ran.reject(this.options.failed(cause))
    else again.unshift(Object.assign(ran, { crashed: true }))
    this.waiting.unshift(...again)
    for (const job of again) if (job.signal?.aborted) this.withdraw(job)
    if (this.closed) this.refuse('it is closed')
    thread.rested()
    this.next()
    this.replace()
  }

  /** Starts a thread in place of one that died, when there is work for it; when that fails too, what waits is refused. */
  private replace(): void {
    if (this.closed || this.waiting.length === 0 || this.threads.length + this.starting >= this.options.size) return
    this.add().catch((cause: unknown) => {
      if (this.threads.length === 0) this.refuse(cause)
    })
  }

  private refuse(cause: unknown): void {
    for (const job of this.waiting.splice(0)) job.reject(this.options.failed(cause))
  }

  private finish(thread: Thread<Result>, reply: Reply<Result, Facts>): void {
    const job = thread.jobs.shift()
    this.next()
    if (job && reply.result !== undefined) job.resolve(reply.result)
    else job?.reject(this.options.failed(reply.error))
    if (thread.jobs.length > 0) return
    thread.worker.unref()
    thread.rested()
  }

  /** Each thread gets a job before one gets a second. */
  private next(): void {
    for (let held = 0; held < HELD; held++) {
      for (const thread of this.threads) {
        if (thread.jobs.length > held || thread.stopped) continue
        const job = this.waiting.shift()
        if (!job) return
        thread.jobs.push(job)
        thread.worker.ref()
        thread.worker.postMessage(job.message)
      }
    }
  }
}

function rest<Result>(thread: Thread<Result>): Promise<void> {
  if (thread.jobs.length === 0) return Promise.resolve()
  return new Promise((resolve) => {
    const before = thread.rested
    thread.rested = () => {
      before()
      resolve()
    }
  })
}
