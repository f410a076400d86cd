import { pathToFileURL } from 'node:url'
import type { Answer } from '../answer/answer.ts'
import type { Citation } from '../answer/cite.ts'
import type { GenerationReader } from '../index/reader.ts'
import { publishedInWords, statusInWords } from '../server/in-words.ts'
import { type Look, linked, styled } from './look.ts'

/** An answer as a terminal shows it: the quotes, who said them and when, and where they stand. */
export async function answerText(answer: Answer, generation: GenerationReader, look: Look): Promise<string> {
  const { status, citations, disagreements } = answer
  const words = statusInWords(answer)
  const begins = words === null ? '' : styled('yellow', words, look)
  if (status === 'not-on-record') return begins
  const head = begins && `${begins}\n\n`
  const cited: string[] = []
  for (const citation of citations) cited.push(citationText(citation, await addressOf(citation, generation), look))
  return head + [...cited, ...disagreements.map((one) => sidesText(one, look))].join('\n\n')
}

/** Who is set beside whom, with the figures that differ. */
function sidesText({ about, sides }: Answer['disagreements'][number], look: Look): string {
  const figures = sides.some(({ value }) => value !== null)
  const lines = sides.map(({ label, value, citations }) => {
    const said = value === null ? `quote ${citations.map((n) => n + 1).join(', ')}` : value
    return `  ${styled('cyan', `${label}:`, look)} ${styled('bold', said, look)}`
  })
  return [styled('yellow', `${figures ? 'Figures differ' : 'Side by side'}: ${about}`, look), ...lines].join('\n')
}

function citationText(citation: Citation, address: string | null, look: Look): string {
  const { quote, source, statements, line, page, time } = citation
  const speakers = [...new Set(statements.map(({ speaker, role }) => [speaker, role].filter(Boolean).join(', ')))]
  const said = statements[0]?.saidOn
  const published = publishedInWords(source)
  const date = said && said !== source.published ? [`said ${said}`, published] : [published]
  const rest = [source.title, source.outlet, ...date].filter(Boolean).join(' · ')
  const credit = [...speakers.map((speaker) => styled('cyan', speaker, look)), styled('dim', rest, look)].join(styled('dim', ' · ', look))
  const place = [`${source.path}:${line}`, page === null ? '' : `p. ${page}`, time === null ? '' : clock(time)].filter(Boolean).join(', ')
  return `${styled('bold', quote, look)}\n  ${credit}\n  ${linked(styled('dim', place, look), address, look)}`
}

/** Of the source on the web, or else of the file that was indexed. */
async function addressOf({ source: { id, url } }: Citation, generation: GenerationReader): Promise<string | null> {
  const web = url !== null && URL.canParse(url) ? new URL(url) : null
  if (web && /^https?:$/.test(web.protocol)) return web.href
  const number = await generation.numberOf(id)
  const file = number === undefined ? undefined : generation.source(number).original.file
  return file === undefined ? null : pathToFileURL(file).href
}

/** 1:02:03 */
function clock(seconds: number): string {
  return new Date(seconds * 1000)
    .toISOString()
    .slice(11, 19)
    .replace(/^0(?:0:0?)?/, '')
}
