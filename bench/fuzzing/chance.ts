import { uniform } from '../seeded.ts'

/** Choices that are the same for the same seed. */
export class Chance {
  private readonly random: () => number

  constructor(seed: number) {
    this.random = uniform(seed)
  }

  /** A whole number from 0 to below n. */
  below(n: number): number {
    return Math.floor(this.random() * n)
  }

  one<T>(of: readonly T[]): T {
    return of[this.below(of.length)] as T
  }

  /** Up to n of them. */
  some<T>(n: number, make: () => T): T[] {
    return Array.from({ length: this.below(n + 1) }, make)
  }

  bytes(n: number): Buffer {
    return Buffer.from(Array.from({ length: n }, () => this.below(256)))
  }
}
