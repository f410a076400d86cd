import type { Span } from './paragraphs.ts'

/** Where a figure stands in a quote as one of its own: "19 boats" is neither in "2019 boats" nor in "1,019 boats". */
export function valueIn(quote: string, value: string): Span | null {
  for (let start = quote.indexOf(value); start >= 0 && value; start = quote.indexOf(value, start + 1)) {
    const end = start + value.length
    if (!/[\p{L}\p{N}]$|\p{N}[.,]$/u.test(quote.slice(0, start)) && !/^[\p{L}\p{N}]|^[.,]\p{N}/u.test(quote.slice(end))) return { start, end }
  }
  return null
}
