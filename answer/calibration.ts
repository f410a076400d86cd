import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod/v4'
import { OnRecordError } from '../index/errors.ts'

/** What speaks for and against the record's answering a question; each is a share or a cosine unless it says otherwise. */
export interface Evidence {
  /** Cosine of question and sentence, and of question and passage. */
  sentence: number
  passage: number
  /** How well the question's words find words of the same meaning in the sentence. */
  words: number
  /** Share of the question's idf that the passage with its source's facts covers. */
  coverage: number
  /** Names, numbers and dates of the question that stand neither in the passage nor in its source's facts; at most 2. */
  missing: number
  /** 1 when a kind of words is asked for and the quote holds none. */
  typeMissing: number
}

const number = z.number()
const Calibration = z.strictObject({
  /** The fingerprint of the embedding model that it was fitted to. */
  model: z.string(),
  /** The log odds that the record answers are the constant and the evidence, each times its weight. */
  weights: z.strictObject({ sentence: number, passage: number, words: number, coverage: number, missing: number, typeMissing: number, constant: number }),
  /** Below these log odds an answer is refused. */
  threshold: number,
})
export type Calibration = z.infer<typeof Calibration>

/** What decides, whichever model it was fitted to. */
export type Calibrated = Omit<Calibration, 'model'>

/** What the shipped model was fitted to (docs/quality.md); it stands in for any other until that one is calibrated. */
export const SHIPPED: Calibrated = {
  weights: { sentence: 31.89, passage: -12.21, words: 20.37, coverage: 5.87, missing: -1.46, typeMissing: -0.69, constant: -22.55 },
  threshold: -1.1,
}

/** The calibration of an index, beside its generations. */
export const CALIBRATION = 'calibration.json'

/** What decides about an index: its own calibration, else the shipped one; a threshold that is set, as a probability, goes before both. */
export async function calibrationFor(index: string, model: string, threshold?: number): Promise<Calibrated> {
  const calibration = (await readCalibration(index, model)) ?? SHIPPED
  return threshold === undefined ? calibration : { ...calibration, threshold: logOddsOf(threshold) }
}

/**
 * The calibration that `onrecord eval --calibrate` left beside an index, or null when there is none for this model.
 * Throws CALIBRATION_INVALID when its file is no calibration.
 */
export async function readCalibration(index: string, model: string): Promise<Calibration | null> {
  const path = join(index, CALIBRATION)
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw invalid(path, error)
  })
  if (text === null) return null
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (cause) {
    throw invalid(path, cause)
  }
  const result = Calibration.safeParse(data)
  if (!result.success) throw invalid(path, result.error)
  return result.data.model === model ? result.data : null
}

export function oddsOf(evidence: Evidence, { weights }: Pick<Calibrated, 'weights'>): number {
  return (Object.keys(evidence) as (keyof Evidence)[]).reduce((sum, key) => sum + weights[key] * evidence[key], weights.constant)
}

/** The probability of log odds, and the log odds of a probability. */
export const probabilityOf = (odds: number): number => 1 / (1 + Math.exp(-odds))
export const logOddsOf = (probability: number): number => Math.log(probability / (1 - probability))

function invalid(path: string, cause: unknown): OnRecordError {
  return new OnRecordError('CALIBRATION_INVALID', `${path} is no calibration.`, 'Make it again (onrecord eval --calibrate), or remove it.', { cause })
}
