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

interface SourceRow {
  path: string
  number: number
  born: number
}

/** Sources of the current generation. */
const ALIVE = 'sources.born <= record.current AND (sources.died IS NULL OR sources.died > record.current)'
/** What depends on the order in which rows were written. */
const NUMBERS = "'{source,file,born,died,voice}'::text[]"

/** Reads all of it, so that two records can be compared whoever has written them in whatever order. */
export async function contentOf(session: Session): Promise<RecordContent> {
  const sources = await session.rows<SourceRow & { row: string }>(
    `SELECT sources.path, source AS number, sources.born, (to_jsonb(sources) - ${NUMBERS})::text AS row
      FROM onrecord.sources, onrecord.record WHERE ${ALIVE} ORDER BY sources.path, sources.position`,
  )
  const lines: string[] = []
  let passages = 0
  for (const { path, number, row } of sources) {
    const held = await rowsOf(session, number)
    passages += held.passages
    lines.push(`${path} ${sha256OfText(row + held.rows)}`)
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

async function rowsOf(session: Session, source: number): Promise<{ passages: number; rows: string }> {
  const passages = await session.rows<{ row: string }>(
    `SELECT (to_jsonb(passages) - ${NUMBERS})::text AS row FROM onrecord.passages WHERE source = $1 ORDER BY number`,
    [source],
  )
  const statements = await session.rows<{ row: string }>(
    `SELECT (to_jsonb(statements) - ${NUMBERS} || (to_jsonb(voices) - ${NUMBERS}))::text AS row
      FROM onrecord.statements JOIN onrecord.voices USING (voice) WHERE source = $1 ORDER BY number`,
    [source],
  )
  return { passages: passages.length, rows: JSON.stringify([passages, statements]) }
}
