/**
 * What a generator gives, in its order, while it goes on by itself: until what waits to be taken weighs so much. What it throws is thrown once
 * what it gave before is taken.
 */
export async function* ahead<T>(source: AsyncGenerator<T>, most: number, weightOf: (item: T) => number): AsyncGenerator<T> {
  const waiting: T[] = []
  let [weight, ended, changed] = [0, false, () => {}]
  const change = () => {
    changed()
    return new Promise<void>((resolve) => {
      changed = resolve
    })
  }
  const running = (async () => {
    try {
      for await (const item of source) {
        waiting.push(item)
        weight += weightOf(item)
        changed()
        while (weight > most && !ended) await change()
        if (ended) break
      }
    } finally {
      ended = true
      changed()
    }
  })()
  // It is waited for at the end, and must not count as unheard until then.
  running.catch(() => {})
  try {
    for (;;) {
      while (waiting.length === 0 && !ended) await change()
      if (waiting.length === 0) break
      const item = waiting.shift() as T
      weight -= weightOf(item)
      changed()
      yield item
    }
    await running
  } finally {
    ended = true
    changed()
  }
}
