import type { Turn } from './conversation.ts'

type Check = (value: unknown) => boolean

/** Whether a stored value is a finished turn, as far as showing it depends on it. */
export function isTurn(value: unknown): value is Turn {
  return turn(value)
}

const string: Check = (value) => typeof value === 'string'
const flag: Check = (value) => typeof value === 'boolean'
const number: Check = (value) => Number.isSafeInteger(value)
const anyNumber: Check = (value) => typeof value === 'number'
const oneOf =
  (...values: unknown[]): Check =>
  (value) =>
    values.includes(value)
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value)
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value)
const list =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check)
const object =
  (fields: Record<string, Check>): Check =>
  (value) =>
    typeof value === 'object' && value !== null && Object.entries(fields).every(([name, check]) => check((value as Record<string, unknown>)[name]))

const span = { start: number, end: number }
const source = object({
  id: string,
  path: string,
  title: string,
  outlet: orNull(string),
  author: orNull(string),
  published: orNull(string),
  publishedFrom: orNull(string),
  url: orNull(string),
  sha256: string,
})
const statement = object({
  ...span,
  speaker: string,
  role: orNull(string),
  speech: oneOf('direct', 'indirect', 'mixed'),
  saidOn: orNull(string),
  saidOnText: orNull(string),
})
const citation = object({
  quote: string,
  ...span,
  passage: object({ text: string, ...span }),
  source,
  statements: list(statement),
  alsoIn: list(object({ source: string, ...span })),
  page: orNull(number),
  line: number,
  time: orNull(anyNumber),
  link: string,
})
const answer = object({
  question: string,
  status: oneOf('answered', 'partial', 'not-on-record'),
  citations: list(citation),
  missing: list(string),
  disagreements: list(object({ about: string, sides: list(object({ label: string, value: orNull(string), citations: list(number) })) })),
  degraded: flag,
  prose: optional(object({ sentences: list(object({ text: string, citations: list(number) })) })),
})
const problem = object({ type: string, title: string, status: anyNumber, detail: string, remedy: optional(string) })
const failure: Check = (value) =>
  object({ kind: oneOf('stopped', 'offline', 'cut') })(value) ||
  object({ kind: oneOf('limited'), seconds: anyNumber, problem: orNull(problem) })(value) ||
  object({ kind: oneOf('problem'), problem })(value)
const filters = object(Object.fromEntries(['after', 'before', 'speaker', 'outlet', 'source'].map((name) => [name, optional(string)])))
const common = { id: number, question: string, filters, alone: flag, citations: list(citation) }
const answered = object({ ...common, state: oneOf('answered'), answer, failure: oneOf(null) })
const failed = object({ ...common, state: oneOf('failed'), answer: oneOf(null), failure })
const turn: Check = (value) => answered(value) || failed(value)
