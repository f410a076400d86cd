/** A vector as the database writes it, with length 1: it is not quite that long in half precision. */
export function unitOf(halfvec: string): Float32Array {
  const numbers = JSON.parse(halfvec) as number[]
  const length = Math.hypot(...numbers) || 1
  return Float32Array.from(numbers, (x) => x / length)
}
