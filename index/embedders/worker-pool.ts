import { Worker } from 'node:worker_threads'
import { OnRecordError } from '../errors.ts'

/** What a job's thread replies: vectors, or what went wrong. */
interface Reply {
  id?: number
  vectors?: Float32Array[]
  error?: string
  ready?: boolean
  dimensions?: number
}

interface Job {
  message: object
  urgent: boolean
  signal: AbortSignal | undefined
  resolve: (vectors: Float32Array[]) => void
  reject: (error: Error) => void
}

interface Thread {
  worker: Worker
  job: Job | null
  /** Settles when the job of the moment is done. */
  running: Promise<void>
  done: () => void
  stopped: boolean
}

/**
 * Threads that each run one model, and the queue in front of them. Questions go before passages; a job whose signal is aborted
 * while it waits is taken out; a thread that dies fails its job and is replaced once something waits for it.
 */
export class WorkerPool {
  /** Numbers in a vector, known once a thread is ready. */
  dimensions = 0
  private threads: Thread[] = []
  private waiting: Job[] = []
  private starting = 0
  private closed = false
  private readonly url: URL
  private readonly data: object
  private readonly size: number

  private constructor(url: URL, data: object, size: number) {
    this.url = url
    this.data = data
    this.size = size
  }

  /** Starts the threads; resolves when all of them are ready. Throws EMBEDDER_FAILED when one cannot start. */
  static async start(url: URL, data: object, size: number): Promise<WorkerPool> {
    const pool = new WorkerPool(url, data, size)
    try {
      await Promise.all(Array.from({ length: size }, () => pool.add()))
    } catch (cause) {
      await pool.close()
      throw failed(cause)
    }
    return pool
  }

  run(message: object, urgent: boolean, signal?: AbortSignal): Promise<Float32Array[]> {
    return new Promise((resolve, reject) => {
      if (this.closed) return reject(failed('the embedder is closed'))
      if (signal?.aborted) return reject(signal.reason as Error)
      const job: Job = { message, urgent, signal, resolve, reject }
      const at = urgent ? this.waiting.findIndex((other) => !other.urgent) : -1
      if (at < 0) this.waiting.push(job)
      else this.waiting.splice(at, 0, job)
      signal?.addEventListener('abort', () => this.withdraw(job), { once: true })
      this.next()
      this.replace()
    })
  }

  async close(): Promise<void> {
    this.closed = true
    for (const job of this.waiting.splice(0)) job.reject(failed('the embedder is closed'))
    // A thread that is ended inside the model takes the whole process with it: each finishes what it runs first.
    await Promise.all(this.threads.map((thread) => thread.running))
    await Promise.all(this.threads.map((thread) => thread.worker.terminate()))
  }

  private withdraw(job: Job): void {
    const at = this.waiting.indexOf(job)
    if (at < 0) return
    this.waiting.splice(at, 1)
    job.reject(job.signal?.reason as Error)
  }

  private add(): Promise<void> {
    const worker = new Worker(this.url, { workerData: this.data })
    const thread: Thread = { worker, job: null, running: Promise.resolve(), done: () => {}, stopped: false }
    this.starting++
    return new Promise<void>((resolve, reject) => {
      worker.on('message', (reply: Reply) => {
        if (!reply.ready) return this.finish(thread, reply)
        this.dimensions = reply.dimensions ?? 0
        this.threads.push(thread)
        if (this.closed) void worker.terminate()
        this.next()
        resolve()
      })
      const stop = (cause: unknown) => {
        if (thread.stopped) return
        thread.stopped = true
        this.threads = this.threads.filter((other) => other !== thread)
        thread.job?.reject(failed(cause))
        thread.done()
        reject(cause)
      }
      worker.on('error', stop)
      worker.on('exit', (code) => stop(new Error(`the thread ended with code ${code}`)))
    }).finally(() => this.starting--)
  }

  /** Starts a thread in place of one that died, when there is work for it; when that fails too, what waits is refused. */
  private replace(): void {
    if (this.closed || this.waiting.length === 0 || this.threads.length + this.starting >= this.size) return
    this.add().catch((cause: unknown) => {
      if (this.threads.length === 0) for (const job of this.waiting.splice(0)) job.reject(failed(cause))
    })
  }

  private finish(thread: Thread, reply: Reply): void {
    const job = thread.job
    thread.job = null
    if (job && reply.vectors) job.resolve(reply.vectors)
    else job?.reject(failed(reply.error))
    thread.done()
    this.next()
  }

  private next(): void {
    for (const thread of this.threads) {
      if (thread.job || thread.stopped) continue
      const job = this.waiting.shift()
      if (!job) return
      thread.job = job
      thread.running = new Promise((done) => {
        thread.done = done
      })
      thread.worker.postMessage({ id: 0, ...job.message })
    }
  }
}

function failed(cause: unknown): OnRecordError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new OnRecordError('EMBEDDER_FAILED', `The embedding model failed: ${why}.`, 'Run `onrecord doctor` to check the model.', { cause })
}
