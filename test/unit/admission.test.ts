import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import { Admission, type AdmissionOptions } from '../../server/admission.ts'
import { ProblemError } from '../../server/problems.ts'
import { afterFile } from '../after.ts'

/** Admission, and work for it that ends when it is told to; `begun` names what was begun, in order. */
function admission(options: Partial<AdmissionOptions> = {}) {
  const admission = new Admission({ atOnce: 1, queue: 10, deadline: 60, ...options })
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const signals = new Map<string, AbortSignal>()
  const asked: Promise<string>[] = []
  const ask = (client: string, name: string, gone?: AbortSignal): Promise<string> => {
    const answer = admission
      .run(
        client,
        (signal) => {
          begun.push(name)
          signals.set(name, signal)
          return new Promise<void>((end) => ends.set(name, end)).then(() => name)
        },
        gone,
      )
      .catch((error: unknown) => (error instanceof ProblemError ? (error.problem.type.split(':').pop() as string) : String(error)))
    asked.push(answer)
    return answer
  }
  /** Ends what is at work, and what comes after it, until nothing is. */
  const drain = async () => {
    while (admission.working > 0) {
      for (const end of ends.values()) end()
      await wait(0)
    }
    return Promise.all(asked)
  }
  return { admission, begun, signals, ask, drain, end: async (name: string) => [ends.get(name)?.(), await wait(0)] }
}

const many = (client: string, count: number) => Array.from({ length: count }, (_, i) => `${client}${i}`)

/** How many answers are begun before that of a patient client, who asks once while a greedy one asks 200 times. */
async function answersBefore({ ask, begun, drain }: Pick<ReturnType<typeof admission>, 'ask' | 'begun' | 'drain'>): Promise<number> {
  for (const name of many('greedy', 200)) {
    try {
      void ask('greedy', name)
    } catch {
      // Refused at once.
    }
  }
  void ask('patient', 'patient')
  await drain()
  return begun.indexOf('patient')
}

describe('a patient client beside a greedy one', () => {
  it('waits for two hundred answers where nothing is admitted but in the order of arrival', async () => {
    const naive = admission({ queue: Number.POSITIVE_INFINITY })
    // What a server without admission does: one queue, in which everyone is the same.
    expect(await answersBefore({ ...naive, ask: (_client, name) => naive.ask('everyone', name) })).toBe(200)
  })

  it.each([1, 3])('waits for what is at work and one turn more, with %i at work', async (atOnce) => {
    expect(await answersBefore(admission({ atOnce, queue: 64 }))).toBeLessThanOrEqual(atOnce + 1)
  })
})

it('lets clients take turns, and keeps the order of each one', async () => {
  const { ask, begun, drain } = admission()
  for (const name of ['a0', 'a1', 'a2', 'b0', 'b1', 'c0']) void ask(name[0] as string, name)
  await drain()
  expect(begun).toEqual(['a0', 'a1', 'b0', 'c0', 'a2', 'b1'])
})

it('has so many at work and no more', async () => {
  const { admission: full, ask, begun, end, drain } = admission({ atOnce: 2 })
  for (const name of many('a', 4)) void ask('a', name)
  expect([begun, full.working, full.waiting]).toEqual([['a0', 'a1'], 2, 2])
  await end('a1')
  expect([begun, full.working, full.waiting]).toEqual([['a0', 'a1', 'a2'], 2, 1])
  expect(await drain()).toEqual(['a0', 'a1', 'a2', 'a3'])
})

describe('when no more may wait', () => {
  it('refuses a client that has its share, at once, and says when what waits now is answered', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    afterFile(() => vi.useRealTimers())
    const { admission: full, ask, end, drain } = admission({ queue: 3 })
    void ask('a', 'a0')
    vi.advanceTimersByTime(7000)
    await end('a0')
    for (const name of many('b', 4)) void ask('b', name)
    expect(() => full.run('b', () => Promise.resolve())).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ status: 503, type: 'urn:onrecord:problem:overloaded', retryAfter: 21 }) as unknown }),
    )
    await drain()
    vi.useRealTimers()
  })

  it('takes the newest question from the client with most of them, and gives its place to another', async () => {
    const { ask, begun, drain } = admission({ queue: 3 })
    for (const name of ['a0', 'a1', 'a2', 'a3', 'b0', 'b1', 'c0']) {
      try {
        void ask(name[0] as string, name)
      } catch {
        begun.push(`refused ${name}`)
      }
    }
    expect(await drain()).toEqual(['a0', 'a1', 'overloaded', 'overloaded', 'b0', 'c0'])
    expect(begun).toEqual(['a0', 'refused b1', 'a1', 'b0', 'c0'])
  })
})

describe('a question', () => {
  it('whose client leaves while it waits is out of the queue at once and never begun', async () => {
    const { admission: half, ask, begun, drain } = admission()
    const gone = new AbortController()
    void ask('a', 'a0')
    const left = ask('b', 'b0', gone.signal)
    gone.abort(new Error('left'))
    expect(half.waiting).toBe(0)
    expect(await left).toBe('Error: left')
    await drain()
    expect(begun).toEqual(['a0'])
  })

  it('whose client leaves while it is at work is told so, and keeps its place until it ends', async () => {
    const { admission: half, ask, signals, end, drain } = admission()
    const gone = new AbortController()
    void ask('a', 'a0', gone.signal)
    void ask('b', 'b0')
    gone.abort(new Error('left'))
    expect(signals.get('a0')?.aborted).toBe(true)
    expect([half.working, half.waiting]).toEqual([1, 1])
    await end('a0')
    expect([half.working, half.waiting]).toEqual([1, 0])
    await drain()
  })

  it('past its deadline is refused, whether it waits or is at work', async () => {
    const { admission: half, ask, begun, signals } = admission({ deadline: 0.02 })
    expect(await Promise.all([ask('a', 'a0'), ask('b', 'b0')])).toEqual(['too-slow', 'too-slow'])
    expect([begun, half.waiting, signals.get('a0')?.aborted]).toEqual([['a0'], 0, true])
  })

  it('that fails leaves its place to the next', async () => {
    const { admission: half, ask, begun, drain } = admission()
    const failed = half.run('a', () => Promise.reject(new Error('broken')))
    void ask('b', 'b0')
    await expect(failed).rejects.toThrow('broken')
    await drain()
    expect(begun).toEqual(['b0'])
  })
})
