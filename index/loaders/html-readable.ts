import { Readability } from '@mozilla/readability'
import { parseHTML } from 'linkedom'
import { type DefaultTreeAdapterTypes, serialize } from 'parse5'
import type { Measures } from './html-measures.ts'
import type { Element, Tree } from './html-text.ts'

/** Elements of a page, at most, that Readability is asked about: it takes about a second for them. */
const MAX_ELEMENTS = 20_000

/** The elements whose own words Readability takes for the article's. It sees a copy, in which each element has its number. */
export function readable(document: Tree, measures: Measures): Element[] {
  const numbered = [...measures.keys()]
  if (numbered.length > MAX_ELEMENTS) return []
  for (const [n, node] of numbered.entries()) if ('attrs' in node) node.attrs.push({ name: 'data-n', value: String(n) })
  try {
    const copy = parseHTML(serialize(document as DefaultTreeAdapterTypes.Document)).document
    const options = { serializer: (node: unknown) => node as Copy, disableJSONLD: true }
    const content = new Readability<Copy>(copy as unknown as ConstructorParameters<typeof Readability>[0], options).parse()?.content
    const found = content ? Array.from(content.querySelectorAll('[data-n]'), (one) => numbered[Number(one.getAttribute('data-n'))]) : []
    return found.filter((node): node is Element => node !== undefined && 'tagName' in node && hasWords(node))
  } catch {
    // Pages that it fails at are read whole.
    return []
  } finally {
    for (const node of numbered) if ('attrs' in node) node.attrs.pop()
  }
}

/** The part of linkedom's elements that is used here. */
interface Copy {
  querySelectorAll(selector: string): Iterable<{ getAttribute(name: string): string | null }>
}

const hasWords = (element: Element) => element.childNodes.some((child) => 'value' in child && child.value.trim() !== '')
