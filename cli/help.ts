import type { Command } from './command.ts'

/** Characters of a line of help. */
const WIDTH = 100

/** A word, or what stands in brackets together, with the blanks behind it. */
const UNBROKEN = /(?:\[(?:[^[\]]|\[[^\]]*\])*\]|\S+) */g

/** What a command does, its options with what holds without them, and examples. */
export function helpOf({ usage, about, options, examples }: Command): string {
  const named = Object.entries(options).map(([name, { value, what, otherwise }]) => ({
    name: value ? `--${name} ${value}` : `--${name}`,
    what: otherwise ? `${what} Default: ${otherwise}.` : what,
  }))
  const wide = Math.max(0, ...named.map(({ name }) => name.length))
  return [
    ...folded(usage, '       '),
    '',
    ...folded(about.replace(/\s+/g, ' ')),
    ...(named.length > 0 ? ['', 'Options:'] : []),
    ...named.flatMap(({ name, what }) => folded(`  ${name.padEnd(wide)}  ${what}`, ' '.repeat(wide + 4))),
    '',
    'Examples:',
    ...examples.flatMap(([line, does]) => [`  ${line}`, ...folded(`      ${does}`, '      ')]),
  ].join('\n')
}

/** What commands there are. */
export function helpOfAll(commands: Command[]): string {
  const lines = commands.flatMap(({ usage, about }) => [
    ...folded(`  ${usage}`, '      '),
    ...folded(`      ${(about.replace(/\s+/g, ' ').match(/^.*?[.](?= |$)/) ?? [about])[0]}`, '      '),
  ])
  return [
    'onrecord: ask your documents; get the exact words, who said them, when, and where.',
    '',
    ...lines,
    '',
    'onrecord help COMMAND tells the options of a command, their defaults, and examples.',
    'Settings come from the environment (.env.example lists them); flags win.',
  ].join('\n')
}

/** A text in lines; those after the first begin with `indent`. What has no blank is not broken. */
function folded(text: string, indent = ''): string[] {
  const lines: string[] = []
  let line = /^ */.exec(text)?.[0] ?? ''
  for (const part of text.slice(line.length).match(UNBROKEN) ?? []) {
    if ((line + part).trimEnd().length > WIDTH && line.trim() !== '') {
      lines.push(line.trimEnd())
      line = indent
    }
    line += part
  }
  return [...lines, line.trimEnd()]
}
