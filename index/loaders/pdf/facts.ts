import { factsOf } from '../../facts.ts'
import type { Facts } from '../../types.ts'

/** What a PDF's information dictionary and XMP metadata hold, by the keys of both. */
export interface Metadata {
  info: Record<string, unknown>
  xmp: (key: string) => unknown
}

/** Titles that programs give to what has none. */
const NO_TITLE = [
  /^[^\p{L}\p{N}]*$/u,
  /^(?:untitled|unnamed|unbenannt|sans titre|sin título|no title|title|titel|document|dokument|presentation|powerpoint presentation|slide|print|layout)\W*\d*$/i,
  /^(?:microsoft (?:word|powerpoint|excel)|word|writer) - /i,
  /\.(?:docx?|odt|rtf|pptx?|xlsx?|pdf|indd|qxd|qxp|pages|tex|dvi|pub|html?|txt|wpd|ps|eps|p65|pmd)$/i,
  /^(?:https?:|file:|about:|[a-z]:\\)/i,
]
const NO_AUTHOR =
  /^(?:[^\p{L}\p{N}]*|author|user|admin(?:istrator)?|owner|unknown|anonymous|root|pc|windows user|microsoft(?: office user)?|default|\(?anonymous\)?|\(?unspecified\)?)$/iu
/** The first PDF was made in this year. */
const FIRST_YEAR = 1993

/** Title, author and date, where they were given by a person. */
export function factsOfMetadata({ info, xmp }: Metadata): Partial<Facts> {
  return factsOf({
    title: [info.Title, xmp('dc:title')].map(line).find((title) => title && !NO_TITLE.some((none) => none.test(title))),
    author: [info.Author, xmp('dc:creator')].map(line).find((author) => author && !NO_AUTHOR.test(author)),
    date: [dayOf(info.CreationDate), line(xmp('xmp:createdate')).slice(0, 10)].find(isPlausible),
  })
}

function line(value: unknown): string {
  const text = Array.isArray(value) ? value.filter((v) => typeof v === 'string').join(', ') : value
  return typeof text === 'string' ? text.replace(/[\s\p{Cc}\p{Cs}\ufffd]+/gu, ' ').trim() : ''
}

/** The day of "D:20250511093000+02'00'". */
function dayOf(value: unknown): string {
  const [, year, month = '01', day = '01'] = /^(?:D:)?(\d{4})(\d{2})?(\d{2})?/.exec(line(value)) ?? []
  return year ? `${year}-${month}-${day}` : ''
}

function isPlausible(day: string): boolean {
  const time = Date.parse(day)
  return Number(day.slice(0, 4)) >= FIRST_YEAR && time <= Date.now() + 86_400_000
}
