import type { ListedSpeaker, SaidBy } from '../reader.ts'
import { neededFor, type Voice } from '../voices.ts'
import type { Database } from './connection.ts'
import { isIn, type Parameters } from './parameters.ts'
import { plain } from './rows.ts'
import { type Condition, fewOf, PostgresPassages } from './within.ts'

/** Who speaks, or whose paper a source is, that all of these terms are of; none for no terms. */
export async function voicesCalled(database: Database, generation: number, needed: string[]): Promise<Voice[]> {
  if (needed.length === 0) return []
  const rows = await database.rows<{ name: string; speaker: string; is_person: boolean; own: string[]; outlet_terms: string[] }>(
    `SELECT v.name, v.speaker, v.is_person, v.own, v.outlet_terms FROM onrecord.voices v WHERE v.all_terms @> $2::text[] AND (
      EXISTS (SELECT FROM onrecord.statements st JOIN onrecord.sources s ON s.source = st.source WHERE st.voice = v.voice AND ${isIn('$1')})
      OR EXISTS (SELECT FROM onrecord.sources s WHERE s.voice = v.voice AND ${isIn('$1')}))
    ORDER BY v.voice`,
    [generation, needed.map(plain)],
  )
  return rows.map(({ name, speaker, is_person, own, outlet_terms }) => ({
    name,
    speaker,
    isPerson: is_person,
    own: new Set(own),
    outlet: new Set(outlet_terms),
  }))
}

/** The passages in which such a statement stands, and with `papers` those of the papers of who is asked for. */
export async function passagesSaid(database: Database, generation: number, by: SaidBy, papers: boolean): Promise<PostgresPassages> {
  const { speakers, outlets } = by.speaker === null ? { speakers: null, outlets: [] } : await voicesAskedFor(database, by.speaker, by.persons)
  const own = papers ? outlets : []
  const time = (row: string, parameters: Parameters) => inTime(row, by, parameters)
  const voice = (parameters: Parameters) => (speakers === null ? '' : `AND st.voice = ANY (${parameters.of(speakers, 'bigint[]')})`)
  const driving: Condition = (parameters) => {
    const said = `SELECT st.source FROM onrecord.statements st WHERE true ${voice(parameters)} ${time('st', parameters)}`
    return `${said} UNION ALL SELECT s.source FROM onrecord.sources s WHERE s.voice = ANY (${parameters.of(own, 'bigint[]')}) ${time('s', parameters)}`
  }
  const condition: Condition = (parameters) => {
    const said = `EXISTS (SELECT FROM onrecord.statements st WHERE st.source = p.source AND st.start < p."end" AND st."end" > p.start ${voice(parameters)} ${time('st', parameters)})`
    return `(${said} OR (s.voice = ANY (${parameters.of(own, 'bigint[]')}) ${time('s', parameters)}))`
  }
  return new PostgresPassages(await fewOf(database, generation, driving, condition), condition)
}

/** The voices that words for a speaker stand for, and the outlets' own among them. */
async function voicesAskedFor(database: Database, speaker: string, persons: ReadonlySet<string>): Promise<{ speakers: number[]; outlets: number[] }> {
  const needed = neededFor(speaker).map(plain)
  const rows = await database.rows<{ voice: number; is_outlet: boolean }>(
    `SELECT voice, folded = '' AS is_outlet FROM onrecord.voices
    WHERE (cardinality($1::text[]) > 0 AND all_terms @> $1::text[]) OR speaker = ANY ($2::text[])`,
    [needed, [...persons].map(plain)],
  )
  const numbers = (wanted: boolean) => rows.filter(({ is_outlet }) => is_outlet === wanted).map(({ voice }) => voice)
  return { speakers: numbers(false), outlets: numbers(true) }
}

function inTime(row: string, { after, before }: SaidBy, parameters: Parameters): string {
  const from = after === null ? '' : `AND ${row}.first_day >= ${parameters.of(after, 'text')}`
  return before === null ? from : `${from} AND ${row}.first_day < ${parameters.of(before, 'text')}`
}

/** Everybody who says something, with the role that is given most often: those with most statements first, then by name. */
export async function speakers(database: Database, generation: number, most: number): Promise<ListedSpeaker[]> {
  return database.rows<ListedSpeaker>(
    `WITH said AS (
      SELECT v.speaker, v.role, count(*) AS statements FROM onrecord.statements st
      JOIN onrecord.sources s ON s.source = st.source AND ${isIn('$1')} JOIN onrecord.voices v ON v.voice = st.voice GROUP BY v.speaker, v.role
    )
    SELECT speaker AS name, (array_agg(role ORDER BY statements DESC, role COLLATE "C") FILTER (WHERE role IS NOT NULL))[1] AS role, sum(statements)::bigint AS statements
    FROM said GROUP BY speaker ORDER BY sum(statements) DESC, speaker COLLATE "C" LIMIT $2`,
    [generation, most],
  )
}

/** Statements spread over all, in the order of the sources' numbers. */
export async function someStatements(database: Database, generation: number, most: number): Promise<{ source: number; statement: number }[]> {
  return database.rows<{ source: number; statement: number }>(
    `SELECT source, number AS statement FROM (
      SELECT st.source, st.number, row_number() OVER (ORDER BY st.source, st.number) - 1 AS nth, count(*) OVER () AS total
      FROM onrecord.statements st JOIN onrecord.sources s ON s.source = st.source AND ${isIn('$1')}
    ) n WHERE nth % greatest(1, total / $2) = 0 ORDER BY source, number`,
    [generation, most],
  )
}
