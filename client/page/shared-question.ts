import { type Filters, isDate, onlyGiven } from '../ui/filters.ts'
import { MAX_FILTER, MAX_QUESTION } from '../ui/limits.ts'

const NAMES = ['after', 'before', 'speaker', 'outlet', 'source'] as const

export interface SharedQuestion {
  /** Null: the link holds none that can be asked. */
  question: string | null
  filters: Filters
  /** Parameters that were left out. */
  ignored: string[]
}

/** The address that asks a question with its filters. */
export function shareAddress(base: string, question: string, filters: Filters): string {
  const url = new URL(base)
  url.search = new URLSearchParams({ q: question, ...filters }).toString()
  return url.href
}

/** The question in the query of an address; null when it holds none at all. Anybody may have written it. */
export function sharedQuestion(search: string): SharedQuestion | null {
  const query = new URLSearchParams(search)
  if (!query.has('q')) return null
  const filters = { after: '', before: '', speaker: '', outlet: '', source: '' }
  const ignored: string[] = []
  for (const name of NAMES) {
    const values = query.getAll(name)
    if (values.length === 0) continue
    const value = values[0]?.trim() ?? ''
    if (values.length === 1 && isFilter(name, value)) filters[name] = value
    else ignored.push(name)
  }
  const questions = query.getAll('q')
  const question = questions[0]?.trim() ?? ''
  const asks = questions.length === 1 && question !== '' && [...question].length <= MAX_QUESTION
  return { question: asks ? question : null, filters: onlyGiven(filters), ignored }
}

function isFilter(name: keyof Filters, value: string): boolean {
  if (name === 'after' || name === 'before') return isDate(value)
  return value !== '' && value.length <= MAX_FILTER
}
