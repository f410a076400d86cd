import { PGlite } from '@electric-sql/pglite'
import { pg_textsearch } from '@electric-sql/pglite-pg_textsearch'
import { vector } from '@electric-sql/pglite-pgvector'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
import { LexicalIndex } from '../../index/lexical.ts'
import { LexicalWriter } from '../../index/lexical-writer.ts'
import { Database } from '../../index/postgres/connection.ts'
import { tsvectorOf } from '../../index/postgres/lexemes.ts'
import { type Averages, matching } from '../../index/postgres/matching.ts'
import { makeRanking } from '../../index/postgres/ranking.ts'
import { migrate } from '../../index/postgres/schema.ts'
import { termsOf } from '../../index/terms.ts'
import { uniform } from '../seeded.ts'

const WORDS = 30_000
/** Passages of a source. */
const EACH = 100
const TIMES = 7
/** Passages that are compared, of those that a question takes. */
const BEST = 50
/** Questions, by how frequent their words are: the first word stands in almost every passage. */
const QUESTIONS = [[0, 1, 2, 3], [2, 5, 9, 20], [2, 5, 9, 20, 40, 80, 160], [1, 3, 10, 30, 100, 300, 1000, 3000], [3], [0, 1]]

export interface Asked {
  terms: number
  /** Of the processor: PGlite runs in this process, and other work on the machine is not counted. */
  milliseconds: number
  /** Of the best passages, how many have the score that they have in a folder's index. */
  asGood: number
}

/** Questions of frequent words among generated passages in PGlite, first with pg_textsearch, then without; the median of several times each. */
export async function frequent(passages: number): Promise<{ indexMilliseconds: number; indexBytes: number; withIndex: Asked[]; without: Asked[] }> {
  const db = await PGlite.create({ extensions: { vector, pg_textsearch } })
  await db.exec('CREATE EXTENSION pg_textsearch')
  const server = new PGLiteSocketServer({ db, port: 0, maxConnections: 4 })
  await server.start()
  const database = await Database.open(`postgres://postgres:postgres@${server.getServerConn()}/postgres`, { most: 1 })
  try {
    await migrate(database)
    const { folder, averages } = await fill(database, passages)
    const began = process.cpuUsage()
    await makeRanking(database, () => {})
    const indexMilliseconds = Math.round(process.cpuUsage(began).user / 1000)
    await database.run('ANALYZE')
    const [row] = await database.rows<{ bytes: number }>(`SELECT pg_relation_size('onrecord.passages_ranking') AS bytes`)
    const withIndex = await askAll(database, averages, folder)
    await database.run('DROP INDEX onrecord.passages_ranking')
    return { indexMilliseconds, indexBytes: row?.bytes ?? 0, withIndex, without: await askAll(database, averages, folder) }
  } finally {
    await database.close()
    await server.stop()
    await db.close()
  }
}

async function fill(database: Database, passages: number): Promise<{ folder: LexicalIndex; averages: Averages }> {
  const random = uniform(3)
  // Zipf, as the words of a language are.
  const words = (count: number) => Array.from({ length: count }, () => wordOf(Math.floor(WORDS ** random()) - 1)).join(' ')
  const writer = LexicalWriter.for()
  for (let source = 0; source < passages / EACH; source++) {
    const title = words(5)
    const texts = Array.from({ length: EACH }, () => words(40 + Math.floor(random() * 80)))
    for (const [i, text] of texts.entries()) writer.add(source * EACH + i, text, title)
    const [terms, titleTerms] = [texts.map(termsOf), termsOf(title)]
    await database.run(
      `INSERT INTO onrecord.sources (source, file, position, id, path, sha256, line, text, path_folded, title_folded, passages, sentences, born)
      VALUES ($1, $1, 0, $1::bigint::text, $1::bigint::text, '', '', '', '', '', ${EACH}, ${EACH}, 1)`,
      [source],
    )
    await database.run(
      `INSERT INTO onrecord.passages (source, number, start, "end", sentences, embedding, sentence_vectors, tokens, signs, key, terms, title_terms, length, title_length)
      SELECT $1, nth - 1, 0, 0, '{}', '[1]', '', '{}', '', '', terms::tsvector, $4::tsvector, length, $5
      FROM unnest($2::text[], $3::int[]) WITH ORDINALITY AS p (terms, length, nth)`,
      [source, terms.map(tsvectorOf), terms.map((own) => new Set(own).size), tsvectorOf(titleTerms), new Set(titleTerms).size],
    )
  }
  for (const column of ['terms', 'title_terms']) await database.run(`CREATE INDEX passages_${column} ON onrecord.passages USING gin (${column})`)
  await database.run(`INSERT INTO onrecord.terms (term, born, passages, texts, titles)
    SELECT word, 1, a.ndoc, coalesce(t.ndoc, 0), coalesce(h.ndoc, 0) FROM ts_stat('SELECT terms || title_terms FROM onrecord.passages') a
    LEFT JOIN ts_stat('SELECT terms FROM onrecord.passages') t USING (word) LEFT JOIN ts_stat('SELECT title_terms FROM onrecord.passages') h USING (word)`)
  const [average] = await database.rows<{ text: number; title: number }>(
    'SELECT avg(length)::float8 AS text, avg(title_length)::float8 AS title FROM onrecord.passages',
  )
  if (!average) throw new Error('there are no passages')
  return { folder: LexicalIndex.from(writer.finish()[0]?.bytes as Uint8Array), averages: { generation: 1, passages, ...average } }
}

async function askAll(database: Database, averages: Averages, folder: LexicalIndex): Promise<Asked[]> {
  const asked: Asked[] = []
  for (const question of QUESTIONS) {
    const terms = termsOf(question.map(wordOf).join(' '))
    const times: number[] = []
    let scores: number[] = []
    for (let time = 0; time < TIMES; time++) {
      const began = process.cpuUsage()
      scores = (await matching(database, averages, terms, { few: null, conditions: [] })).best(BEST).map(({ score }) => score)
      const { user, system } = process.cpuUsage(began)
      times.push((user + system) / 1000)
    }
    const best = folder.find(terms).best(BEST)
    const asGood = scores.filter((score, i) => Math.abs(score - (best[i]?.score ?? 0)) < 1e-6).length
    asked.push({ terms: terms.length, milliseconds: Math.round(times.sort((a, b) => a - b)[TIMES >> 1] as number), asGood })
  }
  return asked
}

function wordOf(rank: number): string {
  return `w${rank.toString(36)}q`
}
