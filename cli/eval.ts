import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { CALIBRATION, type Calibration, calibrationFor, probabilityOf } from '../answer/calibration.ts'
import { calibrate, type Labelled } from '../eval/calibrate.ts'
import { readSet } from '../eval/cases.ts'
import { compare } from '../eval/compare.ts'
import { comparisonPage } from '../eval/comparison-report.ts'
import { feedbackSet, reviewNotes, writtenSet } from '../eval/feedback-set.ts'
import { headingSet } from '../eval/headings.ts'
import { measure } from '../eval/measure.ts'
import { runPage } from '../eval/report.ts'
import { type Run, readRun } from '../eval/run.ts'
import { comparisonAsText, runAsText } from '../eval/table.ts'
import type { QuestionSet } from '../eval/types.ts'
import { OnRecordError } from '../index/errors.ts'
import { version } from '../index/version.ts'
import type { EvalValues } from './eval-options.ts'
import { withMeasuredIndex } from './measured-index.ts'
import { write } from './output.ts'
import { questionBar } from './progress.ts'
import { settings } from './settings.ts'
import { stoppable } from './stoppable.ts'
import { safe } from './terminal.ts'

/** What a shell says of a program that Ctrl-C ended: 128 and the number of SIGINT. */
const INTERRUPTED = 130

/** Measures the answers to a set's questions and reports them. Resolves to the exit code. */
export async function measureAnswers(values: EvalValues, max: number | undefined): Promise<number> {
  try {
    const run = await stoppable((signal) => runOf(values, max, signal))
    if (values.out !== undefined) await write(values.out, JSON.stringify(run))
    if (values.report !== undefined) await write(values.report, runPage(run))
    console.log(values.json ? JSON.stringify(run) : safe(runAsText(run)))
    return run.complete ? 0 : INTERRUPTED
  } catch (error) {
    if (!(error instanceof OnRecordError) || error.code !== 'INTERRUPTED') throw error
    console.error(`onrecord eval: ${error.what} Nothing was measured.`)
    return INTERRUPTED
  }
}

async function runOf(values: EvalValues, max: number | undefined, signal: AbortSignal): Promise<Run> {
  const quiet = values.json === true
  const set = values.set === undefined ? null : await readSet(values.set, { half: values.split ? 0 : undefined, max })
  // With --calibrate the index is where the calibration goes.
  if (set?.documents && (values.folder !== undefined || (values.index !== undefined && !values.calibrate)))
    throw new OnRecordError('USAGE', `${values.set} brings its own documents: leave out ${values.folder === undefined ? '--index' : '--folder'}.`, '')
  const place = { documents: set?.documents ?? null, folder: values.folder, config: settings({ INDEX: values.index }), quiet }
  return withMeasuredIndex(place, async ({ generation, degraded }, embedder) => {
    const home = resolve(place.config.INDEX)
    const calibration = await calibrationFor(home, embedder.fingerprint, place.config.THRESHOLD)
    const labelled: Labelled[] = []
    const feedback = values.feedback === undefined ? null : await feedbackSet(generation, values.feedback, max)
    const asked = set ?? (feedback ? filled(feedback.set, NO_FEEDBACK) : filled(await headingSet(generation, max), NO_HEADINGS))
    const bar = questionBar(asked.cases.length, quiet)
    try {
      const run = await measure(generation, embedder, asked, {
        split: values.split,
        version: version(),
        signal,
        calibration,
        onProgress: bar.update,
        onAsked: ({ case: { answerable }, trace }) => {
          if (trace.decision.evidence) labelled.push({ evidence: trace.decision.evidence, answerable })
        },
      })
      if (feedback) run.notes.push(...reviewNotes(feedback))
      if (values.calibrate && run.complete) run.notes.unshift(await keep(home, calibrate(embedder.fingerprint, labelled)))
      // Then it is the generation before that was measured.
      return degraded ? { ...run, notes: [degraded.message, ...run.notes] } : run
    } finally {
      bar.stop()
    }
  })
}

/** Writes a calibration beside the generations of an index; says what was done. */
async function keep(index: string, calibration: Calibration): Promise<string> {
  const file = join(index, CALIBRATION)
  await mkdir(index, { recursive: true })
  await write(file, JSON.stringify(calibration, null, 1))
  const least = probabilityOf(calibration.threshold).toFixed(2)
  return `Calibrated to ${calibration.model}: ${file} decides from the next start on; it refuses below a probability of ${least}. The figures here are those from before.`
}

/** Writes the question set that feedback makes, and says what a person is to look at. */
export async function writeFeedbackSet(
  feedback: string,
  file: string,
  { folder, index, max }: Pick<EvalValues, 'folder' | 'index'> & { max: number | undefined },
): Promise<void> {
  const made = await withMeasuredIndex({ documents: null, folder, config: settings({ INDEX: index }), quiet: true }, ({ generation }) =>
    feedbackSet(generation, feedback, max),
  )
  await write(file, writtenSet(made))
  const count = made.set.cases.length
  console.log(safe([`${count} ${count === 1 ? 'question' : 'questions'} in ${file}.`, ...reviewNotes(made)].join('\n')))
}

/** Compares two runs that --out wrote. */
export async function compareRuns(before: string, after: string, { report, json }: EvalValues): Promise<void> {
  const comparison = compare(await readRun(before), await readRun(after))
  if (report !== undefined) await write(report, comparisonPage(comparison))
  const facts = ({ questions: _questions, figures: _figures, ...rest }: Run) => rest
  console.log(json ? JSON.stringify({ ...comparison, before: facts(comparison.before), after: facts(comparison.after) }) : safe(comparisonAsText(comparison)))
}

const NO_HEADINGS = ['The documents have no headings with text below them to ask about.', 'Name a question set: --set FILE.'] as const
const NO_FEEDBACK = ['The feedback holds no question whose answer was only found helpful.', 'A person looks at the rest: --write-set FILE writes it.'] as const

function filled(set: QuestionSet, [what, remedy]: readonly [string, string]): QuestionSet {
  if (set.cases.length > 0) return set
  throw new OnRecordError('SET_INVALID', what, remedy)
}
