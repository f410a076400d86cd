import { createReadStream } from 'node:fs'
import { NO_GROUP } from './copies.ts'
import { numbersIn } from './durable.ts'
import type { SourceLine, StoredSource } from './generation.ts'
import { StatementTable } from './statement-table.ts'
import type { Statement } from './types.ts'

/** Reads sources.jsonl, a source a line, and the groups of near-copies they are in. Their statements are held in one table and made when they are asked for. */
export async function readSources(path: string, groupsPath: string): Promise<StoredSource[]> {
  const groups = await numbersIn(groupsPath)
  const table = new StatementTable()
  const sources: StoredSource[] = []
  for await (const line of linesOf(path)) {
    const { statements, ...facts } = JSON.parse(line) as SourceLine
    const number = groups[sources.length] ?? NO_GROUP
    const group = number === NO_GROUP ? null : number
    sources.push(Object.assign(new Speaking(table, table.add(statements), statements.length), facts, { group }))
  }
  table.close()
  return sources
}

/** Bytes that are read at a time. */
const CHUNK = 1 << 20

/** Lines that end with a line feed only: `node:readline` also ends them at characters that JSON leaves in a string. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: CHUNK })) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() as string
    yield* lines
  }
}

/** What a source's statements are taken from. */
class Speaking {
  readonly #table: StatementTable
  readonly #first: number
  readonly #count: number

  constructor(table: StatementTable, first: number, count: number) {
    this.#table = table
    this.#first = first
    this.#count = count
  }

  get statements(): Statement[] {
    return this.#table.of(this.#first, this.#count)
  }
}
