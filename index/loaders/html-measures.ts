import { type Element, isUnseen, type Tree } from './html-text.ts'

/** What is known of an element before it is decided whether it belongs to the article. */
export interface Measure {
  /** The number of the element in document order, and of the last one in it. */
  first: number
  last: number
  /** Characters of text that a reader sees, and of those the ones in links. */
  text: number
  linked: number
  links: number
  /** How many elements in it, itself among them, only an article or what holds one has: `h1` and `main`. */
  heads: number
}

export type Measures = ReadonlyMap<Tree, Measure>

/** The measures of a tree and of all elements in it, in document order. */
export function measure(tree: Tree): Measures {
  const measures = new Map<Tree, Measure>()
  const visit = (node: Tree, inLink: boolean): Measure => {
    const own: Measure = { first: measures.size, last: 0, text: 0, linked: 0, links: 0, heads: node.nodeName === 'h1' || node.nodeName === 'main' ? 1 : 0 }
    measures.set(node, own)
    const link = node.nodeName === 'a' && 'attrs' in node && node.attrs.some(({ name }) => name === 'href')
    if (link) own.links = 1
    if ('childNodes' in node && !('tagName' in node && isUnseen(node))) {
      for (const child of node.childNodes) {
        if ('value' in child && child.nodeName === '#text') {
          const length = child.value.replace(/\s+/g, ' ').length - (child.value.trim() === '' ? 1 : 0)
          own.text += length
          if (inLink || link) own.linked += length
        } else if ('childNodes' in child) {
          const part = visit(child, inLink || link)
          own.text += part.text
          own.linked += part.linked
          own.links += part.links
          own.heads += part.heads
        }
      }
    }
    own.last = measures.size - 1
    return own
  }
  visit(tree, false)
  return measures
}

/** Characters of an element that are not in links: what it says itself. */
export function wordsOf(element: Tree, measures: Measures): number {
  const of = measures.get(element)
  return of ? of.text - of.linked : 0
}

/** Characters of a paragraph that is no caption, notice or teaser. */
export const PROSE = 140

/** Characters of a link in a menu, at most; those of sources and of titles in a bibliography are longer. */
const MENU_ITEM = 50

/** Are the words of an element mostly links to elsewhere, as those of a menu are? */
export function isLinks(element: Tree, measures: Measures): boolean {
  const of = measures.get(element)
  return of !== undefined && of.links >= 2 && of.linked >= of.text / 2 && of.linked <= of.links * MENU_ITEM
}

export function holds(outer: Tree, inner: Tree, measures: Measures): boolean {
  const [a, b] = [measures.get(outer), measures.get(inner)]
  return a !== undefined && b !== undefined && a.first <= b.first && b.last <= a.last
}

/** The innermost element that holds all of them. */
export function commonAncestor(nodes: Tree[], measures: Measures): Tree | null {
  let node: Tree | null = nodes[0] ?? null
  while (node && !nodes.every((other) => holds(node as Tree, other, measures))) node = (node as Element).parentNode ?? null
  return node
}
