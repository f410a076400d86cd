import { decodeText } from '../decode.ts'
import { SkipFile } from '../errors.ts'
import { factsOf } from '../facts.ts'
import type { Loaded } from '../types.ts'
import { LIMITS, type Load } from './loader.ts'

/** Characters of a line, at most. */
const MAX_LINE = 5_000_000
/** Lines that cannot be read and are reported one by one, at most. */
const MAX_REPORTED = 100

/** The usual names of fields; those of facts are known to factsOf. */
const USUAL: Record<string, string[]> = { text: ['text', 'body', 'content', 'article'], id: ['id', '_id', 'guid', 'key'] }
const FACTS = ['title', 'outlet', 'author', 'published', 'url', 'language']

/**
 * JSON Lines: each line a document, called by its id or else by its line (`L12`). How its fields are called is said by `records` in
 * sources.yaml, with dots for fields in fields; without that the usual names are tried. A line that cannot be read is reported by its number.
 */
export const jsonl: Load = (bytes, { fields = {} } = {}) => {
  const lines = decodeText(bytes).split('\n')
  if (lines.filter((line) => line.trim() !== '').length > LIMITS.documents)
    throw new SkipFile('TOO_MANY_DOCUMENTS', `It has more than ${LIMITS.documents} records; split it.`)
  const documents: Loaded[] = []
  const lineOf = new Map<string, number>()
  let bad = 0
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '') continue
    try {
      documents.push(documentOf(line, i + 1, fields, lineOf))
    } catch (error) {
      if (!(error instanceof SkipFile)) throw error
      bad++
      if (bad <= MAX_REPORTED) documents.push({ ...EMPTY, part: `L${i + 1}`, skip: { code: error.code, remedy: error.remedy } })
    }
  }
  const reported = Math.min(bad, MAX_REPORTED)
  const [first] = documents
  if (first?.skip && documents.length === reported) throw new SkipFile(first.skip.code, `None of its lines can be read. ${first.skip.remedy}`)
  if (bad > reported)
    documents.push({ ...EMPTY, part: 'more', skip: { code: 'BAD_RECORD', remedy: `${bad - reported} more lines of it cannot be read; correct them.` } })
  return documents
}

const EMPTY = { text: '', mediaType: 'application/jsonl', facts: {} }

function documentOf(line: string, number: number, fields: Record<string, string>, lineOf: Map<string, number>): Loaded {
  if (line.length > MAX_LINE) throw new SkipFile('TOO_LARGE', `Line ${number} has more than ${MAX_LINE / 1e6} million characters; split it.`)
  const record = recordOf(line, number)
  const text = valuesOf(record, fields, 'text').map(textOf).find(Boolean)
  if (!text) {
    const names = fields.text ?? USUAL.text?.join(', ')
    throw new SkipFile('NO_TEXT_FIELD', `Line ${number} has no text in ${names}; say under "records" in sources.yaml which field holds it.`)
  }
  const part = valuesOf(record, fields, 'id').map(idOf).find(Boolean) ?? `L${number}`
  const same = lineOf.get(part)
  if (same !== undefined) throw new SkipFile('SAME_ID', `Line ${number} has the id of line ${same}, ${part}; give it one of its own.`)
  lineOf.set(part, number)
  const mapped = FACTS.flatMap((fact) => (fields[fact] ? [[fact, at(record, fields[fact])]] : []))
  // What the mapping names goes before the usual names.
  return { ...EMPTY, text, facts: { ...factsOf(record), ...factsOf(Object.fromEntries(mapped)) }, part }
}

function recordOf(line: string, number: number): Record<string, unknown> {
  let record: unknown
  try {
    record = JSON.parse(line)
  } catch {}
  if (typeof record === 'object' && record !== null && !Array.isArray(record)) return record as Record<string, unknown>
  throw new SkipFile('BAD_RECORD', `Line ${number} is not an object in JSON; correct it or remove it.`)
}

function valuesOf(record: Record<string, unknown>, fields: Record<string, string>, field: 'text' | 'id'): unknown[] {
  return (fields[field] === undefined ? (USUAL[field] ?? []) : [fields[field]]).map((name) => at(record, name))
}

/** The value at a name, or at names with dots between them. */
function at(record: unknown, path: string): unknown {
  if (typeof record !== 'object' || record === null) return undefined
  if (Object.hasOwn(record, path)) return (record as Record<string, unknown>)[path]
  const dot = path.indexOf('.')
  if (dot < 0 || !Object.hasOwn(record, path.slice(0, dot))) return undefined
  return at((record as Record<string, unknown>)[path.slice(0, dot)], path.slice(dot + 1))
}

/** A text, or paragraphs; null when there is none. */
function textOf(value: unknown): string | null {
  if (Array.isArray(value)) return value.every((one) => typeof one === 'string') ? textOf(value.join('\n\n')) : null
  if (typeof value !== 'string' || value.trim() === '') return null
  return value.replace(/\p{Cs}/gu, '\ufffd')
}

/** An id that can stand in the name of a document; null when it is none. */
function idOf(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null
  const id = String(value).trim()
  return id === '' || id.length > 200 || /[\p{Cc}\p{Cs}]/u.test(id) ? null : id
}
