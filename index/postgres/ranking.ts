import { B, K, TITLE } from '../lexical.ts'
import type { Database, Session } from './connection.ts'
import { tsvectorOf } from './lexemes.ts'
import { PASSAGE, Parameters } from './parameters.ts'

/** The least version of the extension, of those that were tried. */
const LEAST = { major: 1, minor: 5 }
/** The best passages by the extension that are scored. */
const CANDIDATES = 1000
/** Times that a term of a question counts in texts, against once in titles. */
const IN_TEXT = Math.round(1 / TITLE)
/** Letters of a term's hash. Were two terms to have the same one, some candidates would score nothing. */
const LETTERS = 12

/**
 * Makes the index of pg_textsearch (BM25 with the best passages first) where the database has that extension and its library is loaded, unless it
 * is there. What is indexed are our own terms as hashes of letters, which no parser of the database divides; those of titles are told apart, so that
 * they are weighed by the titles that hold them.
 */
export async function makeRanking(session: Session, told: (index: string) => void): Promise<void> {
  if ((await hasRanking(session)) || !(await canRank(session))) return
  told('ranked words')
  const hash = `translate(left(encode(sha256(convert_to(lexeme, 'UTF8')), 'hex'), ${LETTERS}), '0123456789', 'ghijklmnop') || ' '`
  await session.run(`CREATE OR REPLACE FUNCTION onrecord.ranked_words(terms tsvector, title_terms tsvector) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(string_agg(repeat(word, cardinality(positions)), ''), '') FROM (
      SELECT ${hash} AS word, positions FROM unnest(terms) UNION ALL SELECT 'x' || ${hash}, positions FROM unnest(title_terms)) words $$`)
  await session.run(`CREATE INDEX passages_ranking ON onrecord.passages USING bm25 (onrecord.ranked_words(terms, title_terms))
    WITH (text_config = 'pg_catalog.simple', k1 = ${K}, b = ${B})`)
}

/** The passages that the extension ranks first for terms; null where its index is not there. */
export async function rankedFirst(database: Database, lexemes: string[]): Promise<number[] | null> {
  if (!(await hasRanking(database))) return null
  const parameters = new Parameters()
  const inText = parameters.of(tsvectorOf(lexemes.flatMap((lexeme) => Array<string>(IN_TEXT).fill(lexeme))), 'tsvector')
  const inTitle = parameters.of(tsvectorOf(lexemes), 'tsvector')
  // A statement of its own: within another one the extension reckons the score of each row again, which takes 50 times as long.
  const sql = `SELECT ${PASSAGE} AS passage FROM onrecord.passages p ORDER BY onrecord.ranked_words(p.terms, p.title_terms) <@>
    to_bm25query(onrecord.ranked_words(${inText}, ${inTitle}), 'onrecord.passages_ranking') LIMIT ${CANDIDATES}`
  const rows = await database.reading('SET LOCAL jit = off', (session) => session.rows<{ passage: number }>(sql, parameters.values))
  return rows.map(({ passage }) => passage)
}

/** Is the index there? It goes with the extension. */
async function hasRanking(session: Session): Promise<boolean> {
  const [row] = await session.rows<{ there: boolean }>(`SELECT to_regclass('onrecord.passages_ranking') IS NOT NULL AS there`)
  return row?.there === true
}

async function canRank(session: Session): Promise<boolean> {
  const [row] = await session.rows<{ version: string }>(
    `SELECT extversion AS version FROM pg_extension WHERE extname = 'pg_textsearch' AND to_regprocedure('to_bm25query(text, text)') IS NOT NULL
      AND current_setting('pg_textsearch.library_version', true) IS NOT NULL`,
  )
  const [major = 0, minor = 0] = row?.version.split('.').map(Number) ?? []
  return major > LEAST.major || (major === LEAST.major && minor >= LEAST.minor)
}
