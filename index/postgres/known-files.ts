import type { Skipped } from '../types.ts'
import { type Building, removeFiles } from './building.ts'
import type { HeldSession } from './held.ts'

/** What is tried again each time: something else may have ended the process that read it. */
const TRIED_AGAIN = new Set(['CRASHED', 'WORKER_DIED'])

/** A file of the generation before, or one that is planned already. */
export interface KnownFile {
  file: number
  key: string
  born: number
  state: 'planned' | 'done' | 'skipped'
  skipped: string | null
}

/** The files that need not be planned, by their keys. */
export async function knownFiles(session: HeldSession, { number, current }: Building): Promise<Map<string, KnownFile>> {
  const rows = await session.rows<KnownFile>(
    'SELECT file, key, born, state, skipped FROM onrecord.files WHERE born = $1 OR (born <= $2 AND (died IS NULL OR died > $2)) ORDER BY file',
    [number, current ?? 0],
  )
  // What is tried again is planned beside what was there before, which goes by a key that no file has.
  return new Map(rows.map((row) => [isTriedAgain(row, number) ? `${row.key} again` : row.key, row]))
}

/** Marks the files that a generation does not have, and they alone; those that were planned for it are removed. */
export async function leaveOut(session: HeldSession, { number }: Building, gone: KnownFile[]): Promise<void> {
  const filesOf = (isPlanned: boolean) => gone.filter(({ born }) => (born === number) === isPlanned).map(({ file }) => file)
  await session.transaction(async () => {
    await removeFiles(session, number, filesOf(true))
    await session.run('UPDATE onrecord.files SET died = NULL WHERE died = $1', [number])
    await session.run('UPDATE onrecord.files SET died = $1 WHERE file = ANY($2::bigint[])', [number, filesOf(false)])
  })
}

function isTriedAgain({ state, skipped, born }: KnownFile, number: number): boolean {
  return state === 'skipped' && born !== number && (JSON.parse(skipped ?? '[]') as Skipped[]).some(({ code }) => TRIED_AGAIN.has(code))
}
