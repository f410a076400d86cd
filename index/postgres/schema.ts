import { fileURLToPath } from 'node:url'
import { OnRecordError } from '../errors.ts'
import { type Database, packageMissing, type Session } from './connection.ts'
import { databaseError } from './failures.ts'
import { pgvectorOf } from './pgvector.ts'

/** The schema of the record's tables; the queue has one of its own. */
export const SCHEMA = 'onrecord'
const MIGRATIONS_TABLE = 'migrations'
const FOLDER = fileURLToPath(new URL('./migrations', import.meta.url))
/** The names of the migrations in the folder, in order. */
const MIGRATIONS = ['1763856000000_record']
/** What those wait for that migrate the same database at the same time. */
const LOCK = 7_263_528_104

/**
 * Brings the tables to the form that this program knows: in one transaction, and while others wait. Throws INDEX_OTHER_VERSION when a newer
 * program has made them, and DATABASE_UNUSABLE when there is no pgvector that can be used.
 */
export async function migrate(database: Database): Promise<void> {
  const done = await migrationsOf(database)
  await pgvectorOf(database)
  if (done === null || done.length < MIGRATIONS.length) await run(database)
}

/** Looks whether the tables have the form that this program knows. Throws INDEX_MISSING or INDEX_OTHER_VERSION. */
export async function checkSchema(database: Database): Promise<void> {
  const done = await migrationsOf(database)
  if (done === null || done.length === 0) throw noRecord(database.place)
  if (done.length < MIGRATIONS.length)
    throw otherVersion(`${database.place} were made by an older version of On Record`, 'Run onrecord index with this version once: it brings them to its form.')
  await pgvectorOf(database)
}

export function noRecord(place: string): OnRecordError {
  return new OnRecordError(
    'INDEX_MISSING',
    `There is no record in the database at ${place}.`,
    'Make one: onrecord index FOLDER --store postgres. A replica may be behind: wait until it has caught up.',
  )
}

/** The names of the migrations that were run; null where there never was one. Throws INDEX_OTHER_VERSION when there is one that is not known. */
async function migrationsOf(database: Session & Pick<Database, 'place'>): Promise<string[] | null> {
  const [there] = await database.rows<{ there: boolean }>(`SELECT to_regclass('${SCHEMA}.${MIGRATIONS_TABLE}') IS NOT NULL AS there`)
  if (!there?.there) return null
  const names = (await database.rows<{ name: string }>(`SELECT name FROM ${SCHEMA}.${MIGRATIONS_TABLE} ORDER BY id`)).map(({ name }) => name)
  if (names.some((name, i) => name !== MIGRATIONS[i]))
    throw otherVersion(`${database.place} were made by a newer version of On Record (${names.at(-1)})`, 'Use that version, or another database.')
  return names
}

async function run(database: Database): Promise<void> {
  const [{ runner }, { default: pg }] = await Promise.all([
    import('node-pg-migrate').catch((cause) => {
      throw packageMissing('node-pg-migrate', cause)
    }),
    import('pg'),
  ])
  const client = new pg.Client({ connectionString: database.url })
  // A connection that is lost is known by the statement under way.
  client.on('error', () => {})
  try {
    await client.connect()
    await runner({
      dbClient: client,
      dir: FOLDER,
      ignorePattern: '\\..*|.*\\.d\\.mts|.*\\.map',
      direction: 'up',
      migrationsTable: MIGRATIONS_TABLE,
      migrationsSchema: SCHEMA,
      createMigrationsSchema: true,
      singleTransaction: true,
      lockValue: LOCK,
      advisoryLockMode: 'wait',
      logger: { info: () => {}, warn: () => {}, error: () => {} },
    })
  } catch (error) {
    throw databaseError(error, database.place)
  } finally {
    await client.end().catch(() => {})
  }
}

function otherVersion(what: string, remedy: string): OnRecordError {
  return new OnRecordError('INDEX_OTHER_VERSION', `The tables of the record at ${what}.`, remedy)
}
