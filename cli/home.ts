import { resolve } from 'node:path'
import { FolderHome, type IndexHome } from '../index/home.ts'
import type { Config } from '../server/config.ts'

/** Where the settings have questions answered from: a folder, a database, or a replica of it. Throws DATABASE_UNUSABLE. */
export async function homeOf({ STORE, INDEX, DATABASE_URL, DATABASE_READ_URL }: Config): Promise<IndexHome> {
  const folder = resolve(INDEX)
  if (STORE !== 'postgres') return new FolderHome(folder)
  const { PostgresHome } = await import('../index/postgres/home.ts')
  return PostgresHome.of({ url: DATABASE_READ_URL || DATABASE_URL, folder })
}
