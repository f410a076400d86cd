import type { HeldSession } from './held.ts'

/** Sources that are removed at a time. */
const BATCH = 500
/** Time for which an answer may still be read from what a generation has replaced. */
const STAYS = "interval '1 minute'"

/**
 * Removes, in bits, what no generation holds any more but those before the one before the current; what was replaced just now stays until the
 * next time. Only who holds the planner's lock may, and while nothing is built.
 */
export async function removeDead(session: HeldSession, current: number): Promise<void> {
  // What died with a generation was last asked of in the one before it.
  const [row] = await session.rows<{ last: number | null }>(
    `SELECT max(number) AS last FROM onrecord.generations WHERE number < $1 AND state = 'complete' AND completed < clock_timestamp() - ${STAYS}`,
    [current],
  )
  const last = row?.last ?? null
  if (last === null) return
  while (await removeSome(session, last));
  await session.run('DELETE FROM onrecord.files WHERE died <= $1', [last])
  await session.run('DELETE FROM onrecord.originals WHERE NOT EXISTS (SELECT FROM onrecord.files WHERE files.sha256 = originals.sha256)')
  await session.run(
    `DELETE FROM onrecord.voices WHERE NOT EXISTS (SELECT FROM onrecord.statements WHERE statements.voice = voices.voice)
      AND NOT EXISTS (SELECT FROM onrecord.sources WHERE sources.voice = voices.voice)`,
  )
  await session.run(`DELETE FROM onrecord.terms old USING onrecord.terms newer WHERE newer.term = old.term AND newer.born > old.born AND newer.born <= $1`, [
    last,
  ])
  await session.run('DELETE FROM onrecord.groups WHERE born < $1', [last])
  await session.run('DELETE FROM onrecord.generations WHERE number < $1', [last])
}

async function removeSome(session: HeldSession, last: number): Promise<boolean> {
  return session.transaction(async () => {
    const rows = await session.rows<{ source: number }>(
      'DELETE FROM onrecord.sources WHERE source IN (SELECT source FROM onrecord.sources WHERE died <= $1 LIMIT $2) RETURNING source',
      [last, BATCH],
    )
    const numbers = rows.map(({ source }) => source)
    for (const table of ['passages', 'statements']) await session.run(`DELETE FROM onrecord.${table} WHERE source = ANY($1::bigint[])`, [numbers])
    return rows.length === BATCH
  })
}
