import { resolve } from 'node:path'
import { FolderHome, type IndexHome } from '../index/home.ts'
import type { Config } from '../server/config.ts'

/** Where the settings have the index: in a folder, or in a database. Throws DATABASE_UNUSABLE. */
export async function homeOf({ STORE, INDEX, DATABASE_URL, DATABASE_READ_URL }: Config): Promise<IndexHome> {
  const folder = resolve(INDEX)
  if (STORE !== 'postgres') return new FolderHome(folder)
  const { PostgresHome } = await import('../index/postgres/home.ts')
  return PostgresHome.of({ url: DATABASE_URL, readUrl: DATABASE_READ_URL, folder })
}
