import type { Attribution } from './attributions.ts'
import type { Clause } from './extents.ts'

export function nominal(_clause: Clause, _i: number): Attribution | null {
  return null
}
