import { isLinks, type Measures, PROSE, wordsOf } from './html-measures.ts'
import { attribute, type Element, type Tree, textOf } from './html-text.ts'

/** What surrounds an article, by what makers of pages call it in `class` and `id`. */
const CALLED = [
  /^(?:.*[-_])?(?:cookies?|gdpr|consent)[-_]?(?:banner|notice|bar|message|popup|dialog|overlay|wall|manager|sdk)\b/,
  /^(?:cookieconsent|cookie-?law|cc-window|onetrust|cybotcookiebot|qc-cmp)/,
  /^(?:sidebar|widget-area|right-?rail|side-?rail)(?:[-_]|$)/,
  /^(?:.*[-_])?(?:breadcrumbs?|pagination|skip-?(?:link|nav|to-content)|back-to-top|phase-banner|print-link)(?:[-_]|$)/,
  /^(?:post-navigation|nav-links|page-numbers|pager|nav-previous|nav-next)$/,
  /^(?:colophon|masthead|(?:site|page|global)[-_](?:footer|header))$/,
  /^(?:post-tags|tags-links|cat-links|tag-list|article-tags|entry-tags)$/,
  // Words for screen readers alone, such as "Share on" before a picture.
  /^(?:.*-)?(?:visually-?hidden|sr-only|screen-reader-text)$/,
]
/** What readers wrote under it. */
const COMMENTS =
  /^(?:comments-area|comments?-?list|comments?-section|comments?-respond|comment-?form|commentform|disqus_thread|respond|(?:article|reader|user)-comments)$/
/** What has few words of its own beside links; a section about social care has more. */
const CALLED_AND_SHORT = [
  /^(?:(?:post|article|entry|page|story|jp|gem-c|nav)[-_])?(?:share|sharing|sharedaddy|social|addtoany|addthis|a2a)(?:[-_](?:bar|buttons?|links?|tools?|icons?|list|widget|this|share|sharing|media|kit|container|wrapper))*$/,
  /^(?:ads?|adverts?|advertisement|adsbygoogle|sponsored)(?:[-_](?:slot|container|wrapper|unit|banner|label|block|box|top|bottom|inline))*$/,
]
/** What leads to other pages. */
const CALLED_AND_LINKS =
  /(?:^|[-_])(?:related|relatedposts|recommended|recommendations|recirc\w*|outbrain|taboola|most-(?:read|viewed|popular)|trending|also-(?:read|like)|read-next|more-stories|up-next|yarpp)(?:[-_]|$)/
/** What asks for something. */
const CALLED_AND_ASKS = /(?:^|[-_])(?:newsletter|subscribe|signup|sign-up|feedback|promo)(?:[-_]|$)/
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
      const of = measures.get(child)
      const named = (patterns: RegExp[]) => patterns.some((pattern) => names.some((name) => pattern.test(name)))
      // What holds the article itself is often called after the sidebar beside it.
      const around = (of?.text ?? 0) > whole * MOST || (of?.heads ?? 0) > 0
      if (named([PULL_QUOTE])) pulled.push(child)
      else if (isPageFooter(child) || isPrinted(child) || (!around && isFurniture(child, named, measures))) found.add(child)
      // Comments are often longer than what they are about.
      else if (!of?.heads && named([COMMENTS])) found.add(child)
      else visit(child)
    }
  }
  visit(root)
  for (const one of repeated(root, pulled, found)) found.add(one)
  return found
}

/** The page's own footer is not the document's; an article's footer is. */
const isPageFooter = (element: Element) => element.tagName === 'footer' && element.parentNode?.nodeName === 'body'

/** The head or foot of each sheet, in a page that a word processor saved. */
const isPrinted = (element: Element) =>
  element.tagName === 'div' && element.parentNode?.nodeName === 'body' && /^(?:header|footer)$/.test(attribute(element, 'title') ?? '')

function isFurniture(element: Element, named: (patterns: RegExp[]) => boolean, measures: Measures): boolean {
  if (/^(?:body|h[1-6])$/.test(element.tagName)) return false
  if (element.tagName.startsWith('amp-') || ROLES.includes(attribute(element, 'role') ?? '')) return true
  if (named(CALLED)) return true
  if (named(CALLED_AND_SHORT)) return wordsOf(element, measures) < PROSE
  if (named([CALLED_AND_LINKS])) return (measures.get(element)?.links ?? 0) > 0
  return named([CALLED_AND_ASKS]) && (isLinks(element, measures) || descendants(element).some(({ tagName }) => ['form', 'input'].includes(tagName)))
}

function namesOf(element: Element): string[] {
  const names = `${attribute(element, 'class') ?? ''} ${attribute(element, 'id') ?? ''}`.toLowerCase().split(/\s+/)
  return names.filter((name) => name !== '' && !SUBJECT.test(name))
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
