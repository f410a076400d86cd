/** Text that stays the text it is, in CommonMark and in GitHub's Markdown, on one line. */
export function escapedLine(text: string): string {
  return escapedBlock(text.replace(/\s+/g, ' ').trim())
}

/** Text that stays the text it is, line by line. */
export function escapedBlock(text: string): string {
  return text
    .split(/\r\n|[\r\n]/)
    .map((line) => opening(inline(line)))
    .join('\n')
}

/** A text as a block quotation; its lines end where they end in the text. */
export function quotedBlock(text: string): string {
  return escapedBlock(text.trim())
    .split('\n')
    .map((line, n, lines) => (line.trim() === '' ? '>' : `> ${line}${lines[n + 1]?.trim() ? '\\' : ''}`))
    .join('\n')
}

/** What could begin code, emphasis, a link, a tag, an entity, a table or mathematics; and the beginnings of addresses that would become links. */
function inline(line: string): string {
  return line
    .replace(/[\\`*_[\]<>&~|#$]/g, '\\$&')
    .replace(/\b(https?|ftp|mailto|xmpp)(:)/gi, '$1\\$2')
    .replace(/\b(www)(\.)/gi, '$1\\$2')
    .replace(/@/g, '&#64;')
}

/** What could begin a list, a heading or a rule at the start of a line, and the indent that could begin code. */
function opening(line: string): string {
  return line
    .replace(/^[ \t]+/, (indent) => [...indent].map((space) => `&#${space.charCodeAt(0)};`).join(''))
    .replace(/^([-+=:])/, '\\$1')
    .replace(/^(\d{1,9})([.)])/, '$1\\$2')
    .replace(/[ \t]+$/, '')
}
