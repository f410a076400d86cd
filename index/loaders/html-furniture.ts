import { isLinks, type Measures } from './html-measures.ts'
import { attribute, type Element, type Tree, textOf } from './html-text.ts'

/** What surrounds an article, by what makers of pages call it in `class` and `id`. */
const CALLED = [
  /^(?:.*[-_])?(?:cookies?|gdpr|consent)[-_]?(?:banner|notice|bar|message|popup|dialog|overlay|wall|manager|sdk)\b/,
  /^(?:cookieconsent|cookie-?law|cc-window|onetrust|cybotcookiebot|qc-cmp)/,
  /^(?:(?:post|article|entry|page|story|jp|gem-c|nav)[-_])?(?:share|sharing|sharedaddy|social|addtoany|addthis|a2a)(?:[-_](?:bar|buttons?|links?|tools?|icons?|list|widget|this|share|sharing|media|kit|container|wrapper))*$/,
  /^(?:sidebar|widget|widget-area|right-?rail|side-?rail)(?:[-_]|$)/,
  /^(?:.*[-_])?(?:breadcrumbs?|pagination|skip-?(?:link|nav|to-content)|back-to-top|phase-banner|print-link)(?:[-_]|$)/,
  /^(?:post-navigation|nav-links|page-numbers|pager|nav-previous|nav-next|skip)$/,
  /^(?:colophon|masthead|(?:site|page|global)[-_](?:footer|header))$/,
  /^(?:ads?|adverts?|advertisement|adsbygoogle|sponsored)(?:[-_](?:slot|container|wrapper|unit|banner|label|block|box|top|bottom|inline))*$/,
  /^(?:post-tags|tags-links|cat-links|tag-list|article-tags|entry-tags)$/,
  // Words for screen readers alone, such as "Share on" before a picture.
  /^(?:.*-)?(?:visually-?hidden|sr-only|screen-reader-text)$/,
]
/** What readers wrote under it. */
const COMMENTS =
  /^(?:comments-area|comments?-?list|comments?-section|comments?-respond|comment-?form|commentform|disqus_thread|respond|(?:article|reader|user)-comments)$/
/** The same of what always links or asks for something. */
const CALLED_AND_LINKS =
  /(?:^|[-_])(?:related|relatedposts|recommended|recommendations|recirc\w*|outbrain|taboola|most-(?:read|viewed|popular)|trending|also-(?:read|like)|read-next|more-stories|up-next|yarpp|newsletter|subscribe|signup|sign-up|feedback|promo)(?:[-_]|$)/
/** Names that a blog's program makes of what its writer called a subject. */
const SUBJECT = /^(?:category|tag|post|postid|page-id|type|status|format|hentry)-/
const ROLES = ['navigation', 'search', 'menu', 'menubar', 'toolbar', 'dialog', 'alertdialog', 'complementary', 'contentinfo']
/** The share of a page's text that no furniture has. */
const MOST = 0.8
const PULL_QUOTE = /^(?:.*[-_])?pull[-_]?quote(?:[-_]|$)/

/** What of a part of a page is not what its article says: banners, sharing, related links, sidebars, comments; and quotes pulled out of its own text. */
export function furnitureOf(root: Tree, measures: Measures): Set<Tree> {
  const found = new Set<Tree>()
  const pulled: Element[] = []
  const whole = measures.get(root)?.text ?? 0
  const visit = (node: Tree) => {
    if (!('childNodes' in node)) return
    for (const child of node.childNodes) {
      if (!('tagName' in child)) continue
      const names = namesOf(child)
      // What holds the article itself is often called after the sidebar beside it.
      const around = (measures.get(child)?.text ?? 0) > whole * MOST || holdsHeading(child)
      if (names.some((name) => PULL_QUOTE.test(name))) pulled.push(child)
      else if (!around && isFurniture(child, names, measures)) found.add(child)
      // Comments are often longer than what they are about.
      else if (!holdsHeading(child) && names.some((name) => COMMENTS.test(name))) found.add(child)
      else visit(child)
    }
  }
  visit(root)
  for (const one of repeated(root, pulled, found)) found.add(one)
  return found
}

function isFurniture(element: Element, names: string[], measures: Measures): boolean {
  if (['main', 'body', 'h1'].includes(element.tagName)) return false
  if (element.tagName.startsWith('amp-') || ROLES.includes(attribute(element, 'role') ?? '')) return true
  if (element.tagName === 'footer' && element.parentNode?.nodeName === 'body') return true
  if (CALLED.some((pattern) => names.some((name) => pattern.test(name)))) return true
  return names.some((name) => CALLED_AND_LINKS.test(name)) && ((measures.get(element)?.links ?? 0) > 0 || holdsForm(element))
}

function namesOf(element: Element): string[] {
  const names = `${attribute(element, 'class') ?? ''} ${attribute(element, 'id') ?? ''}`.toLowerCase().split(/\s+/)
  return names.filter((name) => name !== '' && !SUBJECT.test(name))
}

const holdsHeading = (element: Element) => some(element, ({ tagName }) => tagName === 'h1' || tagName === 'main')
const holdsForm = (element: Element) => some(element, ({ tagName }) => ['form', 'input', 'button'].includes(tagName))

function some(element: Element, is: (element: Element) => boolean): boolean {
  return is(element) || element.childNodes.some((child) => 'tagName' in child && some(child, is))
}

/** Those pulled quotes whose words stand in the rest of the text as well. */
function repeated(root: Tree, pulled: Element[], furniture: ReadonlySet<Tree>): Element[] {
  if (pulled.length === 0) return []
  const rest = letters(textOf(root as Element, new Set([...furniture, ...pulled])))
  return pulled.filter((quote) => {
    const credits = new Set(descendants(quote).filter(({ tagName }) => ['cite', 'footer', 'figcaption'].includes(tagName)))
    return rest.includes(letters(textOf(quote, credits)))
  })
}

function descendants(element: Element): Element[] {
  return element.childNodes.flatMap((child) => ('tagName' in child ? [child, ...descendants(child)] : []))
}

/** Quotation marks and white space differ between a quote pulled out and its place in the text. */
const letters = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')

/** Lists of links that nobody named: what of a part is mostly links and no paragraph, and holds nothing that is `kept`. */
export function linksOf(root: Tree, measures: Measures, kept: ReadonlySet<Tree>): Set<Tree> {
  const found = new Set<Tree>()
  const visit = (node: Tree) => {
    if (!('childNodes' in node)) return
    for (const child of node.childNodes) {
      if (child.nodeName !== 'p' && isLinks(child, measures) && (!kept.has(child) || isBesideColumn(child, measures))) found.add(child)
      else visit(child)
    }
  }
  visit(root)
  return found
}

/** Characters of a cell of a table that can only be a column of a page. */
const COLUMN = 500

/** Is it a cell beside the cell that holds the text, in a table that only lays a page out? */
function isBesideColumn(cell: Tree, measures: Measures): boolean {
  if (cell.nodeName !== 'td' || !('parentNode' in cell) || !cell.parentNode) return false
  return cell.parentNode.childNodes.some((other) => other !== cell && (measures.get(other)?.text ?? 0) > COLUMN && !isLinks(other, measures))
}
