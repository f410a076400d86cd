import { OnRecordError } from '../../index/errors.ts'
import { type Command, readArgs } from '../command.ts'
import { EVAL_OPTIONS, type EvalValues } from '../eval-options.ts'
import { checkWritable } from '../output.ts'

export const evalCommand: Command = {
  usage:
    'onrecord eval [--set FILE [--split] | --feedback FILE [--write-set FILE]] [--folder DIR | --index DIR] [--max N] [--calibrate] [--report FILE.html] [--out FILE.json] [--json], or --compare A.json B.json',
  about:
    'Asks the questions of a set and measures the answers, or compares two runs; without a set, a smoke test with the headings of the documents. --calibrate fits what is refused to the set and keeps it beside the index.',
  options: EVAL_OPTIONS,
  examples: [
    ['onrecord eval --set questions.json --report run.html', 'Asks the questions of the index in the working directory, and writes a page of what came of it.'],
    ['onrecord eval --feedback feedback.jsonl --write-set questions.json', 'Makes a question set of what readers thought of answers.'],
    ['onrecord eval --compare before.json after.json', 'Tells two runs apart, question by question.'],
  ],
  async run(args) {
    const { values, positionals } = readArgs(args, EVAL_OPTIONS)
    for (const file of [values.report, values.out, values['write-set']]) if (file !== undefined) await checkWritable(file)
    if (values.compare) {
      const [before, after] = comparedBy(values, positionals)
      const { compareRuns } = await import('../eval.ts')
      await compareRuns(before, after, values)
      return 0
    }
    if (positionals.length > 0) throw usage(`It takes no argument "${positionals[0]}".`)
    const max = values.max === undefined ? undefined : countOf(values.max)
    if (values.folder !== undefined && values.index !== undefined) throw usage('--folder and --index both name the documents.')
    if (values.feedback !== undefined && values.set !== undefined) throw usage('--set and --feedback both name the questions.')
    if (values['write-set'] !== undefined && values.feedback === undefined) throw usage('--write-set is for --feedback.')
    if (values.split && values.set === undefined) throw usage('--split is for a question set (--set FILE).')
    const evaluation = await import('../eval.ts')
    if (values.feedback === undefined || values['write-set'] === undefined) return evaluation.measureAnswers(values, max)
    await evaluation.writeFeedbackSet(values.feedback, values['write-set'], { ...values, max })
    return 0
  },
}

/** The two files to compare. */
function comparedBy(values: EvalValues, [before, after, ...more]: string[]): [string, string] {
  const stray = (['set', 'split', 'feedback', 'write-set', 'folder', 'index', 'max', 'calibrate', 'out'] as const).find((name) => values[name] !== undefined)
  if (stray) throw usage(`--${stray} does not go with --compare.`)
  if (before === undefined || after === undefined || more.length > 0) throw usage('--compare takes two files that --out wrote.')
  return [before, after]
}

function countOf(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw usage(`--max is "${text}", and must be a number of questions.`)
  return Number(text)
}

function usage(what: string): OnRecordError {
  return new OnRecordError('USAGE', what, '')
}
