import { OnRecordError } from '../index/errors.ts'

/** How progress is shown: as a bar where there is a terminal, as an object a line, or not at all. */
export const PROGRESS_FORMS = ['bar', 'jsonl', 'none'] as const
export type ProgressForm = (typeof PROGRESS_FORMS)[number]

/** The option by which commands that take long are told it. */
export const PROGRESS = {
  type: 'string',
  value: 'FORM',
  what: `How it tells of its progress on stderr: ${PROGRESS_FORMS.join(', ')}.`,
  otherwise: 'bar; none with --json',
} as const

/** The form that the options of a command name. Throws USAGE. */
export function progressFormOf({ progress, json }: { progress?: string | undefined; json?: boolean | undefined }): ProgressForm {
  if (progress === undefined) return json ? 'none' : 'bar'
  if ((PROGRESS_FORMS as readonly string[]).includes(progress)) return progress as ProgressForm
  throw new OnRecordError('USAGE', `--progress is "${progress}": it must be one of ${PROGRESS_FORMS.join(', ')}.`, '')
}
