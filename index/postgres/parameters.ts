import type { Value } from './connection.ts'

/** The values of a statement, numbered as they are named in it. */
export class Parameters {
  readonly values: Value[] = []

  /** What stands for a value in the statement. */
  of(value: Value, type: string): string {
    return `$${this.values.push(value)}::${type}`
  }
}

/** The number of a passage, of a row `p` of passages. */
export const PASSAGE = 'p.source * 65536 + p.number'

/** Joins a row of passages `p`, whose number is in a list. */
export function fromList(list: string): string {
  return `unnest(${list}) WITH ORDINALITY AS l (passage, nth) JOIN onrecord.passages p ON p.source = l.passage >> 16 AND p.number = l.passage & 65535`
}

/** Is a row of sources in a generation? */
export function isIn(generation: string, source = 's'): string {
  return `${source}.born <= ${generation} AND (${source}.died IS NULL OR ${source}.died > ${generation})`
}
