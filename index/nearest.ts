import type { Neighbour, PassageStore } from './stores/store.ts'

/** Compares a vector with each of these passages: the k nearest, nearest first; of equal ones the first. */
export function nearestOf(store: PassageStore, passages: number[], vector: Float32Array, k: number): Neighbour[] {
  return passages
    .map((passage) => ({ passage, similarity: dot(store.vectorOf(passage), vector) }))
    .sort((a, b) => b.similarity - a.similarity || a.passage - b.passage)
    .slice(0, k)
}

export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number)
  return sum
}
