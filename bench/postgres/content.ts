import type { Session } from '../../index/postgres/connection.ts'
import { sha256OfText } from '../../index/sha256.ts'

/** What the current generation of a record holds, numbers aside. */
export interface RecordContent {
  /** A line each: their path and the sha256 of all that is written of them, in the order of paths. */
  sources: string[]
  passages: number
  /** Passages that are there twice, or are of no source; there must be none. */
  twice: number
  terms: string
  groups: string
  counts: string
}

/** Sources that are read at a time. */
const BATCH = 500

/** Sources of the current generation. */
const ALIVE = 'sources.born <= record.current AND (sources.died IS NULL OR sources.died > record.current)'
/** What depends on the order in which rows were written. */
const NUMBERS = "'{source,file,born,died,voice}'::text[]"

/** Reads all of it, so that two records can be compared whoever has written them in whatever order. */
export async function contentOf(session: Session): Promise<RecordContent> {
  const sources = await session.rows<{ path: string; number: number; row: string }>(
    `SELECT sources.path, source AS number, ${digestOf('sources')} AS row
      FROM onrecord.sources, onrecord.record WHERE ${ALIVE} ORDER BY sources.path, sources.position`,
  )
  const lines: string[] = []
  let passages = 0
  for (let at = 0; at < sources.length; at += BATCH) {
    const some = sources.slice(at, at + BATCH)
    const numbers = some.map(({ number }) => number)
    const held = [
      await rowsOf(session, `SELECT source, ${digestOf('passages')} AS row FROM onrecord.passages WHERE source = ANY($1::bigint[]) ORDER BY number`, numbers),
      await rowsOf(
        session,
        `SELECT source, ${digestOf('statements')} || ${digestOf('voices')} AS row
          FROM onrecord.statements JOIN onrecord.voices USING (voice) WHERE source = ANY($1::bigint[]) ORDER BY number`,
        numbers,
      ),
    ]
    for (const { path, number, row } of some) {
      passages += held[0]?.get(number)?.length ?? 0
      lines.push(`${path} ${sha256OfText(JSON.stringify([row, ...held.map((rows) => rows.get(number) ?? [])]))}`)
    }
  }
  const [counted] = await session.rows<{ all: number; known: number }>(
    `SELECT count(*) AS all, (SELECT coalesce(sum(sources.passages), 0)::bigint FROM onrecord.sources) AS known FROM onrecord.passages`,
  )
  const terms = await session.rows(
    `SELECT DISTINCT ON (term) term, terms.passages, texts, titles FROM onrecord.terms, onrecord.record WHERE born <= current ORDER BY term, born DESC`,
  )
  const groups = await session.rows(
    `SELECT member.path, first.path AS "group" FROM onrecord.groups, onrecord.record, onrecord.sources member, onrecord.sources first
      WHERE groups.born = current AND member.source = groups.source AND first.source = "group" ORDER BY 1`,
  )
  const [counts] = await session.rows(
    `SELECT generations.sources, passages, sentences, languages, text_average, title_average, dates, skipped
      FROM onrecord.generations, onrecord.record WHERE number = current`,
  )
  const ofTerms = terms.filter((row) => (row as { passages: number }).passages > 0)
  return {
    sources: lines,
    passages,
    twice: (counted?.all ?? 0) - (counted?.known ?? 0),
    terms: `${ofTerms.length} terms ${sha256OfText(JSON.stringify(ofTerms))}`,
    groups: JSON.stringify(groups),
    counts: JSON.stringify(counts),
  }
}

/** What a row holds, without its numbers. */
function digestOf(table: string): string {
  return `encode(sha256(convert_to((to_jsonb(${table}) - ${NUMBERS})::text, 'UTF8')), 'hex')`
}

/** Rows of sources, by the number of each. */
async function rowsOf(session: Session, sql: string, numbers: number[]): Promise<Map<number, string[]>> {
  const bySource = new Map<number, string[]>(numbers.map((number) => [number, []]))
  for (const { source, row } of await session.rows<{ source: number; row: string }>(sql, [numbers])) bySource.get(source)?.push(row)
  return bySource
}
