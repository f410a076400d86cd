import { OnRecordError } from '../errors.ts'
import { sha256OfText } from '../sha256.ts'
import type { RecordedSource, StoredSource } from '../stored-sources.ts'
import type { Passage } from '../types.ts'
import { namesIn } from '../voices.ts'
import type { Database } from './connection.ts'
import { fromList } from './parameters.ts'
import { PASSAGES } from './rows.ts'

/** What is kept of a generation beside what questions in progress hold, in bytes: about 5,000 short documents with their passages. */
const KEPT = 128_000_000

/** A source that was brought. */
export interface BroughtSource {
  source: StoredSource
  text: string
  /** How it names a speaker in full. */
  nameOf: (speaker: string) => string
}

/** A passage that was brought; with its vectors once these were. */
export interface BroughtPassage extends Passage {
  vectors: PassageVectors | null
}

/** Of the sentences of a passage, as index/vectors.ts and index/token-signs.ts read them. */
export interface PassageVectors {
  sentences: Int8Array
  signs: Uint32Array
  /** The number of the token that each sentence ends before. */
  ends: number[]
}

/** What questions brought last, up to a size. */
class Recent<Value> {
  private readonly values = new Map<number, { value: Value; bytes: number }>()
  private bytes = 0

  get(key: number): Value | undefined {
    const known = this.values.get(key)
    if (!known) return undefined
    this.values.delete(key)
    this.values.set(key, known)
    return known.value
  }

  set(key: number, value: Value, bytes: number): void {
    this.bytes += bytes - (this.values.get(key)?.bytes ?? 0)
    this.values.delete(key)
    this.values.set(key, { value, bytes })
    for (const [oldest, old] of this.values) {
      if (this.bytes <= KEPT / 2 || oldest === key) break
      this.values.delete(oldest)
      this.bytes -= old.bytes
    }
  }
}

/** The sources and passages of a generation that were brought, kept for the next questions. */
export class Content {
  readonly sources = new Recent<BroughtSource>()
  readonly passages = new Recent<BroughtPassage>()
  private readonly database: Database
  private readonly generation: number

  constructor(database: Database, generation: number) {
    this.database = database
    this.generation = generation
  }

  async bringSources(numbers: Iterable<number>): Promise<Map<number, BroughtSource>> {
    return brought(numbers, this.sources, async (missing) => {
      const rows = await this.database.rows<SourceRow & { text: Uint8Array }>(`SELECT s.text, ${SOURCE_COLUMNS} WHERE s.source = ANY ($2::bigint[])`, [
        this.generation,
        missing,
      ])
      return rows.map((row) => {
        const text = Buffer.from(row.text).toString('utf8')
        const source = sourceOf(row)
        if (sha256OfText(text) !== source.sha256) throw damaged(source.path)
        return { key: row.source, value: { source, text, nameOf: namesIn(text) }, bytes: 2 * (text.length + row.line.length) }
      })
    })
  }

  async bringPassages(numbers: Iterable<number>): Promise<Map<number, BroughtPassage>> {
    return brought(numbers, this.passages, async (missing) => {
      const rows = await this.database.rows<{ source: number; number: number; start: number; end: number; sentences: number[] }>(
        `SELECT source, number, start, "end", sentences FROM ${fromList('$1::bigint[]')}`,
        [missing],
      )
      return rows.map(({ source, number, start, end, sentences }) => {
        const spans = Array.from({ length: sentences.length / 2 }, (_, i) => ({ start: sentences[2 * i] as number, end: sentences[2 * i + 1] as number }))
        return { key: source * PASSAGES + number, value: { start, end, sentences: spans, vectors: null }, bytes: 100 + 16 * sentences.length }
      })
    })
  }

  /** Brings the vectors of passages that were brought. */
  async bringVectors(passages: Map<number, BroughtPassage>): Promise<void> {
    const missing = Array.from(passages).flatMap(([number, { vectors }]) => (vectors ? [] : [number]))
    if (missing.length === 0) return
    const rows = await this.database.rows<{ source: number; number: number; sentence_vectors: Uint8Array; tokens: number[]; signs: Uint8Array }>(
      `SELECT source, number, sentence_vectors, tokens, signs FROM ${fromList('$1::bigint[]')}`,
      [missing],
    )
    for (const { source, number, sentence_vectors, tokens, signs } of rows) {
      const key = source * PASSAGES + number
      const passage = passages.get(key) as BroughtPassage
      let end = 0
      passage.vectors = {
        sentences: new Int8Array(Uint8Array.from(sentence_vectors).buffer),
        signs: new Uint32Array(Uint8Array.from(signs).buffer),
        ends: tokens.map((count) => (end += count)),
      }
      this.passages.set(key, passage, 100 + 32 * passage.sentences.length + sentence_vectors.length + signs.length)
    }
    if (rows.length < missing.length) throw gone()
  }

  /** Sources by a condition on `s`, as `[generation, ...]` values have it, without their texts. */
  async list(rest: string, values: (number | string)[]): Promise<StoredSource[]> {
    const rows = await this.database.rows<SourceRow>(`SELECT ${SOURCE_COLUMNS} ${rest}`, [this.generation, ...values])
    return rows.map(sourceOf)
  }
}

interface SourceRow {
  source: number
  line: string
  passages: number
  bytes: number
  group: number | null
}

const SOURCE_COLUMNS = `s.source, s.line, s.passages, octet_length(s.text) AS bytes, g."group" FROM onrecord.sources s
  LEFT JOIN onrecord.groups g ON g.born = $1 AND g.source = s.source`

/** As an index in a folder gives it; its text lies nowhere but in its row. */
function sourceOf({ source, line, passages, bytes, group }: SourceRow): StoredSource {
  return { ...(JSON.parse(line) as RecordedSource), textAt: 0, textBytes: bytes, firstPassage: source * PASSAGES, passages, group }
}

/** What is kept, and what is fetched of the rest. Throws when some of it is no longer there. */
async function brought<Value>(
  numbers: Iterable<number>,
  recent: Recent<Value>,
  fetch: (missing: number[]) => Promise<{ key: number; value: Value; bytes: number }[]>,
): Promise<Map<number, Value>> {
  const found = new Map<number, Value>()
  const missing = new Set<number>()
  for (const number of numbers) {
    const known = recent.get(number)
    if (known) found.set(number, known)
    else missing.add(number)
  }
  if (missing.size === 0) return found
  for (const { key, value, bytes } of await fetch([...missing])) {
    recent.set(key, value, bytes)
    found.set(key, value)
    missing.delete(key)
  }
  if (missing.size > 0) throw gone()
  return found
}

/** Generations are removed once two newer ones are there. */
function gone(): OnRecordError {
  return new OnRecordError('DATABASE_BUSY', 'The record was made anew more than once while the question was answered.', 'Ask again.')
}

export function damaged(path: string): OnRecordError {
  return new OnRecordError(
    'INDEX_DAMAGED',
    `The database no longer holds the text of ${path} as it was indexed.`,
    'Index its folder again: onrecord index FOLDER --store postgres.',
  )
}
