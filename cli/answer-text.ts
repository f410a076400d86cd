import { pathToFileURL } from 'node:url'
import type { Answer } from '../answer/answer.ts'
import type { Citation } from '../answer/cite.ts'
import type { Generation } from '../index/generation.ts'
import { publishedInWords, statusInWords } from '../server/in-words.ts'
import { type Look, linked, styled } from './look.ts'

/** An answer as a terminal shows it: the quotes, who said them and when, and where they stand. */
export function answerText(answer: Answer, generation: Generation, look: Look): string {
  const { status, citations, disagreements } = answer
  const words = statusInWords(answer)
  const begins = words === null ? '' : styled('yellow', words, look)
  if (status === 'not-on-record') return begins
  const head = begins && `${begins}\n\n`
  return head + [...citations.map((one) => citationText(one, generation, look)), ...disagreements.map((one) => sidesText(one, look))].join('\n\n')
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

function citationText(citation: Citation, generation: Generation, look: Look): string {
  const { quote, source, statements, line, page, time } = citation
  const speakers = [...new Set(statements.map(({ speaker, role }) => [speaker, role].filter(Boolean).join(', ')))]
  const said = statements[0]?.saidOn
  const published = publishedInWords(source)
  const date = said && said !== source.published ? [`said ${said}`, published] : [published]
  const rest = [source.title, source.outlet, ...date].filter(Boolean).join(' · ')
  const credit = [...speakers.map((speaker) => styled('cyan', speaker, look)), styled('dim', rest, look)].join(styled('dim', ' · ', look))
  const place = [`${source.path}:${line}`, page === null ? '' : `p. ${page}`, time === null ? '' : clock(time)].filter(Boolean).join(', ')
  return `${styled('bold', quote, look)}\n  ${credit}\n  ${linked(styled('dim', place, look), addressOf(citation, generation), look)}`
}

/** Of the source on the web, or else of the file that was indexed. */
function addressOf({ source: { id, url } }: Citation, generation: Generation): string | null {
  const web = url !== null && URL.canParse(url) ? new URL(url) : null
  if (web && /^https?:$/.test(web.protocol)) return web.href
  const number = generation.numberOf(id)
  const file = number === undefined ? undefined : generation.sources[number]?.original.file
  return file === undefined ? null : pathToFileURL(file).href
}

/** 1:02:03 */
function clock(seconds: number): string {
  return new Date(seconds * 1000)
    .toISOString()
    .slice(11, 19)
    .replace(/^0(?:0:0?)?/, '')
}
