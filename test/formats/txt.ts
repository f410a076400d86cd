import type { Written } from '../written.ts'

export const written: Written = { write: (paragraphs) => paragraphs.join('\n\n'), isText: true, pieces: ['\r', '\f'] }
