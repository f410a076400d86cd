import { B, D, K, type LexicalHit, TITLE } from '../lexical.ts'
import type { Matches } from '../reader.ts'
import type { Database } from './connection.ts'
import { lexemeOf, MOST_POSITIONS, tsqueryOf } from './lexemes.ts'
import { isIn, PASSAGE, Parameters } from './parameters.ts'
import { rankedFirst } from './ranking.ts'
import { type Looked, lookingAt } from './within.ts'

/** Passages that a question takes, at most. */
const MOST = 100
/** Passages that are scored when the terms are frequent: those that hold the rarest of them, or several. */
const SCORED = 4000
/** The best of them, of which alone it is looked whether they are in the generation. */
const FIRST = 1000
/** Terms of which passages that hold several are looked for: the rarest. */
const COMBINED = 6
/** Many questions are answered at a time: none of them has more than one process. Sources are looked up one by one, and never read through. */
const SETTINGS = 'SET LOCAL jit = off; SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off'

/** What is the same of all passages of a generation. */
export interface Averages {
  generation: number
  passages: number
  /** Different terms of a passage's text and title. */
  text: number
  title: number
}

interface Term {
  lexeme: string
  passages: number
  /** What it counts in the text and in the title. */
  textWeight: number
  titleWeight: number
}

interface Hit extends LexicalHit {
  group: number | null
}

/** BM25+ as the embedded index has it (index/lexical.ts), reckoned by the database. */
export async function matching(database: Database, averages: Averages, terms: string[], looked: Looked): Promise<Matches> {
  const known = await termsKnown(database, averages, terms)
  const list = [...known.values()].sort((a, b) => a.passages - b.passages)
  const hits = list.length === 0 || looked.few?.length === 0 ? [] : await best(database, averages, list, looked)
  return {
    frequency: new Map(Array.from(known, ([term, { passages }]) => [term, passages])),
    best: (most, notOf) =>
      hits
        .filter(({ group }) => notOf === undefined || group !== notOf)
        .slice(0, Math.min(most, MOST))
        .map(({ passage, score }) => ({ passage, score })),
    scoresOf: async (passages) => {
      if (list.length === 0 || passages.length === 0) return passages.map(() => 0)
      const found = await scored(database, averages, list, anyOf(list), { few: passages, conditions: [] }, passages.length)
      const scores = new Map(found.map(({ passage, score }) => [passage, score]))
      return passages.map((passage) => scores.get(passage) ?? 0)
    },
  }
}

async function best(database: Database, averages: Averages, terms: Term[], looked: Looked): Promise<Hit[]> {
  const total = terms.reduce((sum, { passages }) => sum + passages, 0)
  if (looked.few || total <= SCORED) return scored(database, averages, terms, anyOf(terms), looked, null)
  const first = await rankedFirst(
    database,
    terms.map(({ lexeme }) => lexeme),
  )
  const ranked = first ? await scored(database, averages, terms, anyOf(terms), { ...looked, few: first }, null) : []
  // Of those that are ranked first too few may pass, or be of sources that are still there.
  if (ranked.length >= MOST) return ranked
  const found = await scored(database, averages, terms, likely(terms, averages.passages), looked, SCORED)
  // Where little of that passes, whatever passes is looked at.
  return found.length >= MOST || looked.conditions.length === 0 ? found : scored(database, averages, terms, anyOf(terms), looked, SCORED)
}

/** The best passages of those that a query finds and of which at most so many are scored; the group of each is told, and at most 100 are of one. */
async function scored(database: Database, averages: Averages, terms: Term[], query: string, looked: Looked, most: number | null): Promise<Hit[]> {
  const ask = (first: number | null) => {
    const parameters = new Parameters()
    const sql = bestSql(averages, terms, query, looked, most, first, parameters)
    return database.reading(SETTINGS, (session) => session.rows<Hit & { ranked: number }>(sql, parameters.values))
  }
  if (looked.few || looked.conditions.length > 0) return ask(null)
  const hits = await ask(FIRST)
  // Almost all of the first were of sources that are no longer there.
  return hits.length < 2 * MOST && (hits[0]?.ranked ?? FIRST) === FIRST ? ask(null) : hits
}

/** With `first` it is looked of so many alone, the best, whether their sources are in the generation. */
function bestSql(averages: Averages, terms: Term[], query: string, looked: Looked, most: number | null, first: number | null, parameters: Parameters): string {
  const { from, where } = first === null ? lookingAt(looked, averages.generation, parameters) : { from: 'onrecord.passages p', where: 'true' }
  const born = parameters.of(averages.generation, 'int')
  const asked = parameters.of(query, 'tsquery')
  const steps = parameters.of(STEPS, 'float8[]')
  const norm = (length: string, average: number) => `${K} * (${1 - B} + ${B} * ${length} / ${parameters.of(average || 1, 'float8')})`
  const counts = terms.flatMap(({ lexeme }, i) => {
    const one = parameters.of(tsqueryOf(lexeme), 'tsquery')
    const count = (column: string) => `width_bucket(ts_rank('{1,1,1,1}', p.${column}, ${one})::float8, ${steps})`
    return [`${count('terms')} AS t${i}`, `${count('title_terms')} AS h${i}`]
  })
  const worth = (count: string, weight: number, norm: string) =>
    `CASE WHEN ${count} > 0 THEN ${parameters.of(weight, 'float8')} * (${D} + ${count} * ${K + 1} / (${count} + ${norm})) ELSE 0 END`
  const sum = terms.map(({ textWeight, titleWeight }, i) => `${worth(`t${i}`, textWeight, 't_norm')} + ${worth(`h${i}`, titleWeight, 'h_norm')}`).join(' + ')
  const held = terms.map((_, i) => `(t${i} + h${i} > 0)::int`).join(' + ')
  const alive = first === null ? '' : `JOIN onrecord.sources s ON s.source = r.source AND ${isIn(born)}`
  return `WITH counted AS MATERIALIZED (
      SELECT p.source, ${PASSAGE} AS passage, ${norm('p.length', averages.text)} AS t_norm, ${norm('p.title_length', averages.title)} AS h_norm, ${counts}
      FROM ${from} WHERE (p.terms @@ ${asked} OR p.title_terms @@ ${asked}) AND ${where} ${most === null ? '' : `LIMIT ${most}`}
    ), ranked AS MATERIALIZED (
      SELECT source, passage, (${held}) * (${sum}) AS score FROM counted ${first === null ? '' : `ORDER BY score DESC, passage LIMIT ${first}`}
    )
    SELECT passage, score, "group", (SELECT count(*) FROM ranked) AS ranked FROM (
      SELECT r.passage, r.score, g."group", row_number() OVER (PARTITION BY g."group" ORDER BY r.score DESC, r.passage) AS nth
      FROM ranked r ${alive} LEFT JOIN onrecord.groups g ON g.born = ${born} AND g.source = r.source
    ) grouped WHERE "group" IS NULL OR nth <= ${MOST} ORDER BY score DESC, passage ${looked.few ? '' : `LIMIT ${2 * MOST}`}`
}

/** In how many passages each term stands; one that stands in none is left out. */
async function termsKnown(database: Database, { generation, passages }: Averages, terms: string[]): Promise<Map<string, Term>> {
  const lexemes = new Map([...new Set(terms)].map((term) => [term, lexemeOf(term)]))
  const rows = await counted(database, generation, [...lexemes.values()])
  const weight = (count: number) => Math.log(1 + (passages - count + 0.5) / (count + 0.5))
  const known = new Map<string, Term>()
  for (const [term, lexeme] of lexemes) {
    const row = rows.get(lexeme)
    if (row) known.set(term, { lexeme, passages: row.passages, textWeight: weight(row.texts), titleWeight: TITLE * weight(row.titles) })
  }
  return known
}

interface Counted {
  term: string
  passages: number
  texts: number
  titles: number
}

/** How often terms stand in a generation; one that stands nowhere is left out. */
export async function counted(database: Database, generation: number, lexemes: string[]): Promise<Map<string, Counted>> {
  if (lexemes.length === 0) return new Map()
  const rows = await database.rows<Counted>(
    `SELECT * FROM (SELECT DISTINCT ON (term) term, passages, texts, titles FROM onrecord.terms WHERE term = ANY ($1::text[]) AND born <= $2 ORDER BY term, born DESC) t
    WHERE passages > 0`,
    [lexemes, generation],
  )
  return new Map(rows.map((row) => [row.term, row]))
}

function anyOf(terms: Term[]): string {
  return terms.map(({ lexeme }) => tsqueryOf(lexeme)).join(' | ')
}

/**
 * What the passages with the highest scores hold when all that hold a term are too many: one of the rarest terms, or several of the others, as many
 * as it takes for about as many passages as are scored. A score is multiplied by the number of terms held, so that one frequent term alone is little.
 */
function likely(terms: Term[], total: number): string {
  let rare = 0
  for (let sum = 0; rare < terms.length; rare++) {
    sum += (terms[rare] as Term).passages
    if (sum > SCORED / 2) break
  }
  const others = terms.slice(rare, rare + COMBINED)
  const parts = terms.slice(0, rare).map(({ lexeme }) => tsqueryOf(lexeme))
  const shares = others.map(({ passages }) => passages / total)
  for (let least = 2; least <= others.length; least++) {
    if (least < others.length && total * chanceOf(shares, least) > SCORED / 2) continue
    parts.push(...choices(others, least).map((chosen) => `(${chosen.map(({ lexeme }) => tsqueryOf(lexeme)).join(' & ')})`))
    break
  }
  return parts.length > 0 ? parts.join(' | ') : anyOf(others)
}

/** The chance that a passage holds at least so many terms, were they independent of each other. */
function chanceOf(shares: number[], least: number): number {
  let chances = [1]
  for (const share of shares) {
    chances = [...chances, 0].map((chance, i) => chance * (1 - share) + (i > 0 ? (chances[i - 1] as number) * share : 0))
  }
  return chances.slice(least).reduce((sum, chance) => sum + chance, 0)
}

function choices<One>(of: One[], count: number): One[][] {
  if (count === 0) return [[]]
  return of.flatMap((one, i) => choices(of.slice(i + 1), count - 1).map((rest) => [one, ...rest]))
}

/**
 * What tells how often a lexeme stands in a passage: ts_rank of one with n positions is the sum of 1/j^2 for j up to n, divided by that for all j.
 * Step n lies halfway between n - 1 and n.
 */
const STEPS = Array.from({ length: MOST_POSITIONS }, (_, i) => (rankOf(i) + rankOf(i + 1)) / 2)

function rankOf(positions: number): number {
  let sum = 0
  for (let j = 1; j <= positions; j++) sum += 1 / (j * j)
  return sum / 1.64493406685
}
