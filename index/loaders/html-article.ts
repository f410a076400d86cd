import { furnitureOf, linksOf } from './html-furniture.ts'
import { commonAncestor, holds, isLinks, type Measures, measure, PROSE, wordsOf } from './html-measures.ts'
import { readable } from './html-readable.ts'
import { attribute, type Element, elements, type Tree, textOf } from './html-text.ts'

/** The part of a page that its article is in, and what of that part is something else. */
export interface Article {
  root: Tree
  leftOut: ReadonlySet<Tree>
}

/**
 * Finds the article of a page: its `main`, its only `article`, or where Readability finds it. Readability is asked only where: what
 * it would drop of the article, such as short paragraphs, tables and headings, is kept.
 */
export function articleOf(document: Tree): Article {
  const measures = measure(document)
  const furniture = furnitureOf(document, measures)
  const outside = (element: Tree) => [...furniture].some((one) => holds(one, element, measures))
  const named = (name: string, role: string) => {
    const all = [...measures.keys()].filter((node): node is Element => 'tagName' in node && (node.tagName === name || attribute(node, 'role') === role))
    const seen = all.filter((element) => (measures.get(element)?.text ?? 0) > 0 && !outside(element))
    return seen.filter((element) => !seen.some((other) => other !== element && holds(other, element, measures)))
  }
  for (const found of [named('main', 'main'), named('article', 'article')]) {
    if (found.length === 1 && found[0]) return { root: found[0], leftOut: furnitureOf(found[0], measures) }
  }
  const body = elements(document, 'body')[0] ?? document
  const kept = readable(document, measures).filter((element) => !outside(element))
  // Of a short page it takes everything: what a menu says, and headings, tell nothing of where the text is.
  const telling = kept.filter((element) => !isInMenu(element, measures) && !/^h\d$/.test(element.tagName))
  const around = commonAncestor(telling, measures)
  if (!around) return { root: body, leftOut: furniture }
  const part = widened(around, body, measures, outside)
  if (isListing(part, body, furniture, measures)) return { root: body, leftOut: furniture }
  const start = measures.get(telling[0] as Element)?.first ?? 0
  const surviving = new Set(kept.filter((one) => (measures.get(one)?.first ?? 0) >= start).flatMap((one) => [one, ...ancestors(one)]))
  const leftOut = new Set([...furniture, ...linksOf(part, measures, surviving)])
  const heading = headingBefore(part, document, measures, outside)
  if (!heading) return { root: part, leftOut }
  const root = commonAncestor([heading, part], measures) ?? body
  for (const one of between(root, heading, part, measures)) leftOut.add(one)
  return { root, leftOut }
}

/** Characters of an article, at least, where the page has more beside it: with less it is a list of links, and all of it is read. */
const ARTICLE = 500

function isListing(part: Tree, body: Tree, furniture: ReadonlySet<Tree>, measures: Measures): boolean {
  const words = wordsOf(part, measures)
  const besides = [...furniture].reduce((sum, one) => sum + (measures.get(one)?.text ?? 0), 0)
  return words < ARTICLE && words < ((measures.get(body)?.text ?? 0) - besides) / 4
}

const isInMenu = (element: Element, measures: Measures) =>
  [element, ...ancestors(element)].some((one) => isLinks(one, measures) && wordsOf(one, measures) < PROSE)

function ancestors(node: Tree): Tree[] {
  const found: Tree[] = []
  for (let at = node; 'parentNode' in at && at.parentNode; at = at.parentNode) found.push(at.parentNode)
  return found
}

/** A part and what is like it, such as the other posts of a thread, and the paragraphs that stand outside of it. */
function widened(part: Tree, body: Tree, measures: Measures, outside: (element: Tree) => boolean): Tree {
  const prose = [...measures.keys()].filter((node) => holds(body, node, measures) && isProse(node, measures) && !outside(node) && !isTeaser(node, measures))
  let root = commonAncestor([part, ...prose], measures) ?? part
  for (let node = root; node !== body && 'parentNode' in node && node.parentNode; node = node.parentNode) {
    const shape = shapeOf(node as Element)
    const like = node.parentNode.childNodes.filter((other) => other !== node && 'tagName' in other && shape !== null && shapeOf(other) === shape)
    if (like.some((other) => (measures.get(other)?.text ?? 0) > 0 && !outside(other) && !isLinks(other, measures) && !isTeaser(other, measures)))
      root = node.parentNode
  }
  return root
}

function isProse(node: Tree, measures: Measures): boolean {
  const of = measures.get(node)
  if (!of || !('tagName' in node) || of.text < PROSE || of.linked > of.text / 3) return false
  const own = node.childNodes.reduce((sum, child) => sum + ('value' in child ? child.value.trim().length : 0), 0)
  if (own < PROSE && (own === 0 || !['p', 'li', 'dd'].includes(node.tagName))) return false
  return ![node, ...ancestors(node)].some((one) => one.nodeName === 'footer') && !/©|copyright|all rights reserved/i.test(textOf(node))
}

/** A few words about another page, under a heading that leads there. */
function isTeaser(node: Tree, measures: Measures): boolean {
  const item = [node, ...ancestors(node)].find((one) => ['article', 'li', 'section', 'div'].includes(one.nodeName))
  if (!item || (measures.get(item)?.text ?? 0) > 400) return false
  return ['h2', 'h3', 'h4', 'h5'].some((name) =>
    elements(item, name).some((heading) => elements(heading, 'a').length > 0 || heading.parentNode?.nodeName === 'a'),
  )
}

/** What elements of one kind have in common; null when nothing tells of a kind. */
function shapeOf(element: Element): string | null {
  const names = (attribute(element, 'class') ?? '').split(/\s+/).filter((name) => !/^$|^(?:odd|even|first|last|alt\d?|active|.*-\d+)$/.test(name))
  if (names.length === 0 && !['article', 'details', 'dd'].includes(element.tagName)) return null
  return [element.tagName, ...names].join('.')
}

/** The heading of the article, when it stands above the part that holds its text: an `h1`, or what the page's title says too. */
function headingBefore(part: Tree, document: Tree, measures: Measures, outside: (element: Tree) => boolean): Element | undefined {
  const start = measures.get(part)?.first ?? 0
  const title = elements(document, 'title').map((element) => textOf(element))[0] ?? ''
  const isHeading = (node: Tree): node is Element => {
    if (node.nodeName === 'h1') return true
    if (node.nodeName !== 'h2' && node.nodeName !== 'h3') return false
    const text = textOf(node as Element)
    return text.length >= HEADING && title.includes(text)
  }
  const headings = [...measures.keys()].filter((node): node is Element => isHeading(node) && (measures.get(node)?.text ?? 0) > 0 && !outside(node))
  if (headings.some((heading) => holds(part, heading, measures))) return undefined
  return headings.filter((heading) => (measures.get(heading)?.first ?? 0) < start).at(-1)
}

/** Characters that the name of a site or a section seldom has. */
const HEADING = 12

/** Of what holds a heading and a part: what stands before the one or after the other, and the links between them. */
function between(root: Tree, heading: Element, part: Tree, measures: Measures): Tree[] {
  const start = measures.get(heading)?.first ?? 0
  const end = measures.get(part)?.last ?? 0
  const visit = (node: Tree): Tree[] => {
    if (!('childNodes' in node) || node === heading || node === part) return []
    return node.childNodes.flatMap((child) => {
      const of = measures.get(child)
      if (!of) return []
      if (of.last < start || of.first > end) return [child]
      const inside = holds(child, heading, measures) || holds(child, part, measures)
      return !inside && isLinks(child, measures) ? [child] : visit(child)
    })
  }
  return visit(root)
}
