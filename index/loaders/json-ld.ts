import { attribute, elements, type Tree } from './html-text.ts'

/** The kinds of https://schema.org that are a document, rather than the site or somebody named in it. */
const DOCUMENT = /(?:Article|Posting|Report|WebPage|Page)$/

type Thing = Record<string, unknown>

/** What a page's JSON-LD says of its document: title, author, date, outlet and url, as far as it says so. */
export function jsonLdFacts(document: Tree): Record<string, unknown> {
  const things = elements(document, 'script')
    .filter((script) => attribute(script, 'type')?.trim().toLowerCase() === 'application/ld+json')
    .flatMap((script) => thingsIn(parsed(script.childNodes.map((node) => ('value' in node ? node.value : '')).join(''))))
  const found: Record<string, unknown> = {}
  const isArticle = (thing: Thing) => !/Page$/.test(typeOf(thing))
  // The page of an article is a thing as well, with less to say.
  for (const thing of [...things.filter(isArticle), ...things.filter((one) => !isArticle(one))]) {
    const of = { title: thing.headline, author: names(thing.author), date: thing.datePublished, outlet: names(thing.publisher), url: thing.url }
    for (const [key, value] of Object.entries(of)) if (typeof value === 'string' && value !== '') found[key] ??= value
  }
  return found
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

function thingsIn(data: unknown): Thing[] {
  if (Array.isArray(data)) return data.flatMap(thingsIn)
  if (typeof data !== 'object' || data === null) return []
  const thing = data as Thing
  return [...(DOCUMENT.test(typeOf(thing)) ? [thing] : []), ...thingsIn(thing['@graph'])]
}

function typeOf(thing: Thing): string {
  const type = thing['@type']
  const types = Array.isArray(type) ? type : [type]
  return types.find((one): one is string => typeof one === 'string' && DOCUMENT.test(one)) ?? ''
}

/** The names of people or organisations, which are strings or things. */
function names(value: unknown): string | null {
  const all = Array.isArray(value) ? value : [value]
  const each = all.map((one) => (typeof one === 'object' && one !== null ? (one as Thing).name : one))
  return each.filter((name): name is string => typeof name === 'string' && !/^https?:/.test(name)).join(', ') || null
}
