import { type Calibrated, SHIPPED } from '../answer/calibration.ts'
import type { Embedder } from '../index/embedders/embedder.ts'
import { OnRecordError } from '../index/errors.ts'
import type { GenerationReader } from '../index/reader.ts'
import { type Asked, askAll } from './ask-all.ts'
import { figuresOf } from './figures.ts'
import { judge } from './judge.ts'
import { type RightPassages, rightPassagesIn } from './right-passages.ts'
import type { Judged, Run } from './run.ts'
import type { Case, QuestionSet } from './types.ts'

export interface MeasureOptions {
  split?: boolean
  /** Of the package, for the run's record. */
  version: string
  signal?: AbortSignal
  /** What decides whether the record answers. Default: the shipped one. */
  calibration?: Calibrated
  /** Is given every question as it was asked. */
  onAsked?: (asked: Asked) => void
  /** Is told how many questions are done. */
  onProgress?: (done: number) => void
}

/** Questions that a note names, at most. */
const NAMED = 5

/**
 * Asks every question of a set and compares the answers with what is expected. An aborted signal ends it early: the run then is not complete.
 * Throws SET_INVALID when the set is about other documents, and EMBEDDER_FAILED.
 */
export async function measure(generation: GenerationReader, embedder: Embedder, set: QuestionSet, options: MeasureOptions): Promise<Run> {
  const rightPassages = await rightPassagesIn(generation)
  const notes = [...(set.form === 'headings' ? [SMOKE_TEST] : []), ...(await misfits(set, rightPassages))]
  const questions: Judged[] = []
  for await (const asked of askAll(generation, embedder, set.cases, options)) {
    questions.push(await judge(generation, asked, rightPassages))
    options.onAsked?.(asked)
    options.onProgress?.(questions.length)
  }
  return {
    format: 1,
    version: options.version,
    made: new Date().toISOString(),
    complete: questions.length === set.cases.length,
    set: { name: set.name, sha256: set.sha256, form: set.form, split: options.split ?? false, questions: set.cases.length },
    index: { generation: generation.id, documents: generation.counts.sources, passages: generation.counts.passages, embedder: embedder.fingerprint },
    notes,
    threshold: (options.calibration ?? SHIPPED).threshold,
    figures: figuresOf(questions),
    questions,
  }
}

const SMOKE_TEST =
  "A smoke test: the questions are the documents' own headings, and a quote from the section of one is right. It shows that the documents are read and found; how well real questions are answered takes a question set (--set)."

/** The questions whose answers stand nowhere in the index. They count as missed; when all do, the set is about something else. */
async function misfits(set: QuestionSet, rightPassages: RightPassages): Promise<string[]> {
  const answerable = set.cases.filter((one) => one.answerable)
  const isMisfit = async ({ gold, all }: Case) => {
    const found = await Promise.all(gold.map(async (g) => (await rightPassages(g)).length > 0))
    return all ? !found.every(Boolean) : !found.some(Boolean)
  }
  const lost: Case[] = []
  for (const one of answerable) if (await isMisfit(one)) lost.push(one)
  if (lost.length === 0) return []
  if (lost.length === answerable.length) {
    throw new OnRecordError(
      'SET_INVALID',
      `None of the answers that ${set.name} expects stands in the index.`,
      'Name the documents it is about: --folder DIR, or --index DIR of an index of them.',
    )
  }
  const named = lost.slice(0, NAMED).map(({ id }) => id)
  return [
    `The index does not hold what ${lost.length} of ${answerable.length} questions expect: ${named.join(', ')}${lost.length > NAMED ? ' …' : ''}. They count as missed.`,
  ]
}
