import { groupsOf } from '../copies.ts'
import type { Session } from './connection.ts'

/** What is counted of a generation. */
export interface Totals {
  sources: number
  passages: number
  sentences: number
  languages: Record<string, number>
  textAverage: number
  titleAverage: number
  dates: Record<string, number>
}

/** Sources of a generation whose number is $1, once it is marked what died with it. */
const ALIVE = 'born <= $1 AND died IS NULL'

/** Counts a generation, from what the one before counted and what has changed. */
export async function totalsOf(session: Session, number: number, current: number | null): Promise<Totals> {
  const [counts] = await session.rows<{ sources: number; passages: number; sentences: number }>(
    `SELECT count(*) AS sources, coalesce(sum(passages), 0)::bigint AS passages, coalesce(sum(sentences), 0)::bigint AS sentences
      FROM onrecord.sources WHERE ${ALIVE}`,
    [number],
  )
  const { sources = 0, passages = 0, sentences = 0 } = counts ?? {}
  const languages = await session.rows<{ name: string; count: number }>(
    `SELECT language AS name, count(*) AS count FROM onrecord.sources WHERE ${ALIVE} AND language IS NOT NULL GROUP BY language ORDER BY language`,
    [number],
  )
  const dates = await session.rows<{ name: string; count: number }>(
    `SELECT name, count(*) AS count FROM onrecord.sources, unnest(dates) AS name WHERE ${ALIVE} GROUP BY name ORDER BY name`,
    [number],
  )
  const lengths = await lengthsOf(session, number, current)
  const counted = (rows: { name: string; count: number }[]) => Object.fromEntries(rows.map(({ name, count }) => [name, count]))
  return {
    sources,
    passages,
    sentences,
    languages: counted(languages),
    textAverage: lengths.text / (passages || 1),
    titleAverage: lengths.title / (passages || 1),
    dates: counted(dates),
  }
}

/** The lengths of all passages together: whole numbers, so that they come out the same however often they were added to. */
async function lengthsOf(session: Session, number: number, current: number | null): Promise<{ text: number; title: number }> {
  const [before] = await session.rows<{ passages: number; text: number; title: number }>(
    'SELECT passages, text_average AS text, title_average AS title FROM onrecord.generations WHERE number = $1',
    [current],
  )
  const [change] = await session.rows<{ text: number; title: number }>(
    `SELECT coalesce(sum(sign * length), 0)::bigint AS text, coalesce(sum(sign * title_length), 0)::bigint AS title
      FROM (SELECT source, CASE WHEN born = $1 THEN 1 ELSE -1 END AS sign FROM onrecord.sources WHERE born = $1 OR died = $1) changed
      JOIN onrecord.passages USING (source)`,
    [number],
  )
  const sum = (field: 'text' | 'title') => Math.round((before?.[field] ?? 0) * (before?.passages ?? 0)) + (change?.[field] ?? 0)
  return { text: sum('text'), title: sum('title') }
}

/** Writes how many passages hold each term that what has changed holds, from this generation on. */
export async function countTerms(session: Session, number: number): Promise<void> {
  const g = Math.trunc(number)
  // ts_stat takes a statement as a text: there is nothing but a number in it.
  const counted = (field: string, marked: 'born' | 'died') =>
    `ts_stat('SELECT ${field} FROM onrecord.sources JOIN onrecord.passages USING (source) WHERE sources.${marked} = ${g}')`
  const changes = (['born', 'died'] as const).flatMap((marked) => {
    const count = marked === 'born' ? 'ndoc' : '-ndoc'
    return [
      `SELECT word, ${count} AS passages, 0 AS texts, 0 AS titles FROM ${counted('terms || title_terms', marked)}`,
      `SELECT word, 0, ${count}, 0 FROM ${counted('terms', marked)}`,
      `SELECT word, 0, 0, ${count} FROM ${counted('title_terms', marked)}`,
    ]
  })
  await session.run(
    `INSERT INTO onrecord.terms (term, born, passages, texts, titles)
      SELECT word, $1, change.passages + coalesce(before.passages, 0), change.texts + coalesce(before.texts, 0), change.titles + coalesce(before.titles, 0)
      FROM (SELECT word, sum(passages)::int AS passages, sum(texts)::int AS texts, sum(titles)::int AS titles
        FROM (${changes.join(' UNION ALL ')}) each GROUP BY word) change
      LEFT JOIN LATERAL (SELECT passages, texts, titles FROM onrecord.terms WHERE term = word COLLATE "C" AND born < $1 ORDER BY born DESC LIMIT 1) before ON true`,
    [g],
  )
}

/** Writes which sources of a generation are near-copies of each other. */
export async function writeGroups(session: Session, number: number): Promise<void> {
  const rows = await session.rows<{ source: number; signature: Buffer | null }>(
    `SELECT source, signature FROM onrecord.sources WHERE ${ALIVE} ORDER BY path, position`,
    [number],
  )
  const groups = groupsOf(rows.map(({ signature }) => signature?.toString('base64') ?? null))
  const grouped = rows.flatMap(({ source }, i) => {
    const group = groups[i] ?? null
    return group === null ? [] : [{ source, group: rows[group]?.source as number }]
  })
  await session.run('INSERT INTO onrecord.groups (born, source, "group") SELECT $1, * FROM unnest($2::bigint[], $3::bigint[])', [
    number,
    grouped.map(({ source }) => source),
    grouped.map(({ group }) => group),
  ])
}
