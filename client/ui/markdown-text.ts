/** Text inside a line that stays the text it is, in CommonMark and in GitHub's Markdown: nothing begins code, emphasis, a link, a tag, an entity, a table or mathematics, and no address becomes a link. */
export function markdownText(text: string): string {
  return text
    .replace(/[\\`*_[\]<>&~|#$]/g, '\\$&')
    .replace(/\b(https?|ftp|mailto|xmpp)(?=:)|\bwww(?=\.)/gi, '$&\\')
    .replace(/@/g, '&#64;')
}

/** A whole line that does: nor does its start begin a list, a heading, a rule or code. */
export function markdownLine(line: string): string {
  return markdownText(line)
    .replace(/^[ \t]+/, (indent) => indent.replace(/./g, (space) => `&#${space.charCodeAt(0)};`))
    .replace(/^[-+=:]/, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2')
    .replace(/[ \t]+$/, '')
}
