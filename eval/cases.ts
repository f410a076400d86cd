import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { z } from 'zod/v4'
import { OnRecordError } from '../index/errors.ts'
import { RecordSet, recordCases } from './record-set.ts'
import { SquadSet, squadCases, squadDocuments } from './squad-set.ts'
import type { Case, QuestionSet } from './types.ts'

export interface SetOptions {
  /** Index only every second article of a SQuAD set, from the first (0) or the second (1) on: the questions about the others have no answer. */
  half?: 0 | 1 | undefined
  /** Questions of each sort (with an answer in the index, without), at most: spread evenly over the set. */
  max?: number
}

/**
 * Reads a question set: SQuAD's format, which brings its documents along, or the record form, which has questions on a folder of documents.
 * Throws SET_INVALID, naming the file, the field and what to do.
 */
export async function readSet(file: string, { half, max = Number.POSITIVE_INFINITY }: SetOptions = {}): Promise<QuestionSet> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw invalid(file, `cannot be read (${error.code ?? error.message})`, 'Name a file with questions.')
  })
  const data = parsed(file, text)
  const facts = { name: basename(file), sha256: createHash('sha256').update(text).digest('hex') }
  if (isObject(data) && 'data' in data) {
    const articles = checked(file, SquadSet, data).data
    const indexed = half === undefined ? articles : articles.filter((_, i) => i % 2 === half)
    const foreign = half === undefined ? [] : articles.filter((_, i) => i % 2 !== half)
    const documents = squadDocuments(indexed)
    const cases = [...evenly(squadCases(indexed, documents), max), ...evenly(squadCases(foreign, null), max)]
    return { ...facts, form: 'squad', cases: unique(file, cases), documents }
  }
  if (!isObject(data) || !('questions' in data))
    throw invalid(file, 'has neither "data" (SQuAD\'s format) nor "questions" (the record form)', 'See "Measuring answers" in docs/quality.md for both.')
  if (half !== undefined) throw new OnRecordError('USAGE', `--split is for sets in SQuAD's format, and ${file} is of the record form.`, '')
  return { ...facts, form: 'record', cases: unique(file, evenly(recordCases(checked(file, RecordSet, data)), max)), documents: null }
}

/** So many of a list, spread evenly over it. */
export function evenly<T>(list: T[], max: number): T[] {
  const slot = (i: number) => Math.floor((i * max) / list.length)
  return list.length <= max ? list : list.filter((_, i) => slot(i) !== slot(i - 1))
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (cause) {
    throw invalid(file, `is not JSON (${(cause as Error).message.slice(0, 200)})`, 'Save it as JSON.')
  }
}

/** Checks data against a schema. */
function checked<T extends z.ZodType>(file: string, schema: T, data: unknown): z.infer<T> {
  const result = schema.safeParse(data)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw invalid(file, `is wrong at ${pathOf(issue?.path ?? [])}: ${issue?.message}`, 'Correct this field.')
}

/** data[3].paragraphs[0].context */
export function pathOf(path: PropertyKey[]): string {
  return (
    path
      .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
      .join('')
      .replace(/^\./, '') || 'its top'
  )
}

function unique(file: string, cases: Case[]): Case[] {
  if (cases.length === 0) throw invalid(file, 'holds no questions', 'Name a file with questions.')
  const seen = new Set<string>()
  for (const { id } of cases) {
    if (seen.has(id)) throw invalid(file, `has two questions with the id "${id}"`, 'Give each an id of its own.')
    seen.add(id)
  }
  return cases
}

function isObject(data: unknown): data is object {
  return typeof data === 'object' && data !== null && !Array.isArray(data)
}

function invalid(file: string, what: string, remedy: string): OnRecordError {
  return new OnRecordError('SET_INVALID', `The question set ${file} ${what}.`, remedy)
}
