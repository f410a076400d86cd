/** What was made of the last keys, at most so many, kept so that it is not made again; of a long key nothing is kept. */
export class LastUsed<Value> {
  private readonly kept = new Map<string, Value>()
  private readonly most: number
  /** Characters of a key, at most. */
  private readonly length: number

  constructor(most: number, length: number) {
    this.most = most
    this.length = length
  }

  /** What was kept of a key; it is the newest again. */
  get(key: string): Value | undefined {
    const known = this.kept.get(key)
    if (known !== undefined) {
      this.kept.delete(key)
      this.kept.set(key, known)
    }
    return known
  }

  keep(key: string, value: Value): void {
    if (key.length > this.length) return
    const [oldest] = this.kept.keys()
    if (this.kept.size >= this.most && oldest !== undefined) this.kept.delete(oldest)
    this.kept.set(key, value)
  }
}
