import { markdownLine } from '../ui/markdown-text.ts'

/** Text that stays the text it is, in CommonMark and in GitHub's Markdown, on one line. */
export function escapedLine(text: string): string {
  return escapedBlock(text.replace(/\s+/g, ' ').trim())
}

/** Text that stays the text it is, line by line. */
export function escapedBlock(text: string): string {
  return text
    .split(/\r\n|[\r\n]/)
    .map(markdownLine)
    .join('\n')
}

/** A text as a block quotation; its lines end where they end in the text. */
export function quotedBlock(text: string): string {
  return escapedBlock(text.trim())
    .split('\n')
    .map((line, n, lines) => (line.trim() === '' ? '>' : `> ${line}${lines[n + 1]?.trim() ? '\\' : ''}`))
    .join('\n')
}
