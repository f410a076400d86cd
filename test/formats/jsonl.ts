import type { Written } from '../written.ts'

export const written: Written = {
  write: (paragraphs) => `${JSON.stringify({ id: 7, headline: 'x', body: paragraphs.join('\n\n') })}\r\n\r\n`,
  isText: true,
  pieces: ['{"text":"', '"}', '\\ud800', '"id":', '"__proto__":', ',', '[', '\n'],
}
