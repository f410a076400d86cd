import type { Span } from '../types.ts'

export interface Token extends Span {
  text: string
  lower: string
}

const TOKEN = /[\p{L}\p{N}]+(?:[.'’-](?=[\p{L}\p{N}])[\p{L}\p{N}]+)*\.?|``|''|--|\S/gu

/** Words and marks of a span. An abbreviation keeps its full stop, except the last one of a sentence. */
export function tokensOf(text: string, { start, end }: Span): Token[] {
  const tokens: Token[] = []
  for (const match of text.slice(start, end).matchAll(TOKEN)) {
    const at = start + match.index
    const word = match[0]
    const stop = word.length > 1 && word.endsWith('.') && !isAbbreviation(word)
    const own = stop ? word.slice(0, -1) : word
    tokens.push({ start: at, end: at + own.length, text: own, lower: own.toLowerCase() })
    if (stop) tokens.push({ start: at + own.length, end: at + word.length, text: '.', lower: '.' })
  }
  return tokens
}

function isAbbreviation(word: string): boolean {
  return (
    /^(?:\p{Lu}|\p{Lu}\p{L}{0,4}|(?:\p{L}\.)+\p{L})\.$/u.test(word) &&
    /^(?:\p{Lu}\.|Mr|Mrs|Ms|Dr|Prof|St|Sen|Rep|Gov|Gen|Col|Capt|Lt|Sgt|Rev|Hon|Jr|Sr|Inc|Corp|Co|Ltd|No|(?:\p{L}\.)+\p{L})/u.test(word)
  )
}
