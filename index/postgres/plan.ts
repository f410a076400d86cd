import { readFile } from 'node:fs/promises'
import type { Digests } from '../digests.ts'
import { contentOf, type Listed, type Listing, type Readable, readable, reasonOf } from '../documents.ts'
import { inOrder } from '../in-order.ts'
import { sha256OfBytes } from '../sha256.ts'
import type { Skipped } from '../types.ts'
import type { Building } from './building.ts'
import type { Value } from './connection.ts'
import type { HeldSession } from './held.ts'
import { knownFiles, leaveOut } from './known-files.ts'
import { keyOfFile, listingOf } from './planned-file.ts'
import type { Queue } from './queue.ts'

/** Files whose bytes are compared at a time. */
const COMPARED = 8
/** Files of a job, and their bytes, at most: little to do again for a worker that dies; a larger file is one by itself. */
const JOB = { files: 32, bytes: 512_000 }
export interface PlanOptions {
  session: HeldSession
  queue: Queue
  building: Building
  listed: Listed
  digests: Digests
  signal: AbortSignal | undefined
}

/**
 * Compares files with those of the generation before, and those planned already: puts the bytes of new and changed ones into the database, and
 * jobs into the queue; marks what is no longer there. Returns what cannot be indexed at all.
 */
export async function plan({ session, queue, building, listed, digests, signal }: PlanOptions): Promise<Skipped[]> {
  const { number } = building
  if (building.isResumed) await queueAgain(session, queue, number)
  const known = await knownFiles(session, building)
  const skipped = [...listed.skipped]
  const unseen = new Set(known.values())
  let fresh: Readable[] = []
  for await (const { item, result } of inOrder(listed.files, COMPARED, (file: Listing) => readable(file, digests))) {
    signal?.throwIfAborted()
    if ('error' in result) {
      skipped.push({ path: item.found.path, ...reasonOf(result.error) })
      continue
    }
    const before = known.get(keyOfFile(result.value))
    if (before) unseen.delete(before)
    else {
      if (!fits(fresh, result.value)) {
        await put(session, queue, number, fresh, skipped)
        fresh = []
      }
      fresh.push(result.value)
    }
  }
  await put(session, queue, number, fresh, skipped)
  await leaveOut(session, building, [...unseen])
  return skipped
}

/** Puts into the queue what was planned by a planner that ended, and what nobody has. */
async function queueAgain(session: HeldSession, queue: Queue, number: number): Promise<void> {
  await session.transaction(async () => {
    await queue.clear()
    const rows = await session.rows<{ file: number; bytes: number; attempts: number }>(
      "SELECT file, bytes, attempts FROM onrecord.files WHERE born = $1 AND state = 'planned' AND worker IS NULL ORDER BY file",
      [number],
    )
    const jobs: number[][] = []
    let bytes = 0
    for (const row of rows.filter(({ attempts }) => attempts <= 0)) {
      const last = jobs.at(-1)
      bytes += row.bytes
      if (last && last.length < JOB.files && bytes <= JOB.bytes) last.push(row.file)
      else {
        jobs.push([row.file])
        bytes = row.bytes
      }
    }
    await queue.add(jobs)
    for (const { file, attempts } of rows.filter(({ attempts }) => attempts > 0)) await queue.add([[file]], -attempts)
  })
}

function fits(files: Readable[], file: Readable): boolean {
  return files.length === 0 || (files.length < JOB.files && files.reduce((sum, { found }) => sum + found.bytes, file.found.bytes) <= JOB.bytes)
}

/** Plans some files as one job, with their bytes. */
async function put(session: HeldSession, queue: Queue, number: number, files: Readable[], skipped: Skipped[]): Promise<void> {
  const read: { file: Readable; sha256: string; bytes: Buffer }[] = []
  for (const file of files) {
    try {
      const bytes = await readFile(file.found.real)
      const sha256 = sha256OfBytes(bytes)
      // It may have been written to since it was compared.
      read.push({ file: { ...file, found: { ...file.found, bytes: bytes.length }, content: contentOf(sha256, file.loader) }, sha256, bytes })
    } catch (error) {
      skipped.push({ path: file.found.path, ...reasonOf(error) })
    }
  }
  if (read.length === 0) return
  await session.transaction(async () => {
    for (const { sha256, bytes } of read)
      await session.run('INSERT INTO onrecord.originals (sha256, bytes) VALUES ($1, $2) ON CONFLICT DO NOTHING', [sha256, bytes])
    const values: Value[] = read.flatMap(({ file, sha256, bytes }) => [file.found.path, keyOfFile(file), sha256, listingOf(file), bytes.length])
    const rows = await session.rows<{ file: number }>(
      `INSERT INTO onrecord.files (path, key, sha256, listing, bytes, born, state)
        VALUES ${read.map((_, i) => `(${[1, 2, 3, 4, 5].map((n) => `$${5 * i + n}`).join(', ')}, ${number}, 'planned')`).join(', ')} RETURNING file`,
      values,
    )
    await queue.add([rows.map(({ file }) => file)])
  })
}
