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

/** Reasons that the page offers with a thumb down; a text of one's own is another. */
export const FEEDBACK_REASONS = ['wrong-quote', 'incomplete', 'should-be-on-record', 'should-not-be-on-record', 'out-of-date'] as const
/** Characters of a reason in one's own words, at most. */
export const MAX_REASON = 500

const offset = z.int().min(0)
const span = {
  start: offset.describe("Where it begins in the source's text, in UTF-16 code units."),
  end: offset.describe('Where it ends: the first code unit behind it.'),
}
const partialDate = z.string().regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/, 'must be YYYY, YYYY-MM or YYYY-MM-DD')

export const Source = z.strictObject({
  id: z.string().describe("Made of the folder's name and the path in it: it stays the same when the document is edited."),
  path: z.string().describe("The folder's name and the path in it."),
  title: z.string().describe("The document's own, or its file's name."),
  outlet: z.string().nullable().describe('Who published it.'),
  author: z.string().nullable().describe('Who wrote it.'),
  published: partialDate.nullable().describe('YYYY, YYYY-MM or YYYY-MM-DD.'),
  publishedFrom: z.enum(['text', 'metadata', 'sidecar', 'file']).nullable().describe("What the date was read from; `file` is the file's own, and the weakest."),
  url: z.string().nullable().describe('The public address of the original.'),
  mediaType: z.string().describe('Of the file that was indexed.'),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('Of the text, as UTF-8.'),
})
export type Source = z.infer<typeof Source>

export const Statement = z.strictObject({
  ...span,
  mention: z.string().nullable().describe('How the text names the speaker here, such as “she”.'),
  speaker: z.string().describe('Who the mention stands for.'),
  role: z.string().nullable().describe('Such as “harbour master”.'),
  speech: z.enum(['direct', 'indirect', 'mixed']).describe('All of it in quotation marks, none, or some.'),
  cue: z.string().nullable().describe('The word that says that something is said.'),
  saidOn: partialDate.nullable().describe('The day of speaking: YYYY, YYYY-MM or YYYY-MM-DD.'),
  saidOnText: z.string().nullable().describe('The words that the day was resolved from.'),
})
export type Statement = z.infer<typeof Statement>

const alsoIn = z.array(z.strictObject({ source: z.string().describe('The id of a source.'), ...span })).describe('The same words in other places.')

export const Citation = z.strictObject({
  quote: z.string().min(1).describe("The source's own words from `start` to `end`, character for character."),
  ...span,
  passage: z.strictObject({ text: z.string().describe("The source's own words."), ...span }).describe('What the quote stands in.'),
  source: Source,
  statements: z.array(Statement).describe('Every statement that overlaps the quote, in the order of the text.'),
  alsoIn,
  page: z.int().nullable().describe('From 1, of a document that has pages.'),
  line: z.int().min(1).describe('Of the text, from 1.'),
  time: z.number().nullable().describe('Seconds into a recording.'),
  link: z.string().describe('The source at these words, on this server.'),
  score: z.number().describe('By which the citations are ordered; comparable within one answer only.'),
})
export type Citation = z.infer<typeof Citation>

/** A sentence that a language model wrote from the quotes, proven by the citations at these indices, from 0. */
export const ProseSentence = z.strictObject({
  text: z.string().describe('One sentence.'),
  citations: z.array(z.int()).describe('Places in the `citations` of the answer, from 0, of what proves it.'),
})
export type ProseSentence = z.infer<typeof ProseSentence>

export const Answer = z.strictObject({
  question: z.string().describe('As it was understood, after a follow-up was completed.'),
  status: z
    .enum(['answered', 'partial', 'not-on-record'])
    .describe('`partial`: a cited sentence answers, but the `missing` words stand in none. `not-on-record`: nothing answers; what comes nearest may be cited.'),
  citations: z.array(Citation).describe('Best first.'),
  missing: z.array(z.string()).describe('Names, numbers and dates of the question, or words of it, that nothing matches.'),
  disagreements: z
    .array(
      z.strictObject({
        about: z.string().describe('What the sides are about.'),
        sides: z
          .array(
            z.strictObject({
              label: z.string().describe('Who says so.'),
              value: z.string().nullable().describe('The figure that differs, where one does.'),
              citations: z.array(z.int()).describe('Places in `citations`, from 0.'),
            }),
          )
          .describe('Who says what.'),
      }),
    )
    .describe('Statements side by side, and figures that differ.'),
  prose: z
    .strictObject({ sentences: z.array(ProseSentence).describe('In order.') })
    .optional()
    .describe('An answer in sentences: only with a language model, where it was wanted and anything of it was proven.'),
  generation: z.string().describe('The index that it comes from.'),
  degraded: z.boolean().describe('Is the newest index damaged, so that this comes from the one before it?'),
  timings: z.record(z.string(), z.number()).describe('Milliseconds by stage; none for an answer that was kept.'),
})
export type Answer = z.infer<typeof Answer>

const question = z
  .string()
  .refine((q) => q.trim().length > 0, 'must not be empty')
  .refine((q) => [...q].length <= MAX_QUESTION, `must have at most ${MAX_QUESTION} characters`)
  // What the refinements say, for /openapi.json.
  .meta({ minLength: 1, maxLength: MAX_QUESTION })

export const AskRequest = z.strictObject({
  question: question.describe('In your own words.'),
  history: z
    .array(
      z.strictObject({
        question: question.describe('As it was asked.'),
        citations: z
          .array(z.strictObject({ source: z.string().describe('The id of a source.'), ...span }))
          .max(MAX_LIMIT)
          .optional()
          .describe('What its answer cited.'),
      }),
    )
    .max(MAX_HISTORY)
    .optional()
    .describe('Earlier turns, oldest first: a question that leans on them is completed.'),
  filters: z
    .strictObject({
      after: partialDate.optional().describe('Said, or else published, then or later: YYYY, YYYY-MM or YYYY-MM-DD.'),
      before: partialDate.optional().describe('Said, or else published, before then.'),
      speaker: z.string().min(1).max(200).optional().describe("Part of a speaker's name or role."),
      outlet: z.string().min(1).max(200).optional().describe("Part of an outlet's name."),
      source: z.string().min(1).max(200).optional().describe("A source's id, or part of its path."),
    })
    .optional()
    .describe('What may be quoted.'),
  limit: z.int().min(1).max(MAX_LIMIT).optional().describe(`Citations, at most; ${DEFAULT_LIMIT} unless given.`),
  prose: z.boolean().optional().describe('Is an answer in sentences wanted as well? Not unless given.'),
})
export type AskRequest = z.infer<typeof AskRequest>

export const SourcesPage = z.strictObject({
  sources: z.array(Source).describe('By their paths.'),
  next: z.string().nullable().describe('The `cursor` of the next page; null after the last.'),
})
export type SourcesPage = z.infer<typeof SourcesPage>

/** One source with its whole text. */
export const SourceWithText = z.strictObject({
  ...Source.shape,
  text: z.string().describe('All of it, as it was indexed.'),
  statements: z.array(Statement).describe('All of them, in the order of the text.'),
})
export type SourceWithText = z.infer<typeof SourceWithText>

export const VerifyRequest = z.strictObject({
  source: z.string().max(200).describe('The id of a source.'),
  ...span,
  quote: z.string().max(100_000).describe('The words that should stand there.'),
  sha256: z.string().optional().describe('Of the text that was quoted from: with it, a source that has changed is told from one that never had these words.'),
})
export type VerifyRequest = z.infer<typeof VerifyRequest>

export const VerifyReply = z.strictObject({
  verified: z.boolean().describe('Are these the words that stand there?'),
  reason: z.string().nullable().describe('Why it does not hold.'),
})
export type VerifyReply = z.infer<typeof VerifyReply>

/** Passages by how near they are to some words; `filters` as those of a question. */
export const SearchRequest = z.strictObject({
  query: question.describe('What is looked for.'),
  filters: AskRequest.shape.filters,
  limit: AskRequest.shape.limit,
})
export type SearchRequest = z.infer<typeof SearchRequest>

const { source, statements, page, line, time, link, score } = Citation.shape
export const SearchReply = z.strictObject({
  passages: z.array(
    z.strictObject({ text: z.string().describe("The source's own words."), ...span, source, statements, alsoIn, page, line, time, link, score }),
  ),
  generation: z.string(),
  degraded: z.boolean(),
})
export type SearchReply = z.infer<typeof SearchReply>

/** A part of a source's text, from its beginning and as long as is allowed unless it says otherwise. */
export const SourcePartRequest = z.strictObject({ id: z.string().max(200), start: offset.optional(), end: offset.optional() })
export type SourcePartRequest = z.infer<typeof SourcePartRequest>

/** `length` is that of the whole text; `next` is where the text goes on that is not given, null at its end. */
export const SourcePart = z.strictObject({
  source: Source,
  text: z.string(),
  ...span,
  length: offset,
  next: offset.nullable(),
  statements: z.array(Statement),
})
export type SourcePart = z.infer<typeof SourcePart>

/** What a reader thinks of an answer. */
export const Feedback = z.strictObject({
  question: question.describe('As the answer understood it.'),
  helpful: z.boolean().describe('Did the answer help?'),
  reason: z
    .union([
      z.enum(FEEDBACK_REASONS),
      z
        .string()
        .min(1)
        .refine((text) => [...text].length <= MAX_REASON, `must have at most ${MAX_REASON} characters`)
        .meta({ maxLength: MAX_REASON }),
    ])
    .optional()
    .describe(`Why: one of these, or in own words of up to ${MAX_REASON} characters.`),
  citations: z
    .array(
      z.strictObject({
        source: z.string().max(200).describe('The id of a source.'),
        ...span,
        sha256: z
          .string()
          .regex(/^[0-9a-f]{64}$/)
          .optional()
          .describe("Of the source's text: it says later whether the words are still the same."),
      }),
    )
    .max(MAX_LIMIT)
    .describe('What the answer cited; none where it said that nothing is on record.'),
  generation: z.string().max(200).describe('The index that the answer came from.'),
})
export type Feedback = z.infer<typeof Feedback>

export const Suggestions = z.strictObject({ questions: z.array(z.string()).describe('In no order.') })
export type Suggestions = z.infer<typeof Suggestions>

/** Who says something in the record: the role that most of their statements give, and how many there are. Most statements first. */
export const Speakers = z.strictObject({
  speakers: z
    .array(
      z.strictObject({
        name: z.string().describe('As statements name the speaker.'),
        role: z.string().nullable().describe('The one that most of the statements give.'),
        statements: z.int().min(1).describe('How many there are.'),
      }),
    )
    .describe('Most statements first.'),
})
export type Speakers = z.infer<typeof Speakers>

/** What a stream sends once there is the whole answer but for its prose, which a language model is asked for then. */
export const QuotesEvent = Answer.omit({ prose: true })
export type QuotesEvent = z.infer<typeof QuotesEvent>

/** What a stream sends for each sentence of prose. */
export const ProseEvent = z.strictObject({ sentence: ProseSentence })
export type ProseEvent = z.infer<typeof ProseEvent>

/** What a stream sends for each citation. */
export const CitationEvent = z.strictObject({ citation: Citation })
export type CitationEvent = z.infer<typeof CitationEvent>

/** What /healthz says. */
export const Alive = z.strictObject({ status: z.literal('ok').describe('The process answers.') })
export type Alive = z.infer<typeof Alive>

/** What /readyz says of an index that answers. `languages`: documents in each language that could be told, as BCP 47 names them. */
export const Ready = z.strictObject({
  status: z.literal('ready').describe('Else there is a problem.'),
  generation: z.string().describe('The index that answers.'),
  sources: z.int().describe('Documents in it.'),
  languages: z.record(z.string(), z.int()).describe('Documents in each language that could be told, as BCP 47 names them.'),
  degraded: z.boolean().describe('Is the newest index damaged, so that the one before it answers?'),
  feedback: z.boolean().describe('Is feedback on answers taken?'),
})
export type Ready = z.infer<typeof Ready>

/** RFC 9457. `type` is stable: `urn:onrecord:problem:` and the code of the error in lower case. */
export const Problem = z.looseObject({
  type: z.string().describe('Stable: `urn:onrecord:problem:` and what went wrong.'),
  title: z.string().describe('What kind of problem it is, in a few words.'),
  status: z.int().describe('As the status of the reply.'),
  detail: z.string().describe('For a person.'),
  field: z.string().optional().describe('The field or parameter of the request that is wrong, where one is.'),
  remedy: z.string().optional().describe('What to do about it.'),
  requestId: z.string().optional().describe("Of a failure of the server's: the id of the request in its log, as in X-Request-Id."),
  retryAfter: z.int().optional().describe('Seconds after which it is worth asking again, as in Retry-After.'),
})
export type Problem = z.infer<typeof Problem>
