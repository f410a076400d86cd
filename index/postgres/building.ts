import { randomBytes } from 'node:crypto'
import type { Embedder } from '../embedders/embedder.ts'
import { OnRecordError } from '../errors.ts'
import type { HeldSession } from './held.ts'
import { MADE_BY } from './planned-file.ts'

/** The generation that is being built, and the one before it. */
export interface Building {
  number: number
  id: string
  /** The number of the one that is asked; null before the first. */
  current: number | null
  /** Was it begun earlier, and not ended? */
  isResumed: boolean
}

/** Begins a generation, or goes on with the one that was not ended; one of another version is begun anew. Throws INDEX_OTHER_MODEL. */
export async function beginGeneration(session: HeldSession, embedder: Pick<Embedder, 'fingerprint' | 'dimensions'>): Promise<Building> {
  const current = await checkModel(session, embedder)
  const number = (current ?? 0) + 1
  const [begun] = await session.rows<{ id: string; madeBy: string }>(
    `SELECT id, made_by AS "madeBy" FROM onrecord.generations WHERE number = $1 AND state = 'building'`,
    [number],
  )
  if (begun?.madeBy === MADE_BY) return { number, id: begun.id, current, isResumed: true }
  await dropGeneration(session, number)
  const id = `${new Date().toISOString().replace(/[-:.]/g, '')}-${randomBytes(3).toString('hex')}`
  await session.run("INSERT INTO onrecord.generations (number, id, state, made_by) VALUES ($1, $2, 'building', $3)", [number, id, MADE_BY])
  return { number, id, current, isResumed: false }
}

/** Removes what was written of a generation that is not to be; the current one is as it was. */
export async function dropGeneration(session: HeldSession, number: number): Promise<void> {
  await session.transaction(async () => {
    await session.run('UPDATE onrecord.files SET died = NULL WHERE died = $1', [number])
    await removeFiles(session, number)
    await session.run("DELETE FROM onrecord.generations WHERE number = $1 AND state = 'building'", [number])
  })
}

/** Removes files that a generation which is being built was planned with, all of them or those named, and what was written of them. */
export async function removeFiles(session: HeldSession, born: number, files: number[] | null = null): Promise<void> {
  const values = [born, files]
  const which = 'born = $1 AND ($2::bigint[] IS NULL OR file = ANY($2))'
  // A worker that writes one of them ends that first, or finds it gone.
  await session.run(`SELECT FROM onrecord.files WHERE ${which} FOR UPDATE`, values)
  for (const table of ['passages', 'statements'])
    await session.run(`DELETE FROM onrecord.${table} WHERE source IN (SELECT source FROM onrecord.sources WHERE ${which})`, values)
  for (const table of ['sources', 'files']) await session.run(`DELETE FROM onrecord.${table} WHERE ${which}`, values)
}

async function checkModel(session: HeldSession, { fingerprint, dimensions }: Pick<Embedder, 'fingerprint' | 'dimensions'>): Promise<number | null> {
  await session.run('UPDATE onrecord.record SET embedder = $1, dimensions = $2 WHERE embedder IS NULL', [fingerprint, dimensions])
  const [record] = await session.rows<{ embedder: string; dimensions: number; current: number | null }>(
    'SELECT embedder, dimensions, current FROM onrecord.record',
  )
  if (record?.embedder === fingerprint && record.dimensions === dimensions) return record.current
  throw new OnRecordError(
    'INDEX_OTHER_MODEL',
    `The record in the database was made with the model ${record?.embedder} (${record?.dimensions} numbers a vector), and the one in use is ${fingerprint} (${dimensions}).`,
    'Set ONRECORD_EMBEDDING_MODEL to the one it was made with, or name another database; to begin anew here: DROP SCHEMA onrecord CASCADE.',
  )
}

/** The generation that is being built, for a worker; null when there is none. Throws INDEX_OTHER_MODEL or INDEX_OTHER_VERSION when this worker cannot work on it. */
export async function buildingFor(session: HeldSession, embedder: Pick<Embedder, 'fingerprint' | 'dimensions'>): Promise<number | null> {
  const [building] = await session.rows<{ number: number; madeBy: string }>(
    `SELECT number, made_by AS "madeBy" FROM onrecord.generations WHERE state = 'building'`,
  )
  if (!building) return null
  await checkModel(session, embedder)
  if (building.madeBy === MADE_BY) return building.number
  throw new OnRecordError(
    'INDEX_OTHER_VERSION',
    `The generation that is being built was planned by another version of On Record (${building.madeBy}, not ${MADE_BY}).`,
    'Run the same version everywhere.',
  )
}
