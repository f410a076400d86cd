import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { ahead } from '../../index/postgres/ahead.ts'

/** Gives numbers up to one, and tells how far it is. */
function counting(last: number, fails = false) {
  const told = { given: 0, isEnded: false }
  async function* numbers() {
    try {
      for (let n = 1; n <= last; n++) {
        told.given = n
        yield n
      }
      if (fails) throw new Error('no more')
    } finally {
      told.isEnded = true
    }
  }
  return { told, numbers: numbers() }
}

it('gives everything in its order, while what gives it is only so far ahead', async () => {
  const { told, numbers } = counting(50)
  const taken: number[] = []
  for await (const n of ahead(numbers, 5, () => 1)) {
    await wait(1)
    expect(told.given - n).toBeLessThanOrEqual(6)
    if (n < 40) expect(told.given).toBeGreaterThan(n)
    taken.push(n)
  }
  expect(taken).toEqual(Array.from({ length: 50 }, (_, i) => i + 1))
})

it('gives what was there before something failed, and then fails', async () => {
  const { numbers } = counting(3, true)
  const taken: number[] = []
  await expect(
    (async () => {
      for await (const n of ahead(numbers, 100, () => 1)) taken.push(n)
    })(),
  ).rejects.toThrow('no more')
  expect(taken).toEqual([1, 2, 3])
})

it('ends what gives it when nobody takes any more', async () => {
  const { told, numbers } = counting(1_000_000)
  for await (const n of ahead(numbers, 10, () => 1)) if (n === 20) break
  await wait(5)
  expect(told.isEnded).toBe(true)
  expect(told.given).toBeLessThan(40)
})
