import { ProblemError } from './problems.ts'

export interface AdmissionOptions {
  /** Answers at work at any time, at most. */
  atOnce: number
  /** Questions that wait, at most. */
  queue: number
  /** Seconds from its arrival after which a question is given up. */
  deadline: number
  /** Is told how many seconds a question waited. */
  waited?: (seconds: number) => void
}

interface Waiting {
  client: string
  arrived: number
  begin: () => void
  refuse: () => void
}

/** How much the newest answer counts in the mean time of one. */
const NEWEST = 0.05

/**
 * Who is answered when. So many answers are at work, the other questions wait: clients take turns, and each client's questions keep their order.
 * When no more may wait, the newest question of the client that has most of them waiting is refused.
 */
export class Admission {
  private readonly options: AdmissionOptions
  /** What waits, by client; the client whose turn is next comes first. */
  private readonly queues = new Map<string, Waiting[]>()
  /** Is the server to stop? It answers what has come; who balances load is told to send nothing more. */
  closing = false
  private atWork = 0
  private inQueue = 0
  /** Seconds that an answer takes once it is at work. */
  private mean = 0

  constructor(options: AdmissionOptions) {
    this.options = options
  }

  get working(): number {
    return this.atWork
  }

  get waiting(): number {
    return this.inQueue
  }

  /**
   * Does a client's work when its turn comes. Throws `overloaded` at once, or rejects with it later when another client has a better right to
   * wait; with `too-slow` past the deadline; or with the reason of `gone`. Work that is given up is told by its signal, and never begun when it waits.
   */
  run<T>(client: string, work: (signal: AbortSignal) => Promise<T>, gone?: AbortSignal): Promise<T> {
    gone?.throwIfAborted()
    if (this.atWork >= this.options.atOnce && this.inQueue >= this.options.queue) this.makeRoomFor(client)
    return new Promise<T>((resolve, reject) => {
      const over = new AbortController()
      const end = (settle: () => void, reason?: unknown) => {
        clearTimeout(late)
        gone?.removeEventListener('abort', leave)
        this.leaveQueue(waiting)
        if (reason !== undefined) over.abort(reason)
        settle()
      }
      const giveUp = (reason: unknown) => end(() => reject(reason as Error), reason)
      const leave = () => giveUp(gone?.reason)
      const late = setTimeout(() => giveUp(this.tooSlow()), this.options.deadline * 1000)
      gone?.addEventListener('abort', leave)
      const waiting: Waiting = {
        client,
        arrived: performance.now(),
        refuse: () => giveUp(this.overloaded()),
        begin: () => void this.atWorkOn(() => work(over.signal)).then((result) => end(() => resolve(result)), giveUp),
      }
      this.enter(waiting)
      this.next()
    })
  }

  private async atWorkOn<T>(work: () => Promise<T>): Promise<T> {
    const began = performance.now()
    this.atWork++
    try {
      return await work()
    } finally {
      this.atWork--
      const seconds = (performance.now() - began) / 1000
      this.mean = this.mean === 0 ? seconds : this.mean + NEWEST * (seconds - this.mean)
      this.next()
    }
  }

  private next(): void {
    while (this.atWork < this.options.atOnce && this.inQueue > 0) {
      const [client, queue] = this.queues.entries().next().value as [string, Waiting[]]
      const waiting = queue[0] as Waiting
      this.leaveQueue(waiting)
      // The next turn is another client's.
      if (this.queues.delete(client) && queue.length > 0) this.queues.set(client, queue)
      this.options.waited?.((performance.now() - waiting.arrived) / 1000)
      waiting.begin()
    }
  }

  private enter(waiting: Waiting): void {
    const queue = this.queues.get(waiting.client)
    if (queue) queue.push(waiting)
    else this.queues.set(waiting.client, [waiting])
    this.inQueue++
  }

  private leaveQueue(waiting: Waiting): void {
    const queue = this.queues.get(waiting.client)
    const at = queue?.indexOf(waiting) ?? -1
    if (!queue || at < 0) return
    queue.splice(at, 1)
    this.inQueue--
    if (queue.length === 0) this.queues.delete(waiting.client)
  }

  private makeRoomFor(client: string): void {
    let longest: Waiting[] = []
    for (const queue of this.queues.values()) if (queue.length > longest.length) longest = queue
    if ((this.queues.get(client)?.length ?? 0) + 1 >= longest.length) throw this.overloaded()
    longest.at(-1)?.refuse()
  }

  /** Seconds until what waits now is answered. */
  private get busyFor(): number {
    return Math.max(1, Math.ceil((this.inQueue * this.mean) / this.options.atOnce))
  }

  private overloaded(): ProblemError {
    return new ProblemError('overloaded', 'More questions wait than can be answered soon.', {
      remedy: 'Ask again a little later.',
      retryAfter: this.busyFor,
    })
  }

  private tooSlow(): ProblemError {
    return new ProblemError('too-slow', `The question could not be answered within ${this.options.deadline} seconds.`, {
      remedy: 'Ask again a little later.',
      retryAfter: this.busyFor,
    })
  }
}
