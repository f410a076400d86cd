import { DOMParser } from 'linkedom'
import { SkipFile } from '../errors.ts'
import { decodeHtml } from './html-encoding.ts'

/** An element of a small XML file, such as the metadata of a document. */
export interface XmlElement {
  /** Without its prefix. */
  name: string
  attribute(name: string): string | null
  /** The text in it, folded. */
  text(): string
}

/** The part of linkedom's elements that is used here. */
interface DomElement {
  tagName: string
  textContent: string
  getAttribute(name: string): string | null
}

/** All elements of an XML file, in document order. Throws SkipFile. */
export function xmlElements(bytes: Uint8Array): XmlElement[] {
  const document = new DOMParser().parseFromString(xmlText(bytes), 'text/xml')
  return Array.from(document.querySelectorAll('*') as Iterable<DomElement>, (element) => ({
    name: element.tagName.slice(element.tagName.indexOf(':') + 1),
    attribute: (name) => element.getAttribute(name),
    text: () => element.textContent.replace(/\s+/g, ' ').trim(),
  }))
}

/** The characters of an XML file. Throws SkipFile when it declares entities: a few bytes of them can stand for gigabytes or for other files. */
export function xmlText(bytes: Uint8Array): string {
  const text = decodeHtml(bytes)
  if (/<!DOCTYPE[^>]*\[|<!ENTITY/i.test(text)) throw new SkipFile('ENTITIES', 'It declares XML entities, which are not read; save it again without them.')
  return withinElements(text)
}

/** Elements in one part of a document, at most: about 700 MB in mammoth. A paragraph has ten or so. */
const MAX_ELEMENTS = 300_000

/** Markup, when it has not too many elements to be held in memory. Throws SkipFile. */
export function withinElements(markup: string): string {
  let count = 0
  for (let at = markup.indexOf('<'); at >= 0; at = markup.indexOf('<', at + 1)) if (markup[at + 1] !== '/') count += 1
  if (count <= MAX_ELEMENTS) return markup
  throw new SkipFile('TOO_MANY_ELEMENTS', `A part of it has more than ${MAX_ELEMENTS} elements; split it.`)
}
