import { z } from 'zod/v4'

/** What a model has to write for each sentence: which of the quotes that it was shown, from 1, prove it. */
export const Written = z.strictObject({ text: z.string().min(1), citations: z.array(z.int()) })
export type Written = z.infer<typeof Written>

/** A sentence that was checked against the quotes it cites: indices of the answer's citations, from 0. */
export interface ProseSentence {
  text: string
  citations: number[]
}
