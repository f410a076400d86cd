/** How progress is shown: as a bar where there is a terminal, as an object a line, or not at all. */
export const PROGRESS_FORMS = ['bar', 'jsonl', 'none'] as const
export type ProgressForm = (typeof PROGRESS_FORMS)[number]
