/** Items in rows, each as long as it takes to reach one of the sums, the last one shorter. */
export function* batches<Item>(items: Iterable<Item>, sums: { of: (item: Item) => number; reach: number }[]): Generator<Item[]> {
  let batch: Item[] = []
  let left = sums.map(({ reach }) => reach)
  for (const item of items) {
    batch.push(item)
    left = left.map((rest, i) => rest - (sums[i] as (typeof sums)[number]).of(item))
    if (left.every((rest) => rest > 0)) continue
    yield batch
    batch = []
    left = sums.map(({ reach }) => reach)
  }
  if (batch.length > 0) yield batch
}
