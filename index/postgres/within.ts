import { firstDay } from '../days.ts'
import { areSet, type Filters } from '../filter.ts'
import type { PassageSet, Within } from '../reader.ts'
import type { Database } from './connection.ts'
import { fromList, isIn, PASSAGE, Parameters } from './parameters.ts'
import { folded } from './rows.ts'

/** Passages of which all are looked at when nothing else is searched. */
export const FEW = 1000
/** Statements or sources that are looked at to find out whether their passages are few. */
const DRIVEN = 20_000

/** What holds of a row `p` of passages and its row `s` of sources. */
export type Condition = (parameters: Parameters) => string

/** Passages of a record in a database: all of them where they are few, else what holds of them. */
export class PostgresPassages implements PassageSet {
  /** Null when they are many. */
  readonly few: Set<number> | null
  private readonly condition: Condition
  private readonly added = new Set<number>()

  constructor(few: number[] | null, condition: Condition) {
    this.few = few && new Set(few)
    this.condition = condition
  }

  get isEmpty(): boolean {
    return this.few?.size === 0
  }

  add(passages: number[]): void {
    for (const passage of passages) (this.few ?? this.added).add(passage)
  }

  holds(parameters: Parameters): string {
    const listed = this.added.size === 0 ? '' : ` OR ${PASSAGE} = ANY (${parameters.of([...this.added], 'bigint[]')})`
    return `(${this.condition(parameters)}${listed})`
  }
}

/** Where a search looks: among few passages, or everywhere that the conditions hold. */
export interface Looked {
  few: number[] | null
  conditions: Condition[]
}

/** What passes filters; found once for all searches of a question. */
export class Filtering {
  private readonly database: Database
  private readonly generation: number
  private readonly known = new WeakMap<Filters, Promise<number[] | null>>()

  constructor(database: Database, generation: number) {
    this.database = database
    this.generation = generation
  }

  async lookedAt({ filters, passages, notOf }: Within): Promise<Looked> {
    const set = passages ? (passages as PostgresPassages) : null
    const conditions: Condition[] = []
    if (set && !set.few) conditions.push((parameters) => set.holds(parameters))
    if (areSet(filters)) conditions.push((parameters) => passesSql(filters, parameters))
    if (notOf !== undefined) conditions.push((parameters) => this.notOfGroup(notOf, parameters))
    const few = set?.few ? [...set.few] : areSet(filters) ? await this.fewThatPass(filters) : null
    return { few, conditions }
  }

  /** Every passage that passes, where they are few; null where they are many. */
  private fewThatPass(filters: Filters): Promise<number[] | null> {
    const known = this.known.get(filters)
    if (known) return known
    const found = fewOf(
      this.database,
      this.generation,
      (parameters) => drivingSql(filters, parameters),
      (parameters) => passesSql(filters, parameters),
    )
    this.known.set(filters, found)
    found.catch(() => this.known.delete(filters))
    return found
  }

  private notOfGroup(group: number, parameters: Parameters): string {
    const born = parameters.of(this.generation, 'int')
    return `NOT EXISTS (SELECT FROM onrecord.groups g WHERE g.born = ${born} AND g.source = p.source AND g."group" = ${parameters.of(group, 'bigint')})`
  }
}

/**
 * The passages of which a condition holds, where they are few; null where they are many. `driving` selects the sources that they can be in, each as
 * often as it likes.
 */
export async function fewOf(database: Database, generation: number, driving: Condition, condition: Condition): Promise<number[] | null> {
  const parameters = new Parameters()
  const born = parameters.of(generation, 'int')
  const [row] = await database.rows<{ driven: number; passages: number[] }>(
    `WITH driving AS MATERIALIZED (SELECT d.source FROM (${driving(parameters)}) d LIMIT ${DRIVEN + 1})
    SELECT (SELECT count(*) FROM driving) AS driven, array(
      SELECT ${PASSAGE} FROM (SELECT DISTINCT source FROM driving) d JOIN onrecord.sources s ON s.source = d.source AND ${isIn(born)}
      JOIN onrecord.passages p ON p.source = s.source WHERE ${condition(parameters)} LIMIT ${FEW + 1}
    )::float8[] AS passages`,
    parameters.values,
  )
  if (!row || row.driven > DRIVEN || row.passages.length > FEW) return null
  return row.passages.sort((a, b) => a - b)
}

/** The rows of passages and sources that a search looks at, of a generation, with what has to hold of them. */
export function lookingAt({ few, conditions }: Looked, generation: number, parameters: Parameters): { from: string; where: string } {
  const born = parameters.of(generation, 'int')
  const passages = few ? fromList(parameters.of(few, 'bigint[]')) : 'onrecord.passages p'
  const where = [isIn(born), ...conditions.map((condition) => condition(parameters))].join(' AND ')
  return { from: `${passages} JOIN onrecord.sources s ON s.source = p.source`, where }
}

/** What has to hold of a passage for one of its sentences to pass filters (index/filter.ts). */
function passesSql(filters: Filters, parameters: Parameters): string {
  const conditions = ofSource(filters, parameters)
  const { speaker, after, before } = filters
  if (speaker || after || before) {
    const voice = speaker ? `AND st.voice IN (${voicesSql(speaker, parameters)})` : ''
    const said = `EXISTS (SELECT FROM onrecord.statements st WHERE st.source = p.source AND st.start < p."end" AND st."end" > p.start ${voice} ${inTime('st', filters, parameters)})`
    const inNobodys = `EXISTS (SELECT FROM generate_series(1, cardinality(p.sentences), 2) i WHERE NOT EXISTS (
      SELECT FROM onrecord.statements st WHERE st.source = p.source AND st.start < p.sentences[i + 1] AND st."end" > p.sentences[i]))`
    conditions.push(speaker ? said : `((true ${inTime('s', filters, parameters)} AND ${inNobodys}) OR ${said})`)
  }
  return conditions.length > 0 ? conditions.join(' AND ') : 'true'
}

/** Sources outside of which nothing passes. */
function drivingSql(filters: Filters, parameters: Parameters): string {
  const { speaker, after, before } = filters
  const conditions = ofSource(filters, parameters)
  const sources = `SELECT s.source FROM onrecord.sources s WHERE ${['true', ...conditions].join(' AND ')}`
  if (conditions.length > 0) return sources
  if (speaker) return `SELECT st.source FROM onrecord.statements st WHERE st.voice IN (${voicesSql(speaker, parameters)}) ${inTime('st', filters, parameters)}`
  if (!after && !before) return sources
  return `${sources} ${inTime('s', filters, parameters)} UNION ALL SELECT st.source FROM onrecord.statements st WHERE true ${inTime('st', filters, parameters)}`
}

function ofSource({ outlet, source }: Filters, parameters: Parameters): string[] {
  const conditions: string[] = []
  if (outlet) conditions.push(`strpos(s.outlet_folded, ${parameters.of(folded(outlet), 'text')}) > 0`)
  if (source) conditions.push(`(s.id = ${parameters.of(source, 'text')} OR strpos(s.path_folded, ${parameters.of(folded(source), 'text')}) > 0)`)
  return conditions
}

function voicesSql(speaker: string, parameters: Parameters): string {
  return `SELECT v.voice FROM onrecord.voices v WHERE strpos(v.folded, ${parameters.of(folded(speaker), 'text')}) > 0`
}

/** Both days of a row lie in one year, so that an index on the first one serves for the last one as well. */
function inTime(row: 's' | 'st', { after, before }: Filters, parameters: Parameters): string {
  const conditions: string[] = []
  if (after) {
    const first = firstDay(after)
    conditions.push(`AND ${row}.last_day >= ${parameters.of(first, 'text')} AND ${row}.first_day >= ${parameters.of(`${first.slice(0, 4)}-01-01`, 'text')}`)
  }
  if (before) conditions.push(`AND ${row}.first_day < ${parameters.of(firstDay(before), 'text')}`)
  return conditions.join(' ')
}
