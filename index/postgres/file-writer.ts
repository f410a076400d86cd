import { OnRecordError } from '../errors.ts'
import type { PreparedSource } from '../generation-content.ts'
import type { StoredVectors } from '../stored-vectors.ts'
import type { ClaimedFile } from './claims.ts'
import type { HeldSession } from './held.ts'
import type { Step } from './job.ts'
import { insertSources, nextSources } from './rows.ts'

/** Passages that are written at a time, or a few more: what is written then is not embedded again, whatever becomes of the worker. */
const TOGETHER = 256

/**
 * Writes what comes of files. Most are written in one transaction, with that they are done; a long one in several, and nobody reads of it before
 * it is done. Each looks first whether the file is still this worker's, so that it is there once, whoever else has begun it.
 */
export class FileWriter {
  private readonly session: HeldSession
  private readonly worker: number

  constructor(session: HeldSession, worker: number) {
    this.session = session
    this.worker = worker
  }

  /** Writes the next file; null when there is none. One that was taken over meanwhile is left to whoever has it. Throws INTERRUPTED when the steps end before the file. */
  async write(steps: AsyncGenerator<Step>): Promise<{ passages: number; embedded: number } | null> {
    const done = { passages: 0, embedded: 0 }
    let [isOwn, written, passages] = [true, [] as number[], 0]
    let some: Prepared[] = []
    for (let isFirst = true; ; isFirst = false) {
      const step = await steps.next()
      if (step.done && isFirst) return null
      if (step.done) throw new OnRecordError('INTERRUPTED', 'Indexing was interrupted.', 'Run the command again: it goes on from there.')
      const { file } = step.value
      if ('source' in step.value) {
        some.push({ source: step.value.source, vectors: await step.value.vectors })
        passages += step.value.source.passages.length
        if (isOwn && passages >= TOGETHER) {
          isOwn = await this.ifOwn(file, async () => written.push(...(await this.insert(file, some, written.length))))
          ;[some, passages] = [[], 0]
        }
        done.passages += step.value.source.passages.length
      } else {
        const { skipped } = step.value
        done.embedded = step.value.embedded()
        if (isOwn)
          isOwn = await this.ifOwn(file, async () => {
            written.push(...(await this.insert(file, some, written.length)))
            await removeSources(this.session, file.file, written)
            await this.session.run(
              'UPDATE onrecord.files SET state = $2, skipped = $3, passages = $4, embedded = $5, worker = NULL, job = NULL WHERE file = $1',
              [file.file, written.length > 0 ? 'done' : 'skipped', skipped.length > 0 ? JSON.stringify(skipped) : null, done.passages, done.embedded],
            )
          })
        return done
      }
    }
  }

  /** Does something of a file in a transaction if it is still this worker's to do: nobody else can take it before that ends. */
  private ifOwn(file: ClaimedFile, work: () => Promise<unknown>): Promise<boolean> {
    return this.session.transaction(async () => {
      const rows = await this.session.rows("SELECT FROM onrecord.files WHERE file = $1 AND state = 'planned' AND worker = $2 FOR UPDATE", [
        file.file,
        this.worker,
      ])
      if (rows.length === 0) return false
      await work()
      return true
    })
  }

  /** Writes sources of a file of which so many are written; returns their numbers. */
  private async insert({ file, born }: ClaimedFile, prepared: Prepared[], before: number): Promise<number[]> {
    if (prepared.length === 0) return []
    const numbers = await nextSources(this.session, prepared.length)
    const sources = prepared.map(({ source: { source, text, passages }, vectors }, i) => {
      return { number: numbers[i] as number, file, position: before + i, source, text, passages, vectors }
    })
    await insertSources(this.session, born, sources)
    return numbers
  }
}

interface Prepared {
  source: PreparedSource
  vectors: StoredVectors[]
}

/** Removes the sources of a file, but for those named: what a worker has written that did not come to the end of it. */
export async function removeSources(session: HeldSession, file: number, but: number[]): Promise<void> {
  const rows = await session.rows<{ source: number }>('DELETE FROM onrecord.sources WHERE file = $1 AND source <> ALL($2::bigint[]) RETURNING source', [
    file,
    but,
  ])
  if (rows.length === 0) return
  const numbers = rows.map(({ source }) => source)
  for (const table of ['passages', 'statements']) await session.run(`DELETE FROM onrecord.${table} WHERE source = ANY($1::bigint[])`, [numbers])
}
