/**
 * The contract of the HTTP interface: one zod schema for each body, shared by the server and the client's types.
 * Every object that comes in is strict: an unknown field is an error.
 */
import { z } from 'zod/v4'

/** Code points in a question, at most. */
export const MAX_QUESTION = 1000
/** Earlier turns of a conversation, at most. */
export const MAX_HISTORY = 10
/** Citations in an answer: the default, and the most that can be asked for. */
export const DEFAULT_LIMIT = 5
export const MAX_LIMIT = 20

const offset = z.int().min(0)
const span = { start: offset, end: offset }
const partialDate = z.string().regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/, 'must be YYYY, YYYY-MM or YYYY-MM-DD')

export const Source = z.strictObject({
  id: z.string(),
  path: z.string(),
  title: z.string(),
  outlet: z.string().nullable(),
  author: z.string().nullable(),
  published: partialDate.nullable(),
  publishedFrom: z.enum(['text', 'metadata', 'sidecar', 'file']).nullable(),
  url: z.string().nullable(),
  mediaType: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})
export type Source = z.infer<typeof Source>

export const Statement = z.strictObject({
  ...span,
  mention: z.string().nullable(),
  speaker: z.string(),
  role: z.string().nullable(),
  speech: z.enum(['direct', 'indirect', 'mixed']),
  cue: z.string().nullable(),
  saidOn: partialDate.nullable(),
  saidOnText: z.string().nullable(),
})
export type Statement = z.infer<typeof Statement>

export const Citation = z.strictObject({
  quote: z.string().min(1),
  ...span,
  passage: z.strictObject({ text: z.string(), ...span }),
  source: Source,
  statements: z.array(Statement),
  alsoIn: z.array(z.strictObject({ source: z.string(), ...span })),
  page: z.int().nullable(),
  line: z.int().min(1),
  time: z.number().nullable(),
  link: z.string(),
  score: z.number(),
})
export type Citation = z.infer<typeof Citation>

/** A sentence that a language model wrote from the quotes, proven by the citations at these indices, from 0. */
export const ProseSentence = z.strictObject({ text: z.string(), citations: z.array(z.int()) })
export type ProseSentence = z.infer<typeof ProseSentence>

export const Answer = z.strictObject({
  question: z.string(),
  status: z.enum(['answered', 'partial', 'not-on-record']),
  citations: z.array(Citation),
  missing: z.array(z.string()),
  disagreements: z.array(
    z.strictObject({
      about: z.string(),
      sides: z.array(z.strictObject({ label: z.string(), value: z.string().nullable(), citations: z.array(z.int()) })),
    }),
  ),
  /** Only with a language model, where it was wanted and anything of it was proven. */
  prose: z.strictObject({ sentences: z.array(ProseSentence) }).optional(),
  generation: z.string(),
  degraded: z.boolean(),
  timings: z.record(z.string(), z.number()),
})
export type Answer = z.infer<typeof Answer>

const question = z
  .string()
  .refine((q) => q.trim().length > 0, 'must not be empty')
  .refine((q) => [...q].length <= MAX_QUESTION, `must have at most ${MAX_QUESTION} characters`)

export const AskRequest = z.strictObject({
  question,
  history: z
    .array(
      z.strictObject({
        question,
        citations: z
          .array(z.strictObject({ source: z.string(), ...span }))
          .max(MAX_LIMIT)
          .optional(),
      }),
    )
    .max(MAX_HISTORY)
    .optional(),
  filters: z
    .strictObject({
      after: partialDate.optional(),
      before: partialDate.optional(),
      speaker: z.string().min(1).max(200).optional(),
      outlet: z.string().min(1).max(200).optional(),
      source: z.string().min(1).max(200).optional(),
    })
    .optional(),
  limit: z.int().min(1).max(MAX_LIMIT).optional(),
  prose: z.boolean().optional(),
})
export type AskRequest = z.infer<typeof AskRequest>

export const SourcesPage = z.strictObject({ sources: z.array(Source), next: z.string().nullable() })
export type SourcesPage = z.infer<typeof SourcesPage>

/** One source with its whole text. */
export const SourceWithText = z.strictObject({ ...Source.shape, text: z.string(), statements: z.array(Statement) })
export type SourceWithText = z.infer<typeof SourceWithText>

export const VerifyRequest = z.strictObject({
  source: z.string().max(200),
  ...span,
  quote: z.string().max(100_000),
  sha256: z.string().optional(),
})
export type VerifyRequest = z.infer<typeof VerifyRequest>

export const VerifyReply = z.strictObject({ verified: z.boolean(), reason: z.string().nullable() })
export type VerifyReply = z.infer<typeof VerifyReply>

export const Suggestions = z.strictObject({ questions: z.array(z.string()) })
export type Suggestions = z.infer<typeof Suggestions>

/** Who says something in the record: the role that most of their statements give, and how many there are. Most statements first. */
export const Speakers = z.strictObject({
  speakers: z.array(z.strictObject({ name: z.string(), role: z.string().nullable(), statements: z.int().min(1) })),
})
export type Speakers = z.infer<typeof Speakers>

/** What /readyz says of an index that answers. `languages`: documents in each language that could be told, as BCP 47 names them. */
export const Ready = z.strictObject({
  status: z.literal('ready'),
  generation: z.string(),
  sources: z.int(),
  languages: z.record(z.string(), z.int()),
  degraded: z.boolean(),
})
export type Ready = z.infer<typeof Ready>

/** RFC 9457. `type` is stable: `urn:onrecord:problem:` and the code of the error in lower case. */
export const Problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  /** The field of the request that is wrong, where one is. */
  field: z.string().optional(),
  remedy: z.string().optional(),
  /** Of a failure of the server's: the id of the request in its log, as in X-Request-Id. */
  requestId: z.string().optional(),
  /** Seconds after which it is worth asking again, as in Retry-After. */
  retryAfter: z.int().optional(),
})
export type Problem = z.infer<typeof Problem>
