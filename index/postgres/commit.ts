import { type BuildReport, nothing } from '../build.ts'
import type { Skipped } from '../types.ts'
import { type Building, dropGeneration } from './building.ts'
import { countTerms, totalsOf, writeGroups } from './counts.ts'
import type { HeldSession } from './held.ts'
import { makeIndexes } from './indexes.ts'

/** What servers that listen are told on: the id of the generation that became the current one. */
export const CHANNEL = 'onrecord_generation'

export interface CommitOptions {
  /** The folders that were planned. */
  folders: string[]
  dimensions: number
  /** What was skipped when they were planned. */
  skipped: Skipped[]
  /** Is told what is done. */
  told?: ((step: string) => void) | undefined
}

/**
 * Switches to a generation whose files are all done, in one transaction. One that is the same as the one before is dropped, and so is one with
 * nothing in it. Throws NOTHING_INDEXED or DATABASE_...
 */
export async function commit(session: HeldSession, building: Building, options: CommitOptions): Promise<BuildReport> {
  const { number, id, current } = building
  const { folders, dimensions, told = () => {} } = options
  const skipped = await skippedOf(session, number, options.skipped)
  const { sources, changed } = await sourcesOf(session, number)
  if (sources === 0 || !changed) await dropGeneration(session, number)
  if (sources === 0) throw nothing(folders, skipped)
  await makeIndexes(session, dimensions, (index) => told(`index of ${index}`))
  if (!changed) return { ...(await reportOf(session, current as number)), isNew: false, embedded: 0, skipped }
  told('statistics')
  for (const table of ['files', 'sources', 'passages', 'statements', 'voices']) await session.run(`ANALYZE onrecord.${table}`)
  told('counts of terms and dates')
  const [made] = await session.rows<{ embedded: number }>('SELECT coalesce(sum(embedded), 0)::bigint AS embedded FROM onrecord.files WHERE born = $1', [number])
  await session.transaction(async () => {
    await session.run('UPDATE onrecord.sources SET died = $1 WHERE died IS NULL AND file IN (SELECT file FROM onrecord.files WHERE died = $1)', [number])
    await countTerms(session, number)
    await writeGroups(session, number)
    const { sources, passages, sentences, languages, textAverage, titleAverage, dates } = await totalsOf(session, number, current)
    await session.run(
      `UPDATE onrecord.generations SET state = 'complete', completed = clock_timestamp(), sources = $2, passages = $3, sentences = $4, languages = $5,
        text_average = $6, title_average = $7, dates = $8, skipped = $9 WHERE number = $1`,
      [number, sources, passages, sentences, JSON.stringify(languages), textAverage, titleAverage, JSON.stringify(dates), JSON.stringify(skipped)],
    )
    await session.run('UPDATE onrecord.record SET current = $1', [number])
    await session.run('SELECT pg_notify($1, $2)', [CHANNEL, id])
  })
  await session.run('ANALYZE onrecord.terms')
  return { ...(await reportOf(session, number)), isNew: true, embedded: made?.embedded ?? 0, skipped }
}

/** The sources that a generation will have, and whether they are others than before. */
async function sourcesOf(session: HeldSession, number: number): Promise<{ sources: number; changed: boolean }> {
  const [row] = await session.rows<{ sources: number; changed: boolean }>(
    `SELECT count(*) FILTER (WHERE files.died IS NULL) AS sources, coalesce(bool_or(files.born = $1 OR files.died = $1), false) AS changed
      FROM onrecord.sources JOIN onrecord.files USING (file) WHERE sources.died IS NULL AND (files.died IS NULL OR files.died = $1)`,
    [number],
  )
  return row ?? { sources: 0, changed: false }
}

/** Everything that is not indexed, in the order of paths. */
async function skippedOf(session: HeldSession, number: number, before: Skipped[]): Promise<Skipped[]> {
  const rows = await session.rows<{ skipped: string }>('SELECT skipped FROM onrecord.files WHERE skipped IS NOT NULL AND born <= $1 AND died IS NULL', [number])
  const all = [...before, ...rows.flatMap(({ skipped }) => JSON.parse(skipped) as Skipped[])]
  return all.sort((a, b) => (a.path < b.path ? -1 : 1))
}

async function reportOf(session: HeldSession, number: number): Promise<Pick<BuildReport, 'generation' | 'sources' | 'passages' | 'languages'>> {
  const [row] = await session.rows<{ generation: string; sources: number; passages: number; languages: string }>(
    'SELECT id AS generation, sources, passages, languages FROM onrecord.generations WHERE number = $1',
    [number],
  )
  if (!row) throw new Error(`there is no generation ${number}`)
  return { ...row, languages: JSON.parse(row.languages) as Record<string, number> }
}
