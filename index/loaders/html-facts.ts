import { factsOf, isWebAddress } from '../facts.ts'
import type { Facts } from '../types.ts'
import { attribute, type Element, elements, type Tree, textOf } from './html-text.ts'
import { jsonLdFacts } from './json-ld.ts'

const META: Record<string, string> = {
  'og:title': 'title',
  'dc.title': 'title',
  'og:site_name': 'outlet',
  'dc.publisher': 'outlet',
  publisher: 'outlet',
  author: 'author',
  'dc.creator': 'author',
  'article:author': 'author',
  'parsely-author': 'author',
  'article:published_time': 'date',
  'dc.date': 'date',
  'dcterms.issued': 'date',
  'date.issued': 'date',
  date: 'date',
  pubdate: 'date',
  'og:url': 'url',
}

/** The facts of a page: from its meta elements and canonical link, then its JSON-LD, then its byline, time and heading. */
export function htmlFacts(document: Tree, article: Tree, heading: string | null): Partial<Facts> {
  const found: Record<string, unknown> = {}
  for (const meta of elements(document, 'meta')) {
    const key = META[(attribute(meta, 'property') ?? attribute(meta, 'name') ?? '').toLowerCase()]
    const content = attribute(meta, 'content')?.trim()
    // An author's page at a social network is no name.
    if (key && content && (key !== 'author' || !isWebAddress(content))) found[key] ??= content
  }
  const canonical = elements(document, 'link').find((l) => attribute(l, 'rel')?.toLowerCase().split(/\s+/).includes('canonical'))
  if (canonical) found.url = attribute(canonical, 'href') ?? found.url
  for (const [key, value] of Object.entries(jsonLdFacts(document))) found[key] ??= value
  const time = dated(article) ?? dated(document)
  if (time) found.date ??= attribute(time, 'datetime')
  found.author ??= bylineOf(article)
  const title = elements(document, 'title')[0]
  const root = elements(document, 'html')[0]
  if (root) found.language = attribute(root, 'lang') ?? attribute(root, 'xml:lang')
  found.title ??= heading ?? (title ? textOf(title) : null)
  return factsOf(found)
}

/** The time that says it is the publication's, else the first. */
function dated(tree: Tree): Element | undefined {
  const times = elements(tree, 'time').filter((time) => attribute(time, 'datetime'))
  const says = (time: Element) => attribute(time, 'pubdate') !== undefined || /published/i.test(`${attribute(time, 'itemprop')} ${attribute(time, 'class')}`)
  return times.find(says) ?? times[0]
}

/** The one author whom an article's markup names. */
function bylineOf(article: Tree): string | null {
  for (const name of ['a', 'span', 'p', 'div', 'address', 'cite']) {
    for (const element of elements(article, name)) {
      const marked = attribute(element, 'rel') === 'author' || attribute(element, 'itemprop') === 'author'
      const text = marked ? textOf(element).replace(/^by\s+/i, '') : ''
      if (text !== '' && text.length <= 80) return text
    }
  }
  return null
}
