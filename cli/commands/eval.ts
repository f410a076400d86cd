import { OnRecordError } from '../../index/errors.ts'
import { type Command, readArgs } from '../command.ts'
import { checkWritable } from '../output.ts'

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

export type EvalValues = ReturnType<typeof readArgs<typeof OPTIONS>>['values']

export const evalCommand: Command = {
  usage:
    'onrecord eval [--set FILE [--split]] [--folder DIR | --index DIR] [--max N] [--calibrate] [--report FILE.html] [--out FILE.json] [--json], or --compare A.json B.json',
  about:
    'Asks the questions of a set and measures the answers, or compares two runs; without a set, a smoke test with the headings of the documents. --calibrate fits what is refused to the set and keeps it beside the index.',
  async run(args) {
    const { values, positionals } = readArgs(args, OPTIONS)
    for (const file of [values.report, values.out]) if (file !== undefined) await checkWritable(file)
    if (values.compare) {
      const [before, after] = comparedBy(values, positionals)
      const { compareRuns } = await import('../eval.ts')
      await compareRuns(before, after, values)
      return 0
    }
    if (positionals.length > 0) throw usage(`It takes no argument "${positionals[0]}".`)
    const max = values.max === undefined ? undefined : countOf(values.max)
    if (values.folder !== undefined && values.index !== undefined) throw usage('--folder and --index both name the documents.')
    if (values.split && values.set === undefined) throw usage('--split is for a question set (--set FILE).')
    return (await import('../eval.ts')).measureAnswers(values, max)
  },
}

/** The two files to compare. */
function comparedBy(values: EvalValues, [before, after, ...more]: string[]): [string, string] {
  const stray = (['set', 'split', 'folder', 'index', 'max', 'calibrate', 'out'] as const).find((name) => values[name] !== undefined)
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
