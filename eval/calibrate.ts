import type { Calibration, Evidence } from '../answer/calibration.ts'
import { oddsOf } from '../answer/calibration.ts'
import { OnRecordError } from '../index/errors.ts'
import { logistic } from './regression.ts'

/** What a question was decided on, and whether the record does answer it. */
export interface Labelled {
  evidence: Evidence
  answerable: boolean
}

/** Questions of each kind, at least: with fewer the threshold is a matter of luck. */
const LEAST = 30
/** Share of the answerable questions that the threshold may refuse. */
export const WRONGLY = 0.03

const KEYS: (keyof Evidence)[] = ['sentence', 'passage', 'words', 'coverage', 'missing', 'typeMissing']

/**
 * Fits what decides whether a record answers to questions of which that is known, by logistic regression; the threshold is the highest
 * that refuses at most WRONGLY of those that it does answer. Throws SET_INVALID when there are too few of either kind.
 */
export function calibrate(model: string, questions: Labelled[]): Calibration {
  const own = questions.filter((q) => q.answerable)
  const others = questions.length - own.length
  if (own.length < LEAST || others < LEAST) {
    throw new OnRecordError(
      'SET_INVALID',
      `A calibration needs at least ${LEAST} questions that the documents answer and ${LEAST} that they do not; these are ${own.length} and ${others}.`,
      "Name a larger set; with one in SQuAD's format, --split gives questions about documents that are not indexed.",
    )
  }
  const fitted = logistic(questions.map(({ evidence, answerable }) => ({ features: KEYS.map((key) => evidence[key]), label: answerable })))
  const rounded = (x: number | undefined) => Math.round((x ?? 0) * 100) / 100
  const weights = { ...(Object.fromEntries(KEYS.map((key, i) => [key, rounded(fitted[i])])) as unknown as Evidence), constant: rounded(fitted.at(-1)) }
  return {
    model,
    weights,
    threshold: thresholdAt(
      own.map(({ evidence }) => oddsOf(evidence, { weights })),
      WRONGLY,
    ),
  }
}

/** The highest threshold that refuses at most a share of some log odds. */
export function thresholdAt(odds: number[], share: number): number {
  const sorted = [...odds].sort((a, b) => a - b)
  return Math.floor((sorted[Math.floor(share * sorted.length)] as number) * 100) / 100
}
