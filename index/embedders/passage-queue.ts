/** Texts sent in one call, at most, unless one passage has more; services allow some hundreds. */
const TEXTS = 64
/** Calls at a time: services limit how many they take. */
const CALLS = 2

interface Waiting {
  texts: string[]
  resolve: (vectors: Float32Array[]) => void
  reject: (error: unknown) => void
}

/** Joins the texts of passages that wait into calls of many texts, a few calls at a time, in the order in which they came. */
export class PassageQueue {
  private readonly call: (texts: string[]) => Promise<Float32Array[]>
  private readonly waiting: Waiting[] = []
  private readonly running = new Set<Promise<void>>()

  constructor(call: (texts: string[]) => Promise<Float32Array[]>) {
    this.call = call
  }

  /** A vector for each text. `signal` takes back what waits still. Throws what the call throws. */
  async embed(texts: string[], signal?: AbortSignal): Promise<Float32Array[]> {
    signal?.throwIfAborted()
    let taken: Waiting | undefined
    const takeBack = () => {
      const at = taken ? this.waiting.indexOf(taken) : -1
      if (at >= 0) for (const { reject } of this.waiting.splice(at, 1)) reject(signal?.reason)
    }
    signal?.addEventListener('abort', takeBack)
    try {
      return await new Promise<Float32Array[]>((resolve, reject) => {
        taken = { texts, resolve, reject }
        this.waiting.push(taken)
        this.next()
      })
    } finally {
      signal?.removeEventListener('abort', takeBack)
    }
  }

  /** Fails what waits, and resolves when what runs has ended. */
  async close(reason: Error): Promise<void> {
    for (const { reject } of this.waiting.splice(0)) reject(reason)
    await Promise.all(this.running)
  }

  private next(): void {
    while (this.running.size < CALLS && this.waiting.length > 0) {
      const run = this.run(this.batch()).finally(() => {
        this.running.delete(run)
        this.next()
      })
      this.running.add(run)
    }
  }

  private batch(): Waiting[] {
    const batch = [this.waiting.shift() as Waiting]
    let texts = batch[0]?.texts.length ?? 0
    for (let first = this.waiting[0]; first && texts + first.texts.length <= TEXTS; first = this.waiting[0]) {
      texts += first.texts.length
      batch.push(this.waiting.shift() as Waiting)
    }
    return batch
  }

  private async run(batch: Waiting[]): Promise<void> {
    try {
      const vectors = await this.call(batch.flatMap(({ texts }) => texts))
      let at = 0
      for (const { texts, resolve } of batch) {
        resolve(vectors.slice(at, at + texts.length))
        at += texts.length
      }
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }
}
