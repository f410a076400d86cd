import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Database } from '../../index/postgres/connection.ts'
import { migrate } from '../../index/postgres/schema.ts'

/** Starts one of the processes beside this file. */
export function started(script: 'worker-process' | 'index-process', args: string[]): ChildProcess {
  return fork(fileURLToPath(new URL(`./${script}.js`, import.meta.url)), args)
}

/** Resolves to how it ended: its exit code, or null where it was killed. */
export async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  return ((await once(child, 'exit')) as [number | null])[0]
}

/** Runs something with a new database on a server, which is dropped afterwards. */
export async function withNewDatabase<T>(server: string, name: string, run: (database: Database) => Promise<T>): Promise<T> {
  const administration = await Database.open(server, { most: 1 })
  const url = Object.assign(new URL(server), { pathname: `/${name}` }).href
  try {
    await administration.run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    await administration.run(`CREATE DATABASE ${name}`)
    const database = await Database.open(url, { most: 4 })
    try {
      await migrate(database)
      return await run(database)
    } finally {
      await database.close()
    }
  } finally {
    await administration.run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`).catch(() => {})
    await administration.close()
  }
}
