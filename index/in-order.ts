export type Outcome<Result> = { value: Result } | { error: unknown }

/** What comes of each item, in the order of the items, while up to `ahead` of those that follow are at work. */
export async function* inOrder<Item, Result>(
  items: readonly Item[],
  ahead: number,
  work: (item: Item) => Promise<Result> | Result,
): AsyncGenerator<{ item: Item; result: Outcome<Result> }> {
  const running: Promise<Outcome<Result>>[] = []
  let next = 0
  for (const item of items) {
    while (next < items.length && running.length <= ahead) running.push(outcomeOf(items[next++] as Item, work))
    yield { item, result: await (running.shift() as Promise<Outcome<Result>>) }
  }
}

async function outcomeOf<Item, Result>(item: Item, work: (item: Item) => Promise<Result> | Result): Promise<Outcome<Result>> {
  try {
    return { value: await work(item) }
  } catch (error) {
    return { error }
  }
}

/** Like Promise.all, but what has begun has ended when it throws. */
export async function allEnded<T extends readonly unknown[]>(running: T): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(running)
  return Promise.all(running)
}
