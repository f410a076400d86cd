import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Work } from './floor-thread.ts'

/** Bare ONNX sessions, one thread each, that do nothing but run texts which are tokens already: nothing that embeds them one by one is faster. */
export class Floor {
  private readonly threads: Worker[]

  private constructor(threads: Worker[]) {
    this.threads = threads
  }

  /** Starts so many sessions of an ONNX file, and warms them up. */
  static async start(onnx: string, size: number): Promise<Floor> {
    const url = fileURLToPath(new URL('./floor-thread.js', import.meta.url))
    const threads = Array.from({ length: size }, () => new Worker(url, { workerData: onnx }))
    await Promise.all(threads.map((thread) => once(thread, 'message')))
    const floor = new Floor(threads)
    await floor.run(Array.from({ length: 4 * size }, () => Int32Array.from({ length: 128 }, (_, i) => 2000 + i)))
    return floor
  }

  /** Seconds until all texts are run. */
  async run(texts: Int32Array[]): Promise<number> {
    const taken = new Int32Array(new SharedArrayBuffer(4))
    const done = Promise.all(this.threads.map((thread) => once(thread, 'message')))
    for (const thread of this.threads) thread.postMessage({ texts, taken } satisfies Work)
    // Copying the texts to the threads is inside, and takes a few ms.
    const began = performance.now()
    await done
    return (performance.now() - began) / 1000
  }

  async close(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.terminate()))
  }
}
