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
  const [row] = await session.rows<{ first: number | null; last: number | null }>(
    `SELECT min(number) AS first, max(number) FILTER (WHERE number < $1 AND completed < clock_timestamp() - ${STAYS}) AS last
      FROM onrecord.generations WHERE state = 'complete'`,
    [current],
  )
  const { first = null, last = null } = row ?? {}
  if (first === null || last === null || first === last) return
  let removed = 0
  for (let some = BATCH; some === BATCH; removed += some) some = await removeSome(session, last)
  if ((await session.run('DELETE FROM onrecord.files WHERE died <= $1', [last])) > 0)
    await session.run('DELETE FROM onrecord.originals WHERE NOT EXISTS (SELECT FROM onrecord.files WHERE files.sha256 = originals.sha256)')
  if (removed > 0)
    await session.run(
      `DELETE FROM onrecord.voices WHERE NOT EXISTS (SELECT FROM onrecord.statements WHERE statements.voice = voices.voice)
        AND NOT EXISTS (SELECT FROM onrecord.sources WHERE sources.voice = voices.voice)`,
    )
  await session.run(
    `DELETE FROM onrecord.terms old USING onrecord.terms newer
      WHERE newer.term = old.term AND newer.born > old.born AND newer.born > $1 AND newer.born <= $2`,
    [first, last],
  )
  await session.run('DELETE FROM onrecord.groups WHERE born < $1', [last])
  await session.run('DELETE FROM onrecord.generations WHERE number < $1', [last])
}

/** Resolves to how many sources were removed. */
async function removeSome(session: HeldSession, last: number): Promise<number> {
  return session.transaction(async () => {
    const rows = await session.rows<{ source: number }>(
      'DELETE FROM onrecord.sources WHERE source IN (SELECT source FROM onrecord.sources WHERE died <= $1 LIMIT $2) RETURNING source',
      [last, BATCH],
    )
    const numbers = rows.map(({ source }) => source)
    for (const table of ['passages', 'statements']) await session.run(`DELETE FROM onrecord.${table} WHERE source = ANY($1::bigint[])`, [numbers])
    return rows.length
  })
}
