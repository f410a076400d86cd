import type { Citation } from '../../server/contract.ts'
import { webUrl } from '../urls.ts'
import type { Words } from '../words/en.ts'
import { creditOf, opensWithMark, placeText, publishedText } from './credit.ts'
import { cslOf } from './csl.ts'
import { markdownLine, markdownText } from './markdown-text.ts'

export interface Cited {
  citation: Citation
  /** Opens the source at the words. */
  link: string
  words: Words
  /** The day on which it is copied. */
  on: Date
}

/** A citation as it is pasted elsewhere: quote, who, title, outlet, date and link. Nothing in a document becomes markup there. */
export const CITATION_FORMS = {
  plain: (cited: Cited): string => {
    const { quote } = cited.citation
    const text = lines(quote).join('\n')
    return [opensWithMark(quote) ? text : `“${text}”`, `— ${creditLine(cited, (part) => part)}`, cited.link].join('\n')
  },

  markdown: (cited: Cited): string => {
    const paragraphs = paragraphsIn(cited.citation.quote).map((paragraph) => paragraph.map(markdownLine).join('\\\n'))
    const credit = `— ${creditLine(cited, markdownText, (title) => `*${title}*`)}\\\n<${cited.link}>`
    return [...paragraphs, credit].join('\n\n').replace(/^/gm, '> ').replace(/ +$/gm, '')
  },

  html: (cited: Cited): string => {
    const { quote, source } = cited.citation
    const paragraphs = paragraphsIn(quote).map((paragraph) => `  <p dir="auto">${paragraph.map(htmlText).join('<br>\n  ')}</p>`)
    const credit = creditLine(cited, htmlText, (title) => `<cite><a href="${htmlText(cited.link)}">${title}</a></cite>`)
    const cite = htmlText(webUrl(source.url) ?? cited.link)
    return [`<blockquote cite="${cite}">`, ...paragraphs, `  <footer>— ${credit}</footer>`, '</blockquote>'].join('\n')
  },

  csl: (cited: Cited): string => {
    const note = CITATION_FORMS.plain(cited).split('\n').slice(0, -1).join(' ')
    return JSON.stringify([cslOf(cited.citation, cited.link, note, cited.on)], null, 2)
  },
}

export type CitationForm = keyof typeof CITATION_FORMS

/** Who said it, then where it stands, as one line of short sentences. */
function creditLine({ citation, words }: Cited, escaped: (text: string) => string, asTitle = (title: string) => title): string {
  const { speakers, publisher, by, title } = creditOf(citation)
  const who = speakers.map(({ name, role, said }) => [name, role, said && `${words.said} ${words.date(said)}`].map(oneLine).filter(Boolean).join(', '))
  const rest = new Set([publisher, title, by, publishedText(citation.source, words), placeText(citation, words)])
  return [...who, ...[...rest].map(oneLine)]
    .filter(Boolean)
    .map((part) => (part === oneLine(title) ? asTitle(escaped(part)) : escaped(part)) + (/[.?!…]$/.test(part) ? '' : '.'))
    .join(' ')
}

function oneLine(text: string | null): string {
  return lines((text ?? '').replace(/\s+/g, ' ').trim()).join('')
}

/** The lines of a text, each with its directional embeddings closed: what a document leaves open must not turn the words after it. */
function lines(text: string): string[] {
  return text.split(/\r\n?|\n/).map((line) => {
    const open: string[] = []
    for (const [mark] of line.matchAll(/[\u202a-\u202e\u2066-\u2069]/g)) {
      if (mark === '\u202c') {
        if (open.at(-1) === '\u202c') open.pop()
      } else if (mark === '\u2069') {
        // The end of an isolate also ends the embeddings inside it.
        const at = open.lastIndexOf('\u2069')
        if (at >= 0) open.length = at
      } else open.push(mark > '\u2065' ? '\u2069' : '\u202c')
    }
    return line + open.reverse().join('')
  })
}

/** Lines between blank ones, without the spaces at their edges, which both Markdown and HTML would drop or take for code. */
function paragraphsIn(text: string): string[][] {
  const paragraphs: string[][] = [[]]
  for (const line of lines(text).map((line) => line.replace(/^[ \t]+|[ \t]+$/g, ''))) {
    if (line !== '') paragraphs.at(-1)?.push(line)
    else paragraphs.push([])
  }
  return paragraphs.filter((paragraph) => paragraph.length > 0)
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function htmlText(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] as string)
}
