import { parseDate } from './dates.ts'
import { languageTag } from './languages.ts'
import type { DateOrigin, Facts } from './types.ts'

const KEYS: Record<keyof Facts, string[]> = {
  title: ['title', 'headline'],
  outlet: ['outlet', 'publisher', 'publication', 'source'],
  author: ['author', 'authors', 'byline'],
  published: ['published', 'date', 'pubdate'],
  url: ['url', 'link', 'canonical'],
  language: ['language', 'lang'],
}

/** The facts that a mapping (front matter, HTML meta, sources.yaml) holds; what is not of the right form is left out. */
export function factsOf(data: Record<string, unknown>): Partial<Facts> {
  const lower = new Map(Object.entries(data).map(([key, value]) => [key.toLowerCase(), value]))
  const facts: Partial<Facts> = {}
  for (const fact of Object.keys(KEYS) as (keyof Facts)[]) {
    const raw = KEYS[fact].map((key) => lower.get(key)).find((value) => value !== undefined && value !== null)
    const value = fact === 'published' ? parseDate(raw) : fact === 'language' ? languageTag(raw) : line(raw)
    if (value !== null && (fact !== 'url' || isWebAddress(value))) facts[fact] = value
  }
  return facts
}

export function isWebAddress(value: string): boolean {
  return URL.canParse(value) && ['http:', 'https:'].includes(new URL(value).protocol)
}

/** How far into a text the headers of press copy are looked for, in characters. */
const HEAD = 1500
const SOURCE_LINE = /^\s*Source:\s*([^|\n]+?)\s*\|\s*(\d{4}-\d{2}-\d{2})[^\n]*$/m
const DATE_TITLE_LINE = /^\s*date[ \t]+(\d{4}-\d{2}-\d{2})[ \t]+(\S[^\n]*)$/m
const OUTLET_TIME_LINE = /^\(?([\p{Lu}][\p{L} .'’-]{1,40})\)\s+(?:\d{1,2}:\d{2},\s*)?(\p{Lu}\p{L}+\.? \d{1,2}, \d{4})\s*$/mu
const LABELLED = /^\s*(?:Date|Published|Issued)(?: on)?:\s*(\S[^\n]{5,40})$/im
const LABELLED_AUTHOR = /^\s*(?:Author|By):?[ \t]+(\p{Lu}[\p{L}.'’-]+(?: \p{Lu}[\p{L}.'’-]+){1,3})\s*$/mu
const DATELINE =
  /^[ \t]*(\p{Lu}[\p{Lu} .'’-]+(?:,[ \t]+\p{Lu}[\p{L} .'’-]+?)?),?[ \t]+(\p{Lu}\p{L}{2,8}\.?[ \t]+\d{1,2}|\d{1,2}[ \t]+\p{Lu}\p{L}{2,8}\.?)(?:,?[ \t]+(\d{4}))?(?:[ \t]+\(([^)\n]{2,40})\))?[ \t]*(?:--|[—–-])[ \t]/mu
/** A press release: its banner, who gives it out, perhaps when it may be used, and after an empty line its headline. */
const RELEASE = /^\s*(?:press|news|media) (?:release|statement)[^\n]*\n+[ \t]*([^\n.]{3,80}?)[ \t]*\n(?:[^\n]{0,60}\n)?\s*\n[ \t]*(\S[^\n]{5,200}?)[ \t]*\n/i
const HEADER_LINE = /^\s*(?:Source|Date|Published|Issued|Author|By|Editor|Contact)\s*:|^\(?[\p{L} ]+\)\s+\d{1,2}:\d{2}/iu

/** What the loose headers of press copy say, within the first 1,500 characters. */
export function factsFromText(text: string): Partial<Facts> {
  const head = text.slice(0, HEAD)
  const source = SOURCE_LINE.exec(head)
  const dated = DATE_TITLE_LINE.exec(head)
  const timed = OUTLET_TIME_LINE.exec(head)
  const line = datelineOf(text)
  const facts: Partial<Facts> = {}
  const release = RELEASE.exec(head)
  const title = dated?.[2]?.trim() ?? release?.[2] ?? firstLine(head)
  const outlet = source?.[1] ?? release?.[1] ?? line?.outlet ?? timed?.[1]?.trim()
  const published = [source?.[2], dated?.[1], timed?.[2], LABELLED.exec(head)?.[1]].map(parseDate).find(Boolean) ?? line?.date
  const author = LABELLED_AUTHOR.exec(head)?.[1]
  if (title) facts.title = title
  if (outlet) facts.outlet = outlet
  if (published) facts.published = published
  if (author) facts.author = author
  return facts
}

export interface Dateline {
  place: string
  /** The month and day as written: "Nov. 26". */
  day: string
  outlet: string | null
  /** YYYY-MM-DD when the dateline has a year. */
  date: string | null
}

/** The first dateline in the head of a text: "LONDON, Nov. 26 (Xinhua) -- ". */
export function datelineOf(text: string): Dateline | null {
  const match = DATELINE.exec(text.slice(0, HEAD))
  if (!match) return null
  const [, place = '', day = '', year, outlet] = match
  return { place, day, outlet: outlet ?? null, date: year ? parseDate(`${day} ${year}`) : null }
}

/** The day in a file's name, such as 2024-05-09-minutes.md. */
export function dateInName(path: string): string | null {
  const match = /(?<!\d)((?:19|20)\d{2}-\d{2}-\d{2})(?!\d)/.exec(path.slice(path.lastIndexOf('/') + 1))
  return match ? parseDate(match[1]) : null
}

export interface FactLayers {
  sidecar: Partial<Facts>
  metadata: Partial<Facts>
  text: string
  path: string
  /** When the file was last changed; null of what is no file. */
  modified: Date | null
}

/** Joins what the sidecars, the document's metadata, its text, and its file say, in this order. */
export function joinFacts({
  sidecar,
  metadata,
  text,
  path,
  modified,
}: FactLayers): Omit<Facts, 'language'> & { title: string; publishedFrom: DateOrigin | null } {
  const fromText = factsFromText(text)
  const name = path.slice(path.lastIndexOf('/') + 1)
  const dates: [DateOrigin, string | null | undefined][] = [
    ['sidecar', sidecar.published],
    ['metadata', metadata.published],
    ['text', fromText.published],
    ['metadata', dateInName(path)],
    ['file', modified?.toISOString().slice(0, 10)],
  ]
  const [publishedFrom, published] = dates.find(([, date]) => date) ?? [null, null]
  return {
    title: sidecar.title ?? metadata.title ?? fromText.title ?? name.replace(/\.[^.]+$/, ''),
    outlet: sidecar.outlet ?? metadata.outlet ?? fromText.outlet ?? null,
    author: sidecar.author ?? metadata.author ?? fromText.author ?? null,
    published: published ?? null,
    publishedFrom,
    url: sidecar.url ?? metadata.url ?? null,
  }
}

const FURNITURE = [
  SOURCE_LINE,
  DATE_TITLE_LINE,
  OUTLET_TIME_LINE,
  /^\s*(?:Editor|Contact|Tel|E-?mail|Phone)\s*:.{0,120}$/i,
  /^\s*(?:Published|Issued|Date|Source|Tel|Email|Enditem)\b\s*:?[^.!?]{0,120}$/i,
  /^\s*\((?:Reporting|Writing|Editing|Additional reporting) by [^)]*\)\s*$/i,
]

/** Is a line the furniture of press copy, such as its source line, rather than something it says? */
export function isFurniture(line: string): boolean {
  return line.length < 300 && FURNITURE.some((pattern) => pattern.test(line))
}

/** The first line that is a title: short, and no header or banner of press copy. */
function firstLine(head: string): string | null {
  for (const raw of head.split('\n')) {
    const candidate = raw.trim()
    if (candidate === '' || HEADER_LINE.test(candidate) || /^(press release|for immediate|not for use|embargo)/i.test(candidate)) continue
    return candidate.length <= 200 && !DATELINE.test(candidate) ? candidate : null
  }
  return null
}

function line(value: unknown): string | null {
  if (Array.isArray(value)) return value.every((v) => typeof v === 'string') ? line(value.join(', ')) : null
  if (typeof value !== 'string' && typeof value !== 'number') return null
  // What is escaped in JSON may hold half of a character.
  const text = String(value)
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/\s+/g, ' ')
    .trim()
  return text === '' || text.length > 500 ? null : text
}
