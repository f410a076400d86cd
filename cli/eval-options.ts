import { INDEX, type Option, type readArgs } from './command.ts'

export const EVAL_OPTIONS = {
  set: {
    type: 'string',
    value: 'FILE',
    what: "A question set, in SQuAD's format or the record form (docs/quality.md).",
    otherwise: "the documents' own headings",
  },
  split: { type: 'boolean', what: "Indexes every second article of a set in SQuAD's format: the questions about the others have no answer." },
  feedback: { type: 'string', value: 'FILE', what: 'Takes the questions from what readers thought of answers (ONRECORD_FEEDBACK).' },
  'write-set': { type: 'string', value: 'FILE', what: 'With --feedback: writes the set instead of measuring it.' },
  folder: { type: 'string', value: 'DIR', what: 'Indexes this folder for the run.' },
  index: INDEX,
  max: { type: 'string', value: 'N', what: 'Questions of each sort, at most, spread evenly over the set.', otherwise: 'all' },
  calibrate: { type: 'boolean', what: 'Fits what is refused to the set, and keeps that beside the index.' },
  compare: { type: 'boolean', what: 'Compares two runs that --out wrote.' },
  report: { type: 'string', value: 'FILE.html', what: 'Writes a page of the run or the comparison.' },
  out: { type: 'string', value: 'FILE.json', what: 'Writes the run, with every question.' },
  json: { type: 'boolean', what: 'Prints the run as one object on stdout.' },
} as const satisfies Record<string, Option>

export type EvalValues = ReturnType<typeof readArgs<typeof EVAL_OPTIONS>>['values']
