import { styleText } from 'node:util'
import { safe } from './terminal.ts'

/** What a terminal can show. */
export interface Look {
  colour: boolean
  links: boolean
}

type Environment = Record<string, string | undefined>
type Format = Parameters<typeof styleText>[0]

/** What may be sent to a stream. FORCE_COLOR goes before NO_COLOR (no-color.org), as it does for Node.js itself; FORCE_HYPERLINK for links. */
export function lookOf(stream: { isTTY?: boolean; hasColors?: (env: object) => boolean }, env: Environment): Look {
  const { FORCE_COLOR, NO_COLOR, FORCE_HYPERLINK } = env
  const isTerminal = stream.isTTY === true && env.TERM !== 'dumb'
  const { NO_COLOR: _, ...others } = env
  const shows = isTerminal && !NO_COLOR && (stream.hasColors?.(others) ?? true)
  return {
    colour: FORCE_COLOR === undefined ? shows : FORCE_COLOR !== '0' && FORCE_COLOR !== 'false',
    links: FORCE_HYPERLINK === undefined ? isTerminal && hasLinks(env) : FORCE_HYPERLINK !== '0',
  }
}

/** A text for people, without control characters of its own, in these colours where there are any. */
export function styled(format: Format, text: string, { colour }: Look): string {
  // Whether the stream takes colours has been settled.
  return colour ? styleText(format, safe(text), { validateStream: false }) : safe(text)
}

/** A text that leads somewhere (OSC 8), where the terminal follows links; `text` may hold colours already. */
export function linked(text: string, address: string | null, { links }: Look): string {
  if (!links || address === null) return text
  const mark = (to: string) => `\u001b]8;;${to}\u001b\\`
  return `${mark(address)}${text}${mark('')}`
}

/** By what terminals that follow links say of themselves; others may show the marks as letters. */
function hasLinks(env: Environment): boolean {
  const { TERM = '', TERM_PROGRAM = '', VTE_VERSION = '0', WT_SESSION, KONSOLE_VERSION, DOMTERM } = env
  if (WT_SESSION || KONSOLE_VERSION || DOMTERM || Number(VTE_VERSION) >= 5000) return true
  return (
    ['iTerm.app', 'WezTerm', 'vscode', 'ghostty', 'Hyper', 'Tabby', 'rio'].includes(TERM_PROGRAM) || /^(xterm-kitty|xterm-ghostty|alacritty|foot)/.test(TERM)
  )
}
