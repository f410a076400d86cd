import { z } from 'zod/v4'
import type { Case } from './types.ts'
import { squash } from './words.ts'

const words = z.string().refine((text) => text.trim() !== '', 'must not be empty')
const date = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'must be YYYY, YYYY-MM or YYYY-MM-DD')
const Filters = z.strictObject({
  after: date.optional(),
  before: date.optional(),
  speaker: words.optional(),
  outlet: words.optional(),
  source: words.optional(),
})

const Question = z
  .object({
    id: words,
    question: words,
    kind: words.optional(),
    answerable: z.boolean(),
    /** Earlier questions of the same conversation. */
    history: z.array(words).max(10).optional(),
    filters: Filters.optional(),
    /** `doc`: the end of a document's path; `contains`: words of its visible text that a right quote holds. */
    gold: z.array(z.object({ doc: words, contains: words })).optional(),
    all: z.boolean().optional(),
    only: z.array(words).optional(),
    speakers: z.array(z.array(words).min(1)).min(1).optional(),
    speech: z.enum(['direct', 'indirect', 'mixed']).optional(),
    said_on: date.optional(),
    missing: z.array(words).min(1).optional(),
    figures: z.array(words).min(1).optional(),
  })
  .refine(({ answerable, gold = [] }) => !answerable || gold.length > 0, { path: ['gold'], message: 'an answerable question needs one' })

/** Questions on a folder of documents, with what a right answer quotes, who said it and when. */
export const RecordSet = z.object({ questions: z.array(Question) })

export function recordCases({ questions }: z.infer<typeof RecordSet>): Case[] {
  return questions.map((q) => ({
    id: q.id,
    question: q.question,
    kind: q.kind ?? null,
    history: q.history ?? [],
    filters: q.filters,
    answerable: q.answerable,
    gold: q.answerable ? (q.gold ?? []).map(({ doc, contains }) => ({ doc, within: null, accepted: [squash(contains)] })) : [],
    all: q.all ?? false,
    only: q.only ?? null,
    speakers: q.speakers ?? null,
    speech: q.speech ?? null,
    saidOn: q.said_on ?? null,
    missing: q.missing ?? [],
    figures: q.figures ?? [],
  }))
}
