import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { CALIBRATION, type Calibration, calibrationFor, probabilityOf } from '../answer/calibration.ts'
import { calibrate, type Labelled } from '../eval/calibrate.ts'
import { readSet } from '../eval/cases.ts'
import { compare } from '../eval/compare.ts'
import { comparisonPage } from '../eval/comparison-report.ts'
import { headingSet } from '../eval/headings.ts'
import { measure } from '../eval/measure.ts'
import { runPage } from '../eval/report.ts'
import { type Run, readRun } from '../eval/run.ts'
import { comparisonAsText, runAsText } from '../eval/table.ts'
import type { QuestionSet } from '../eval/types.ts'
import { OnRecordError } from '../index/errors.ts'
import { type Command, readArgs, settings } from './command.ts'
import { withMeasuredIndex } from './measured-index.ts'
import { checkWritable, write } from './output.ts'
import { questionBar } from './progress.ts'
import { stoppable } from './stoppable.ts'
import { safe } from './terminal.ts'
import { version } from './version.ts'

const OPTIONS = {
  set: { type: 'string' },
  split: { type: 'boolean' },
  folder: { type: 'string' },
  index: { type: 'string' },
  max: { type: 'string' },
  calibrate: { type: 'boolean' },
  compare: { type: 'boolean' },
  report: { type: 'string' },
  out: { type: 'string' },
  json: { type: 'boolean' },
} as const

type Values = ReturnType<typeof readArgs<typeof OPTIONS>>['values']

/** What a shell says of a program that Ctrl-C ended: 128 and the number of SIGINT. */
const INTERRUPTED = 130

export const evalCommand: Command = {
  usage:
    'onrecord eval [--set FILE [--split]] [--folder DIR | --index DIR] [--max N] [--calibrate] [--report FILE.html] [--out FILE.json] [--json], or --compare A.json B.json',
  about:
    'Asks the questions of a set and measures the answers, or compares two runs; without a set, a smoke test with the headings of the documents. --calibrate fits what is refused to the set and keeps it beside the index.',
  async run(args) {
    const { values, positionals } = readArgs(args, OPTIONS)
    for (const file of [values.report, values.out]) if (file !== undefined) await checkWritable(file)
    if (values.compare) return compareRuns(values, positionals)
    if (positionals.length > 0) throw usage(`It takes no argument "${positionals[0]}".`)
    return measureAnswers(values)
  },
}

async function measureAnswers(values: Values): Promise<number> {
  try {
    const run = await stoppable((signal) => runOf(values, signal))
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

async function runOf(values: Values, signal: AbortSignal): Promise<Run> {
  const quiet = values.json === true
  const max = values.max === undefined ? undefined : countOf(values.max)
  if (values.folder !== undefined && values.index !== undefined) throw usage('--folder and --index both name the documents.')
  if (values.split && values.set === undefined) throw usage('--split is for a question set (--set FILE).')
  const set = values.set === undefined ? null : await readSet(values.set, { half: values.split ? 0 : undefined, max })
  // With --calibrate the index is where the calibration goes.
  if (set?.documents && (values.folder !== undefined || (values.index !== undefined && !values.calibrate)))
    throw usage(`${values.set} brings its own documents: leave out ${values.folder === undefined ? '--index' : '--folder'}.`)
  const place = { documents: set?.documents ?? null, folder: values.folder, config: settings({ INDEX: values.index }), quiet }
  return withMeasuredIndex(place, async ({ generation, degraded }, embedder) => {
    const home = resolve(place.config.INDEX)
    const calibration = await calibrationFor(home, embedder.fingerprint, place.config.THRESHOLD)
    const labelled: Labelled[] = []
    const asked = set ?? filled(headingSet(generation, max))
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

async function compareRuns(values: Values, [before, after, ...more]: string[]): Promise<number> {
  const stray = (['set', 'split', 'folder', 'index', 'max', 'calibrate', 'out'] as const).find((name) => values[name] !== undefined)
  if (stray) throw usage(`--${stray} does not go with --compare.`)
  if (before === undefined || after === undefined || more.length > 0) throw usage('--compare takes two files that --out wrote.')
  const comparison = compare(await readRun(before), await readRun(after))
  if (values.report !== undefined) await write(values.report, comparisonPage(comparison))
  const facts = ({ questions: _questions, figures: _figures, ...rest }: Run) => rest
  console.log(
    values.json ? JSON.stringify({ ...comparison, before: facts(comparison.before), after: facts(comparison.after) }) : safe(comparisonAsText(comparison)),
  )
  return 0
}

function countOf(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw usage(`--max is "${text}", and must be a number of questions.`)
  return Number(text)
}

function filled(set: QuestionSet): QuestionSet {
  if (set.cases.length > 0) return set
  throw new OnRecordError('SET_INVALID', 'The documents have no headings with text below them to ask about.', 'Name a question set: --set FILE.')
}

function usage(what: string): OnRecordError {
  return new OnRecordError('USAGE', what, '')
}
