import type { Opened } from '../current.ts'
import type { Embedder } from '../embedders/embedder.ts'
import { OnRecordError } from '../errors.ts'
import type { IndexHome } from '../home.ts'
import { inTime } from '../in-time.ts'
import { Database } from './connection.ts'
import { placeOf } from './failures.ts'
import { pgvectorOf } from './pgvector.ts'
import { type GenerationFacts, PostgresGeneration } from './reader.ts'
import { checkSchema, noRecord } from './schema.ts'

/** Milliseconds that a statement of a question may take. */
const PATIENCE = 30_000
/** Milliseconds after which a database that is asked how it is counts as too slow. */
const SOON = 2000

interface PostgresPlace {
  /** Of the database, or of a replica of it. */
  url: string
  folder: string
}

/** A record in a database, for whoever answers from its newest generation. It is connected to when it is first needed, and again whenever it is back. */
export class PostgresHome implements IndexHome {
  readonly name: string
  readonly folder: string
  readonly lookEvery = 1000
  private readonly database: Lazy

  private constructor({ url, folder }: PostgresPlace) {
    this.name = placeOf(url)
    this.folder = folder
    this.database = new Lazy(url)
  }

  /** Throws DATABASE_UNUSABLE when an address is none. */
  static async of(place: PostgresPlace): Promise<PostgresHome> {
    return new PostgresHome(place)
  }

  async current(): Promise<string | null> {
    const database = await this.database.open()
    const [there] = await database.rows<{ there: boolean }>(`SELECT to_regclass('onrecord.generations') IS NOT NULL AS there`)
    if (!there?.there) return null
    const [row] = await database.rows<{ id: string }>('SELECT g.id FROM onrecord.record r JOIN onrecord.generations g ON g.number = r.current')
    return row?.id ?? null
  }

  async open(embedder: Embedder): Promise<Opened<PostgresGeneration>> {
    const generation = await currentGeneration(await this.database.open(), embedder)
    return { generation, newest: generation.id, degraded: null }
  }

  check(): Promise<string> {
    return this.database.check()
  }

  close(): Promise<void> {
    return this.database.close()
  }
}

/** The newest generation of a database. Throws INDEX_MISSING, INDEX_OTHER_VERSION or INDEX_OTHER_MODEL. */
export async function currentGeneration(database: Database, embedder: Embedder): Promise<PostgresGeneration> {
  await checkSchema(database)
  const facts = await currentFacts(database)
  if (!facts) throw noRecord(database.place)
  if (facts.embedder !== embedder.fingerprint) throw otherModel(database.place, facts.embedder, embedder)
  return new PostgresGeneration(database, facts)
}

/** A database that is connected to when it is first needed, and tried again when that failed. */
class Lazy {
  readonly place: string
  private readonly url: string
  private opened: Promise<Database> | null = null

  constructor(url: string) {
    this.url = url
    this.place = placeOf(url)
  }

  open(): Promise<Database> {
    const opened = this.opened ?? Database.open(this.url, { patience: PATIENCE })
    this.opened = opened
    opened.catch(() => {
      if (this.opened === opened) this.opened = null
    })
    return opened
  }

  /** Its versions, in words. Throws DATABASE_BUSY when it does not answer soon. */
  async check(): Promise<string> {
    const late = AbortSignal.timeout(SOON)
    try {
      return await inTime(versionsOf(this.open()), late)
    } catch (error) {
      throw late.aborted && error === late.reason ? tooSlow(this.place) : error
    }
  }

  async close(): Promise<void> {
    const database = await this.opened?.catch(() => null)
    await database?.close()
  }
}

async function versionsOf(opened: Promise<Database>): Promise<string> {
  const database = await opened
  const vector = await pgvectorOf(database)
  const [row] = await database.rows<{ server: string; ranking: string | null }>(
    `SELECT current_setting('server_version') AS server, (SELECT extversion FROM pg_extension WHERE extname = 'pg_textsearch') AS ranking`,
  )
  const ranking = row?.ranking ? `, pg_textsearch ${row.ranking}` : ''
  return `PostgreSQL ${row?.server}, pgvector ${vector ?? 'missing'}${ranking}`
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
