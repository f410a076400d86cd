import { Fragment } from 'preact'

/** In backticks, or one of our commands with its placeholders, flags and paths. */
const COMMAND = /`([^`]+)`|((?:npx )?\bonrecord (?:index|serve|ask|eval|verify|doctor|mcp)\b(?: (?:<[^>]*>|--?[a-z][\w-]*|\.{0,2}\/[\w./-]*))*)/g

/** A problem's detail or remedy, the commands in it set as code. */
export function Remedy({ text }: { text: string }) {
  const parts = text.split(COMMAND)
  return (
    <>
      {parts.map((part, i) => (
        // Of each three parts the first stands between commands; the others are the groups, one of them empty.
        <Fragment key={i}>{part && (i % 3 === 0 ? part : <code>{part}</code>)}</Fragment>
      ))}
    </>
  )
}
