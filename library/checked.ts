import { z } from 'zod/v4'
import { OnRecordError } from '../index/errors.ts'

const day = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'must be YYYY, YYYY-MM or YYYY-MM-DD')
const words = z.string().optional()
const filters = z.strictObject({ after: day.optional(), before: day.optional(), speaker: words, outlet: words, source: words }).optional()
const signal = z.instanceof(AbortSignal).optional()
const count = z.int().min(1).optional()

const Question = z.string('must be text').refine((text) => text.trim() !== '', 'must not be empty')
const ASKED = z.strictObject({ filters, history: z.array(z.looseObject({ question: Question })).optional(), limit: count, signal })
const SEARCHED = z.strictObject({ filters, k: count, signal })

/** Throws USAGE that names what is wrong with a question or how it is asked: programs without types, and filters of strangers, come here. */
export function mustBeAsked(question: unknown, options: unknown): void {
  check(z.strictObject({ question: Question }), { question })
  check(ASKED, options)
}

/** The same of a search. */
export function mustBeSearched(query: unknown, options: unknown): void {
  check(z.strictObject({ query: Question }), { query })
  check(SEARCHED, options)
}

function check(schema: z.ZodType, given: unknown): void {
  const [issue] = schema.safeParse(given).error?.issues ?? []
  if (!issue) return
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  const field = [...issue.path, ...(unknown === undefined ? [] : [unknown])].join('.') || 'options'
  throw new OnRecordError('USAGE', unknown === undefined ? `${field}: ${issue.message}.` : `There is no option ${field}.`, 'See docs/library.md.')
}
