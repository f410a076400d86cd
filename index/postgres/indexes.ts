import { OnRecordError } from '../errors.ts'
import type { Session } from './connection.ts'
import { makeRanking } from './ranking.ts'

/** Links that a node of the graph has, and candidates kept while one is inserted. */
const HNSW = { m: 32, efConstruction: 200 }
/** Memory that the graph of a passage takes while it is made, in bytes for each of its numbers and beside them, and all of it at most: beyond it is made on the disk, ten times as slowly. */
const MEMORY = { number: 2, passage: 1700, most: 1 << 30 }

/**
 * Makes the indexes over passages that there are none of yet: once many are there, which takes a fraction of the time of keeping them up to
 * date meanwhile. `told` is called with what is being made.
 */
export async function makeIndexes(session: Session, dimensions: number, told: (index: string) => void = () => {}): Promise<void> {
  if (await isMissing(session, 'passages_terms')) {
    told('words')
    await session.run('CREATE INDEX passages_terms ON onrecord.passages USING gin (terms)')
  }
  if (await isMissing(session, 'passages_title_terms')) {
    told('titles')
    await session.run('CREATE INDEX passages_title_terms ON onrecord.passages USING gin (title_terms)')
  }
  if (await isMissing(session, 'passages_embedding')) {
    told('vectors')
    await makeGraph(session, dimensions)
  }
  await makeRanking(session, told)
}

async function makeGraph(session: Session, dimensions: number): Promise<void> {
  // What is counted here need not be exact.
  const [row] = await session.rows<{ count: number; memory: number }>(
    `SELECT count(*) AS count, (SELECT setting::bigint * 1024 FROM pg_settings WHERE name = 'maintenance_work_mem') AS memory FROM onrecord.passages`,
  )
  const { count = 0, memory = 0 } = row ?? {}
  const needed = Math.min(count * (dimensions * MEMORY.number + MEMORY.passage), MEMORY.most)
  const width = Math.trunc(dimensions)
  const make = () =>
    session.run(`CREATE INDEX passages_embedding ON onrecord.passages USING hnsw ((embedding::halfvec(${width})) halfvec_ip_ops)
      WITH (m = ${HNSW.m}, ef_construction = ${HNSW.efConstruction})`)
  await session.run(`SET maintenance_work_mem = '${Math.ceil(Math.max(needed, memory) / 1024)}kB'`)
  try {
    await make().catch(async (error: unknown) => {
      // Several processes share memory that containers have little of.
      if (!(error instanceof OnRecordError && error.code === 'DATABASE_FULL' && /shared memory/.test(String((error.cause as Error).message)))) throw error
      await session.run('SET max_parallel_maintenance_workers = 0')
      await make()
    })
  } finally {
    await session.run('RESET maintenance_work_mem').catch(() => {})
    await session.run('RESET max_parallel_maintenance_workers').catch(() => {})
  }
}

async function isMissing(session: Session, index: string): Promise<boolean> {
  const [row] = await session.rows<{ missing: boolean }>('SELECT to_regclass($1) IS NULL AS missing', [`onrecord.${index}`])
  return row?.missing === true
}
