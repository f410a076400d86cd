import { beforeAll, describe, expect, it } from 'vitest'
import { Database } from '../../index/postgres/connection.ts'
import { checkSchema, migrate } from '../../index/postgres/schema.ts'
import { afterFile } from '../after.ts'
import { failureOf } from '../fixtures.ts'
import { DATABASES, hasServer, nativeServer, newDatabase, newPglite } from '../postgres.ts'

/** What opening a database at an address fails with. */
const opening = (url: string) => failureOf(Database.open(url).then((database) => database.close()))

describe('an address that leads nowhere is named with its remedy, and its password is not', () => {
  it.each([
    ['no URL', 'somewhere', 'DATABASE_UNUSABLE'],
    ['an address of something else', 'https://user:topsecret@example.org/', 'DATABASE_UNUSABLE'],
    ['a host that nobody has', 'postgres://user:topsecret@nowhere.invalid:5432/record', 'DATABASE_GONE'],
    ['a port that nobody listens on', 'postgres://user:topsecret@127.0.0.1:1/record', 'DATABASE_GONE'],
  ])('%s', async (_, url, code) => {
    const error = await opening(url)
    expect(error).toMatchObject({ code })
    expect(error.message).toContain('DATABASE_URL')
    expect(error.message).not.toContain('topsecret')
  })
})

describe.skipIf(!hasServer)('a server', () => {
  const changed = async (part: Partial<Pick<URL, 'password' | 'pathname'>>) => opening(Object.assign(new URL(await newDatabase()), part).href)

  it('that does not accept the password', async () => {
    expect(await changed({ password: 'wrong-one' })).toMatchObject({ code: 'DATABASE_UNUSABLE', what: expect.stringContaining('password') })
    const error = await changed({ password: 'wrong-one' })
    expect(error.message).not.toContain('wrong-one')
  })

  it('that does not have the database', async () => {
    expect(await changed({ pathname: '/none' })).toMatchObject({ code: 'DATABASE_UNUSABLE', remedy: expect.stringContaining('createdb') })
  })

  it('that ends is known as gone, and used again once it is back, over new connections', async () => {
    const server = await nativeServer()
    if (!server) return
    const database = await Database.open(await newDatabase())
    expect(await database.rows('SELECT 1 AS one')).toEqual([{ one: 1 }])
    await server.end()
    expect(await failureOf(database.rows('SELECT 1'))).toMatchObject({ code: 'DATABASE_GONE' })
    await server.begin()
    expect(await database.rows('SELECT 1 AS one')).toEqual([{ one: 1 }])
    await database.close()
  })

  it('whose connection ends while a statement runs: what reads is asked again, what writes is not', async () => {
    const database = await Database.open(await newDatabase(), { most: 2 })
    let asked = 0
    const twice = database.reading('', async (session) => {
      if (asked++ === 0) await session.rows('SELECT pg_terminate_backend(pg_backend_pid())')
      return session.rows('SELECT 1 AS one')
    })
    expect(await twice).toEqual([{ one: 1 }])
    expect(await failureOf(database.run('SELECT pg_terminate_backend(pg_backend_pid())'))).toMatchObject({ code: 'DATABASE_GONE' })
    await database.close()
  })

  it('that only allows reading is named when it is written to', async () => {
    const database = await Database.open(await newDatabase())
    const writing = database.inTransaction((session) => session.run('CREATE TABLE t (i int)'), 'BEGIN READ ONLY')
    expect(await failureOf(writing)).toMatchObject({ code: 'DATABASE_UNUSABLE', remedy: expect.stringContaining('DATABASE_READ_URL') })
    await database.close()
  })

  it('that takes longer than it may', async () => {
    const database = await Database.open(await newDatabase(), { patience: 100 })
    expect(await failureOf(database.rows('SELECT pg_sleep(20)'))).toMatchObject({ code: 'DATABASE_BUSY' })
    await database.close()
  })
})

it('a server without pgvector is named with what to install, and nothing is left of the tables', async () => {
  const database = await Database.open(await newPglite({ withVectors: false }))
  expect(await failureOf(migrate(database))).toMatchObject({
    code: 'DATABASE_UNUSABLE',
    what: expect.stringContaining('pgvector'),
    remedy: expect.stringContaining('0.8'),
  })
  expect(await database.rows(`SELECT to_regclass('onrecord.record') AS record`)).toEqual([{ record: null }])
  expect(await failureOf(checkSchema(database))).toMatchObject({ code: 'INDEX_MISSING' })
  await database.close()
})

describe.each(DATABASES)('what %s says of itself is told with its remedy:', (_, make) => {
  let database: Database

  beforeAll(async () => {
    database = await Database.open(await make())
    afterFile(() => database.close())
  })

  it.each([
    ['a full disk', '53100', 'DATABASE_FULL', 'Make room'],
    ['no connection left', '53300', 'DATABASE_BUSY', 'max_connections'],
    ['a replica that is behind', '40001', 'DATABASE_BUSY', 'again'],
    ['a right that is missing', '42501', 'DATABASE_UNUSABLE', 'right'],
    ['a start that is not over', '57P03', 'DATABASE_GONE', 'DATABASE_URL'],
  ])('%s', async (_, state, code, remedy) => {
    const failing = database.run(`DO $$ BEGIN RAISE EXCEPTION 'so it is' USING ERRCODE = '${state}'; END $$`)
    expect(await failureOf(failing)).toMatchObject({ code, remedy: expect.stringContaining(remedy) })
  })
})

describe.each(DATABASES)('the tables in %s', (_, make) => {
  it('are made once, and there is no record before', async () => {
    const database = await Database.open(await make())
    expect(await failureOf(checkSchema(database))).toMatchObject({ code: 'INDEX_MISSING' })
    await migrate(database)
    await migrate(database)
    await checkSchema(database)
    expect(await database.rows('SELECT current FROM onrecord.record')).toEqual([{ current: null }])
    await database.close()
  })

  it('of a newer version are left alone', async () => {
    const database = await Database.open(await make())
    await migrate(database)
    await database.run(`INSERT INTO onrecord.migrations (name, run_on) VALUES ('2999999999999_later', now())`)
    for (const step of [migrate, checkSchema])
      expect(await failureOf(step(database))).toMatchObject({ code: 'INDEX_OTHER_VERSION', what: expect.stringContaining('2999999999999_later') })
    await database.close()
  })

  it('hold numbers of 64 bits as numbers, and any text and bytes', async () => {
    const database = await Database.open(await make())
    const bytes = Buffer.from('a\u0000b')
    expect(await database.rows('SELECT 4503599627370497::bigint AS number, $1::bytea AS bytes', [bytes])).toEqual([{ number: 4503599627370497, bytes }])
    await database.close()
  })
})

it.skipIf(!hasServer)('many that migrate one database at the same time wait for each other', async () => {
  const url = await newDatabase()
  const databases = await Promise.all([1, 2, 3, 4].map(() => Database.open(url)))
  await Promise.all(databases.map(migrate))
  expect(await databases[0]?.rows('SELECT count(*) AS count FROM onrecord.migrations')).toEqual([{ count: 1 }])
  await Promise.all(databases.map((database) => database.close()))
})
