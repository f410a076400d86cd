import type { Opened } from '../current.ts'
import type { Embedder } from '../embedders/embedder.ts'
import { OnRecordError } from '../errors.ts'
import type { IndexHome } from '../home.ts'
import { Database } from './connection.ts'
import { placeOf } from './failures.ts'
import { type GenerationFacts, PostgresGeneration } from './reader.ts'
import { checkSchema, noRecord } from './schema.ts'

/** Connections of a server to the database, at most: a question seldom needs two at a time, and as many are answered as there are processors. */
const CONNECTIONS = 10
/** Milliseconds that a statement of a question may take. */
const PATIENCE = 30_000
/** Milliseconds after which a database that is asked how it is counts as too slow. */
const SOON = 3000

interface PostgresPlace {
  url: string
  /** A copy that questions are answered from; empty: the database itself. */
  readUrl: string
  folder: string
}

/** A record in a database, for whoever answers from its newest generation. It is connected to when it is first needed, and again whenever it is back. */
export class PostgresHome implements IndexHome {
  readonly name: string
  readonly folder: string
  readonly lookEvery = 1000
  private readonly url: string
  private connected: Promise<Database> | null = null

  private constructor(url: string, folder: string) {
    this.url = url
    this.name = placeOf(url)
    this.folder = folder
  }

  /** Throws DATABASE_UNUSABLE when an address is none. */
  static of({ url, readUrl, folder }: PostgresPlace): PostgresHome {
    placeOf(url)
    return new PostgresHome(readUrl || url, folder)
  }

  async current(): Promise<string | null> {
    const database = await this.database()
    const [there] = await database.rows<{ there: boolean }>(`SELECT to_regclass('onrecord.generations') IS NOT NULL AS there`)
    if (!there?.there) return null
    const [row] = await database.rows<{ id: string }>('SELECT g.id FROM onrecord.record r JOIN onrecord.generations g ON g.number = r.current')
    return row?.id ?? null
  }

  async open(embedder: Embedder): Promise<Opened<PostgresGeneration>> {
    const database = await this.database()
    await checkSchema(database)
    const facts = await currentFacts(database)
    if (!facts) throw noRecord(database.place)
    if (facts.embedder !== embedder.fingerprint) throw otherModel(database.place, facts.embedder, embedder)
    return { generation: new PostgresGeneration(database, facts), newest: facts.id, degraded: null }
  }

  async check(): Promise<string> {
    const database = await this.database()
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(tooSlow(database.place)), SOON)
    })
    try {
      const asked = database.rows<{ server: string; vector: string | null }>(
        `SELECT current_setting('server_version') AS server, (SELECT extversion FROM pg_extension WHERE extname = 'vector') AS vector`,
      )
      const [row] = await Promise.race([asked, late])
      return `PostgreSQL ${row?.server}, pgvector ${row?.vector ?? 'missing'}`
    } finally {
      clearTimeout(timer)
    }
  }

  async close(): Promise<void> {
    const database = await this.connected?.catch(() => null)
    await database?.close()
  }

  private database(): Promise<Database> {
    this.connected ??= Database.open(this.url, { most: CONNECTIONS, patience: PATIENCE })
    const { connected } = this
    connected.catch(() => {
      if (this.connected === connected) this.connected = null
    })
    return connected
  }
}

interface GenerationRow {
  number: number
  id: string
  created: Date
  embedder: string
  sources: number
  passages: number
  sentences: number
  languages: string
  dates: string
  text: number
  title: number
  tokens: boolean | null
}

/** What the current generation's row says; null where there is none. */
async function currentFacts(database: Database): Promise<(GenerationFacts & { embedder: string }) | null> {
  const [row] = await database.rows<GenerationRow>(
    `SELECT g.number, g.id, g.created, r.embedder, g.sources, g.passages, g.sentences, g.languages, g.dates, g.text_average AS text, g.title_average AS title,
      (SELECT bool_or(octet_length(signs) > 0) FROM (SELECT signs FROM onrecord.passages LIMIT 100) first) AS tokens
    FROM onrecord.record r JOIN onrecord.generations g ON g.number = r.current`,
  )
  if (!row) return null
  const { number, id, created, embedder, sources, passages, sentences, languages, dates, text, title, tokens } = row
  return {
    number,
    id,
    embedder,
    created: created.toISOString(),
    counts: { sources, passages, languages: JSON.parse(languages) as Record<string, number> },
    sentences,
    averages: { generation: number, passages, text, title },
    dates: new Map(Object.entries(JSON.parse(dates) as Record<string, number>)),
    hasTokens: tokens === true,
  }
}

export function otherModel(place: string, made: string, embedder: Embedder): OnRecordError {
  return new OnRecordError(
    'INDEX_OTHER_MODEL',
    `The record in the database at ${place} was made with the model ${made}, and the one in use is ${embedder.fingerprint}.`,
    'Set ONRECORD_EMBEDDING_MODEL to the one it was made with, or name another database.',
  )
}

function tooSlow(place: string): OnRecordError {
  return new OnRecordError('DATABASE_BUSY', `The database at ${place} is there, and takes too long to answer.`, 'Try again later.')
}
