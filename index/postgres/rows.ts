import { createHash } from 'node:crypto'
import { dayOf, firstDay, lastDay } from '../days.ts'
import { personNames } from '../names.ts'
import type { RecordedSource } from '../stored-sources.ts'
import { keyOf, type StoredVectors } from '../stored-vectors.ts'
import { termsOf } from '../terms.ts'
import type { Passage } from '../types.ts'
import { calledBy, namesIn, termsIn } from '../voices.ts'
import type { Session, Value } from './connection.ts'
import { tsvectorOf } from './lexemes.ts'

/** The passages of a source are numbered from its number times this on. */
export const PASSAGES = 65_536
/** Bytes of what a voice is told apart by. */
const HASH_BYTES = 16

/** A source as it goes into the database. */
export interface NewSource {
  /** From the sequence `source_numbers`. */
  number: number
  file: number
  /** Among the sources of its file. */
  position: number
  source: RecordedSource
  text: string
  passages: Passage[]
  /** Of the passages, in their order. */
  vectors: StoredVectors[]
}

/** The numbers of so many new sources. */
export async function nextSources(session: Session, count: number): Promise<number[]> {
  const rows = await session.rows<{ number: number }>(`SELECT nextval('onrecord.source_numbers') AS number FROM generate_series(1, $1)`, [count])
  return rows.map(({ number }) => number)
}

/** Writes sources, their passages, statements and voices; they are in generations from `born` on. */
export async function insertSources(session: Session, born: number, sources: NewSource[]): Promise<void> {
  const voices = await voicesOf(session, sources)
  await insert(
    session,
    'sources',
    SOURCE,
    sources.map((one) => sourceRow(one, born, voices)),
  )
  await insert(session, 'passages', PASSAGE, sources.flatMap(passageRows))
  await insert(
    session,
    'statements',
    STATEMENT,
    sources.flatMap((one) => statementRows(one, voices)),
  )
}

/** A text as a column of text can hold it. */
export function plain(text: string): string {
  return text.replaceAll('\u0000', '')
}

/** The same in lower case, as filters compare it. */
export function folded(text: string): string {
  return plain(text.toLowerCase())
}

/** A vector as the database reads it: so many digits that what it held already comes out as it was, however small. */
export function halfvecOf(vector: Float32Array): string {
  return `[${Array.from(vector, (x) => x.toPrecision(6)).join(',')}]`
}

/** What the database writes of a vector. */
export function numbersOf(halfvec: string): Float32Array {
  return Float32Array.from(JSON.parse(halfvec) as number[])
}

/** Columns with the types that they are sent as; what is no array of PostgreSQL's own is text. */
type Columns = [name: string, sent: string, type?: string][]

const SOURCE: Columns = [
  ['source', 'bigint'],
  ['file', 'bigint'],
  ['position', 'int'],
  ['id', 'text'],
  ['path', 'text'],
  ['sha256', 'text'],
  ['line', 'text'],
  ['text', 'bytea'],
  ['outlet_folded', 'text'],
  ['path_folded', 'text'],
  ['title_folded', 'text'],
  ['voice', 'bigint'],
  ['first_day', 'text'],
  ['last_day', 'text'],
  ['passages', 'int'],
  ['sentences', 'int'],
  ['signature', 'bytea'],
  ['language', 'text'],
  ['dates', 'text', 'text[]'],
  ['born', 'int'],
]

function sourceRow({ number, file, position, source, text, passages }: NewSource, born: number, voices: Voices): Value[] {
  const day = dayOf(undefined, source)
  return [
    number,
    file,
    position,
    source.id,
    plain(source.path),
    source.sha256,
    JSON.stringify(source),
    Buffer.from(text, 'utf8'),
    source.outlet === null ? null : folded(source.outlet),
    folded(source.path),
    folded(source.title),
    source.outlet ? (voices.get(hashOf(outletVoice(source.outlet))) as number) : null,
    day && firstDay(day),
    day && lastDay(day),
    passages.length,
    passages.reduce((sum, { sentences }) => sum + sentences.length, 0),
    source.signature === null ? null : Buffer.from(source.signature, 'base64'),
    source.language,
    arrayOf(datesOf(source)),
    born,
  ]
}

/** The month of its publication and of each of its statements, or the year where no month is known. */
function datesOf(source: RecordedSource): string[] {
  const days = [dayOf(undefined, source), ...source.statements.map(({ saidOn }) => saidOn)]
  return days.flatMap((day) => (day === null ? [] : [day.slice(0, 7)]))
}

const PASSAGE: Columns = [
  ['source', 'bigint'],
  ['number', 'int'],
  ['start', 'int'],
  ['"end"', 'int'],
  ['sentences', 'text', 'int[]'],
  ['embedding', 'text', 'halfvec'],
  ['sentence_vectors', 'bytea'],
  ['tokens', 'text', 'int[]'],
  ['signs', 'bytea'],
  ['key', 'bytea'],
  ['terms', 'text', 'tsvector'],
  ['title_terms', 'text', 'tsvector'],
  ['length', 'int'],
  ['title_length', 'int'],
]

function passageRows({ number, source, text, passages, vectors }: NewSource): Value[][] {
  if (passages.length > PASSAGES) throw new Error(`${source.path} has ${passages.length} passages, more than ${PASSAGES}`)
  const title = termsOf(source.title)
  return passages.map(({ start, end, sentences }, i) => {
    const terms = termsOf(text.slice(start, end))
    const stored = vectors[i] as StoredVectors
    return [
      number,
      i,
      start,
      end,
      `{${sentences.flatMap((s) => [s.start, s.end])}}`,
      halfvecOf(stored.passage),
      Buffer.from(stored.sentences),
      `{${stored.tokens}}`,
      Buffer.from(stored.signs),
      keyOf(sentences.map((s) => text.slice(s.start, s.end))),
      tsvectorOf(terms),
      tsvectorOf(title),
      new Set(terms).size,
      new Set(title).size,
    ]
  })
}

const STATEMENT: Columns = [
  ['source', 'bigint'],
  ['number', 'int'],
  ['start', 'int'],
  ['"end"', 'int'],
  ['voice', 'bigint'],
  ['first_day', 'text'],
  ['last_day', 'text'],
]

function statementRows({ number, source, text }: NewSource, voices: Voices): Value[][] {
  const names = namesIn(text)
  return source.statements.map((statement, i) => {
    const { speaker, role, start, end } = statement
    const day = dayOf(statement, source)
    const voice = voices.get(hashOf({ name: names(speaker), speaker, role, outlet: source.outlet })) as number
    return [number, i, start, end, voice, day && firstDay(day), day && lastDay(day)]
  })
}

/** Who says something, in which role and outlet. */
interface VoiceKey {
  /** As the source names the speaker in full. */
  name: string
  speaker: string
  role: string | null
  outlet: string | null
}

/** The numbers of voices, by their hashes in hexadecimal. */
type Voices = Map<string, number>

const VOICE: Columns = [
  ['hash', 'bytea'],
  ['name', 'text'],
  ['speaker', 'text'],
  ['role', 'text'],
  ['outlet', 'text'],
  ['is_person', 'boolean'],
  ['folded', 'text'],
  ['own', 'text', 'text[]'],
  ['outlet_terms', 'text', 'text[]'],
  ['all_terms', 'text', 'text[]'],
]

/** The voices of sources; those that are not known yet are written. They are always taken in one order, so that no two writers wait for each other. */
async function voicesOf(session: Session, sources: NewSource[]): Promise<Voices> {
  const keys = new Map<string, { key: VoiceKey; isOutlet: boolean }>()
  for (const { source, text } of sources) {
    const { outlet, statements } = source
    const names = namesIn(text)
    const add = (key: VoiceKey, isOutlet: boolean) => keys.set(hashOf(key), { key, isOutlet })
    for (const { speaker, role } of statements) add({ name: names(speaker), speaker, role, outlet }, false)
    if (outlet) add(outletVoice(outlet), true)
  }
  const hashes = [...keys.keys()].sort()
  const known = await knownVoices(session, hashes)
  const missing = hashes.filter((hash) => !known.has(hash))
  if (missing.length === 0) return known
  await insert(
    session,
    'voices',
    VOICE,
    missing.map((hash) => voiceRow(hash, keys.get(hash) as { key: VoiceKey; isOutlet: boolean })),
    'ON CONFLICT (hash) DO NOTHING',
  )
  return knownVoices(session, hashes)
}

async function knownVoices(session: Session, hashes: string[]): Promise<Voices> {
  const rows = await session.rows<{ hash: string; voice: number }>(
    `SELECT encode(hash, 'hex') AS hash, voice FROM onrecord.voices WHERE hash = ANY (SELECT decode(h, 'hex') FROM unnest($1::text[]) h)`,
    [hashes],
  )
  return new Map(rows.map(({ hash, voice }) => [hash, voice]))
}

/** An outlet's own: nobody speaks, so it is called by no terms but the outlet's. */
function outletVoice(outlet: string): VoiceKey {
  return { name: outlet, speaker: '', role: null, outlet }
}

function voiceRow(hash: string, { key: { name, speaker, role, outlet }, isOutlet }: { key: VoiceKey; isOutlet: boolean }): Value[] {
  const own = isOutlet ? [] : [...termsIn(calledBy(name, role))]
  const paper = [...termsIn(outlet ?? '')]
  return [
    Buffer.from(hash, 'hex'),
    plain(name),
    plain(isOutlet ? name : speaker),
    role === null ? null : plain(role),
    outlet === null ? null : plain(outlet),
    !isOutlet && personNames(speaker)[0] === speaker,
    folded(isOutlet ? '' : `${speaker} ${role ?? ''}`),
    arrayOf(own),
    arrayOf(paper),
    arrayOf([...new Set([...own, ...paper])]),
  ]
}

function hashOf({ name, speaker, role, outlet }: VoiceKey): string {
  return createHash('sha256')
    .update(JSON.stringify([name, speaker, role, outlet]))
    .digest('hex')
    .slice(0, 2 * HASH_BYTES)
}

/** Texts as an array that is sent as text. */
function arrayOf(texts: string[]): string {
  return `{${texts.map((text) => `"${plain(text).replace(/["\\]/g, '\\$&')}"`).join(',')}}`
}

/** Rows are sent so many at a time, at most. */
const ROWS = 500

/** Writes rows, each column as an array, so that the statement is the same for any number of them. */
async function insert(session: Session, table: string, columns: Columns, rows: Value[][], conflict = ''): Promise<void> {
  const names = columns.map(([name]) => name)
  const sent = columns.map(([, type], i) => `$${i + 1}::${type}[]`)
  const taken = columns.map(([name, , type]) => (type ? `${name}::${type}` : name))
  const sql = `INSERT INTO onrecord.${table} (${names}) SELECT ${taken} FROM unnest(${sent}) AS row (${names}) ${conflict}`
  for (let at = 0; at < rows.length; at += ROWS) {
    const some = rows.slice(at, at + ROWS)
    await session.run(
      sql,
      columns.map((_, i) => some.map((row) => row[i] as Value)),
    )
  }
}
