import { parse } from 'parse5'
import { factsOf } from '../facts.ts'
import type { Facts } from '../types.ts'
import { decodeHtml } from './html-encoding.ts'
import { attribute, elements, type Tree, textOf, textOfTree, unlessTooDeep } from './html-text.ts'
import type { Load } from './loader.ts'

/** HTML: the text of the article, without navigation, scripts and what is hidden; facts from meta elements and the canonical link. */
export const html: Load = (bytes) => {
  const document = parse(decodeHtml(bytes))
  const { text, heading } = textOfTree(document)
  return [{ text, mediaType: 'text/html', facts: unlessTooDeep(() => htmlFacts(document, heading)) }]
}

const META: Record<string, string> = {
  'og:title': 'title',
  'dc.title': 'title',
  'og:site_name': 'outlet',
  'dc.publisher': 'outlet',
  publisher: 'outlet',
  author: 'author',
  'dc.creator': 'author',
  'article:author': 'author',
  'article:published_time': 'date',
  'dc.date': 'date',
  'date.issued': 'date',
  date: 'date',
  pubdate: 'date',
  'og:url': 'url',
}

function htmlFacts(document: Tree, heading: string | null): Partial<Facts> {
  const found: Record<string, unknown> = {}
  for (const meta of elements(document, 'meta')) {
    const key = META[(attribute(meta, 'property') ?? attribute(meta, 'name') ?? '').toLowerCase()]
    const content = attribute(meta, 'content')?.trim()
    if (key && content) found[key] ??= content
  }
  const canonical = elements(document, 'link').find((l) => attribute(l, 'rel')?.toLowerCase().split(/\s+/).includes('canonical'))
  if (canonical) found.url = attribute(canonical, 'href') ?? found.url
  const time = elements(document, 'time')[0]
  if (time) found.date ??= attribute(time, 'datetime')
  const title = elements(document, 'title')[0]
  const root = elements(document, 'html')[0]
  if (root) found.language = attribute(root, 'lang') ?? attribute(root, 'xml:lang')
  found.title ??= heading ?? (title ? textOf(title) : null)
  return factsOf(found)
}
