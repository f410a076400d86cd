import { createHash } from 'node:crypto'

/** Bytes of a lexeme, at most 2,046 in PostgreSQL; a longer term is cut, and told apart by its hash. */
const LONGEST = 1900
/** Positions that a lexeme keeps, at most 255 in PostgreSQL. */
export const MOST_POSITIONS = 255

/** A term as the database has it. */
export function lexemeOf(term: string): string {
  const bytes = Buffer.byteLength(term)
  if (bytes <= LONGEST) return term
  return `${Buffer.from(term).subarray(0, LONGEST).toString('utf8')}${createHash('sha256').update(term).digest('hex')}`
}

/** The terms of a text as a tsvector: each has as many positions as it stands in the text. */
export function tsvectorOf(terms: string[]): string {
  const counts = new Map<string, number>()
  for (const term of terms) counts.set(lexemeOf(term), Math.min((counts.get(lexemeOf(term)) ?? 0) + 1, MOST_POSITIONS))
  return Array.from(counts, ([term, count]) => `${quoted(term)}:${positions(count)}`).join(' ')
}

/** A query for a lexeme. */
export function tsqueryOf(lexeme: string): string {
  return quoted(lexeme)
}

function quoted(lexeme: string): string {
  return `'${lexeme.replace(/['\\]/g, '$&$&')}'`
}

function positions(count: number): string {
  return Array.from({ length: count }, (_, i) => i + 1).join(',')
}
