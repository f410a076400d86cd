import type { Answer, Citation } from '../contract.ts'
import { quoted, sidesInWords, sourceInWords, speakersInWords, statusInWords } from '../in-words.ts'

/** An answer as a message: the quotes, numbered; then whose they are. In paragraphs, which joined are the message. */
export function paragraphsOf(answer: Answer): string[] {
  const status = statusInWords(answer)
  if (answer.status === 'not-on-record') return [inert(status ?? '')]
  const { citations, disagreements } = answer
  const quotes = citations.map(({ quote }, i) => `${quoted(quote)} [${i + 1}]`)
  const sources = ['Sources:', ...citations.map((citation, i) => `[${i + 1}] ${creditOf(citation)}`)]
  const words = [...(status === null ? [] : [status]), ...quotes, ...disagreements.map(sidesInWords)]
  return [...words.map(inert), sources.map((line, i) => inert(line) + (i === 0 ? '' : ` ${citations[i - 1]?.link}`)).join('\n')]
}

function creditOf(citation: Citation): string {
  return `${[speakersInWords(citation), sourceInWords(citation.source)].filter((part) => part !== null).join('. ')}.`
}

/**
 * Text that a front end which shows messages as Markdown shows as it is: whoever wrote a document has no picture loaded by it, no tag taken for HTML,
 * and no link that reads other than it leads. Markdown takes away what is put in; the field `onrecord` has the words without. A bare address stays
 * as it is, and many front ends make a link of it, which leads where it reads.
 */
function inert(text: string): string {
  return text
    .replace(/(\\*)<(?=[a-z/!?])/gi, (tag, slashes: string) => (slashes.length % 2 === 0 ? `${slashes}\\<` : tag))
    .replace(/(?<=!)\[|(?<=\])[(:]/g, '\\$&')
}
