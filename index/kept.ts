/** What was made of a key, kept so that it is made once: at most so many, then all are made anew. */
export class Kept<Key, Value> {
  private readonly made = new Map<Key, Value>()
  private readonly most: number
  private readonly make: (key: Key) => Value

  constructor(most: number, make: (key: Key) => Value) {
    this.most = most
    this.make = make
  }

  of(key: Key): Value {
    const known = this.made.get(key)
    if (known !== undefined) return known
    const value = this.make(key)
    if (this.made.size >= this.most) this.made.clear()
    this.made.set(key, value)
    return value
  }
}
