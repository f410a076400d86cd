import type { Shelf } from '../ui/kept-turns.ts'

/** What this browser keeps between visits; null where the reader has forbidden it, when even looking at it throws. */
export function browserShelf(): Shelf | null {
  try {
    return localStorage
  } catch {
    return null
  }
}
