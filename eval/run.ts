import { readFile } from 'node:fs/promises'
import { z } from 'zod/v4'
import { OnRecordError } from '../index/errors.ts'

const rank = z.int().min(1).nullable()
const maybe = z.boolean().nullable()

/** One question, what was expected, and what came of it. Booleans are null where the question does not ask for it. */
export const Judged = z.object({
  id: z.string(),
  question: z.string(),
  /** After a follow-up was completed. */
  understood: z.string(),
  kind: z.string().nullable(),
  answerable: z.boolean(),
  /** Names words that are to be named as missing: then an answer in part is right as well. */
  namesMissing: z.boolean(),
  all: z.boolean(),
  expected: z.array(z.object({ doc: z.string(), words: z.string() })),
  status: z.enum(['answered', 'partial', 'not-on-record']),
  missing: z.array(z.string()),
  /** The log odds that the record answers. */
  odds: z.number().nullable(),
  /** For each thing wanted the rank of its first passage among those retrieved; the ranks of all right passages, and how many there are. */
  wantedRanks: z.array(rank),
  rightRanks: z.array(rank),
  rightPassages: z.int(),
  /** The first quotes; of a question that is not on record, what came nearest. */
  quotes: z.array(z.object({ quote: z.string(), path: z.string(), line: z.int(), score: z.number(), right: z.boolean(), inPlace: z.boolean() })),
  /** Do the first quotes hold what is wanted, whatever the status? */
  rightAmongFirst: z.boolean(),
  speaker: maybe,
  speech: maybe,
  day: maybe,
  missingNamed: maybe,
  figuresReported: maybe,
  citations: z.int(),
  verbatim: z.int(),
  verifications: z.int(),
  verified: z.int(),
  ms: z.number(),
  embedMs: z.number(),
  stages: z.record(z.string(), z.number()),
})
export type Judged = z.infer<typeof Judged>

export const Figure = z.object({
  group: z.string(),
  name: z.string(),
  about: z.string(),
  unit: z.enum(['share', 'mean', 'ms', 'characters', 'times']),
  value: z.number().nullable(),
  /** The number of questions, or of what else `about` counts. */
  of: z.int(),
  /** The 95 % interval of a share. */
  interval: z.tuple([z.number(), z.number()]).nullable(),
})
export type Figure = z.infer<typeof Figure>

/** Everything that is known of one run, as `--json` prints and `--out` writes it. */
export const Run = z.object({
  format: z.literal(1),
  version: z.string(),
  made: z.string(),
  /** False when it was interrupted: then the figures are those of the questions that were asked. */
  complete: z.boolean(),
  set: z.object({
    name: z.string(),
    sha256: z.string().nullable(),
    form: z.enum(['squad', 'record', 'headings']),
    split: z.boolean(),
    questions: z.int(),
  }),
  index: z.object({ generation: z.string(), documents: z.int(), passages: z.int(), embedder: z.string() }),
  notes: z.array(z.string()),
  /** The log odds below which a question is refused. */
  threshold: z.number(),
  figures: z.array(Figure),
  questions: z.array(Judged),
})
export type Run = z.infer<typeof Run>

/** Reads a run that `onrecord eval --out` wrote. Throws RUN_INVALID. */
export async function readRun(file: string): Promise<Run> {
  try {
    return Run.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (cause) {
    const why =
      cause instanceof z.ZodError ? `${cause.issues[0]?.path.join('.') || 'its top'}: ${cause.issues[0]?.message}` : (cause as Error).message.slice(0, 200)
    throw new OnRecordError('RUN_INVALID', `${file} is no run that can be compared (${why}).`, 'Make one: onrecord eval --set FILE --out FILE.json.', { cause })
  }
}
