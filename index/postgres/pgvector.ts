import type { Database } from './connection.ts'
import { noPgvector } from './failures.ts'

/** The version of pgvector in a database; null where there is none yet, and its server has one to make it of. Throws DATABASE_UNUSABLE where there is none, or one that is too old. */
export async function pgvectorOf(database: Database): Promise<string | null> {
  const [row] = await database.rows<{ used: string | null; version: string | null }>(
    `SELECT used, coalesce(used, (SELECT default_version FROM pg_available_extensions WHERE name = 'vector')) AS version
      FROM (SELECT (SELECT extversion FROM pg_extension WHERE extname = 'vector') AS used) there`,
  )
  const version = row?.version ?? null
  const [major = 0, minor = 0] = version?.split('.').map(Number) ?? []
  if (major === 0 && minor < 8) throw noPgvector(database.place, { version })
  return row?.used ?? null
}
