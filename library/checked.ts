import { z } from 'zod/v4'
import { OnRecordError } from '../index/errors.ts'
import { firstFault } from '../index/first-fault.ts'

const day = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'must be YYYY, YYYY-MM or YYYY-MM-DD')
const words = z.string().optional()
const filters = z.strictObject({ after: day.optional(), before: day.optional(), speaker: words, outlet: words, source: words }).optional()
const signal = z.instanceof(AbortSignal).optional()
const count = z.int().min(1).optional()

const Question = z.string('must be text').refine((text) => text.trim() !== '', 'must not be empty')
const QUESTION = z.strictObject({ question: Question })
const QUERY = z.strictObject({ query: Question })
const ASKED = z.strictObject({ filters, history: z.array(z.looseObject({ question: Question })).optional(), limit: count, signal })
const SEARCHED = z.strictObject({ filters, k: count, signal })

/** Throws USAGE that names what is wrong with a question or how it is asked: programs without types, and filters of strangers, come here. */
export function mustBeAsked(question: unknown, options: unknown): void {
  check(QUESTION, { question })
  check(ASKED, options)
}

/** The same of a search. */
export function mustBeSearched(query: unknown, options: unknown): void {
  check(QUERY, { query })
  check(SEARCHED, options)
}

function check(schema: z.ZodType, given: unknown): void {
  const { error } = schema.safeParse(given)
  if (!error) return
  const { field, isUnknown, message } = firstFault(error)
  throw new OnRecordError('USAGE', isUnknown ? `There is no option ${field}.` : `${field || 'options'}: ${message}.`, 'See docs/library.md.')
}
