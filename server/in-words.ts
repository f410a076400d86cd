import type { Answer, Citation } from './contract.ts'

/** What is known of words that stand in a source. */
export type Standing = Pick<Citation, 'source' | 'statements' | 'page' | 'line' | 'time'>

/** How an answer begins where it is only read; null when its quotes are all there is to say. */
export function statusInWords({ status, missing }: Pick<Answer, 'status' | 'missing'>): string | null {
  const words = missing.length > 0 ? ` Nothing matches: ${missing.join(', ')}.` : ''
  if (status === 'not-on-record') return `Not on record.${words}`
  return status === 'partial' ? `In part.${words}` : null
}

/** Who says it, in which role, and when; null where nobody is said to have said it. */
export function speakersInWords({ statements }: Pick<Standing, 'statements'>): string | null {
  const speakers = statements.map(({ speaker, role, saidOn }) => [speaker, role, saidOn].filter(Boolean).join(', '))
  return speakers.length > 0 ? line([...new Set(speakers)].join('; ')) : null
}

/** When it was published; that of a mere file says so. */
export function publishedInWords({ published, publishedFrom }: Pick<Citation['source'], 'published' | 'publishedFrom'>): string | null {
  return published && (publishedFrom === 'file' ? `file date ${published}` : published)
}

/** The source by its title, outlet or author, and date. */
export function sourceInWords(source: Citation['source']): string {
  const { title, outlet, author } = source
  return line([title, outlet ?? author, publishedInWords(source)].filter(Boolean).join(', '))
}

/** The file, with the page, moment or line. */
export function placeInWords({ source, page, line: at, time }: Standing): string {
  const path = line(source.path)
  if (page !== null) return `${path}, page ${page}`
  return time === null ? `${path}:${at}` : `${path}, ${Math.floor(time)} s`
}

/** Words in quotation marks, without those that they bring themselves: a quotation as a whole, or the beginning or the end of one. */
export function quoted(words: string): string {
  const [isWhole, opens, closes] = [/^(?:“[^“”]*”|"[^"]*")$/, /^(?:“[^”]*|"[^"]*)$/, /^(?:[^“]*”|[^"]*")$/].map((form) => form.test(words))
  return `${isWhole || opens ? '' : '“'}${words}${isWhole || closes ? '' : '”'}`
}

/** Who is set beside whom, with the figures that differ; quotes by their numbers from 1. */
export function sidesInWords({ about, sides }: Answer['disagreements'][number]): string {
  const numbers = (citations: number[]) => citations.map((n) => `[${n + 1}]`).join('')
  const lines = sides.map(({ label, value, citations }) => line(`${label}: ${value === null ? '' : `${value} `}${numbers(citations)}`))
  return [`${sides.some(({ value }) => value !== null) ? 'Figures differ' : 'Side by side'}: ${about}`, ...lines].join('\n')
}

/** On one line, whatever a document says. */
function line(text: string): string {
  return text.replace(/\s+/g, ' ')
}
