import type { Written } from '../written.ts'

export const written: Written = {
  write: (paragraphs) => paragraphs.map((text, i) => (i === 0 ? `**${text}**` : i === 1 ? `> *${text}*` : text)).join('\n\n'),
  isText: true,
  pieces: ['---\n', '`', '*', '_', '[', '](', '|', '#'],
}
