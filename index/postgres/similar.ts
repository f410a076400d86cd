import { EDITS } from '../lexical.ts'
import { termsNear } from '../near-terms.ts'
import type { Database } from './connection.ts'

/** Terms with the same first letter that are at most two letters away from one, those of most passages first. */
export async function similarTerms(database: Database, generation: number, term: string): Promise<string[]> {
  const [first = ''] = term
  const rows = await database.rows<{ term: string; passages: number }>(
    `SELECT term, passages FROM (
      SELECT DISTINCT ON (term) term, passages FROM onrecord.terms
      WHERE term >= $1 AND starts_with(term, $1) AND char_length(term) BETWEEN $2 AND $3 AND born <= $4 ORDER BY term, born DESC
    ) t WHERE passages > 0`,
    [first, [...term].length - EDITS, [...term].length + EDITS, generation],
  )
  const sorted = rows.sort((a, b) => (a.term < b.term ? -1 : 1))
  const letters = Uint16Array.from(sorted.flatMap((row) => Array.from({ length: row.term.length }, (_, i) => row.term.charCodeAt(i))))
  const termStarts = new Uint32Array(sorted.length + 1)
  for (const [i, row] of sorted.entries()) termStarts[i + 1] = (termStarts[i] as number) + row.term.length
  return termsNear(term, EDITS, { letters, termStarts })
    .map((number) => sorted[number] as (typeof rows)[number])
    .sort((a, b) => b.passages - a.passages || (a.term < b.term ? -1 : 1))
    .map((near) => near.term)
}
