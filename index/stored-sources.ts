import { createReadStream } from 'node:fs'
import { NO_GROUP } from './copies.ts'
import { numbersIn } from './durable.ts'
import { StatementTable } from './statement-table.ts'
import type { Facts, Loaded, Moment, Source, Statement, Turn } from './types.ts'

/** A file as it was when it was indexed: its path without links, its size and the sha256 of its bytes. */
export interface Original {
  file: string
  bytes: number
  sha256: string
}

/** What read a source, and what it read besides the text: what a later build needs so as not to read it again. */
export interface Origin {
  /** The loader, its version and its options. */
  loader: string
  facts: Partial<Facts>
  /** The language that the text was found to be in; null when it is undetermined. */
  detected: string | null
  part?: string | undefined
  turns?: Turn[] | undefined
  /** What of the same file could not be read; with the first of its sources. */
  skipped?: Pick<Loaded, 'part' | 'skip'>[] | undefined
}

/** A source as it is prepared for an index. */
export interface RecordedSource extends Source {
  /** Null when it is undetermined. */
  language: string | null
  /** What it is known by among its near-copies (index/copies.ts); null where it has no words. */
  signature: string | null
  statements: Statement[]
  /** The file that it was read from: told to nobody. */
  original: Original
  origin: Origin
  pages?: number[] | undefined
  moments?: Moment[] | undefined
}

/** A source as a line of sources.jsonl holds it: with where its text lies in texts.utf8, and its passages. */
export interface SourceLine extends RecordedSource {
  textAt: number
  textBytes: number
  firstPassage: number
  passages: number
}

/** A source of an opened generation. */
export interface StoredSource extends SourceLine {
  /** The number of the first source among its near-copies; null where there are none. */
  group: number | null
}

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
